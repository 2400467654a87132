using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>A base in memory: most customers with two facts and one interaction, a few with very many of every kind, some of them corrected.</summary>
internal sealed class TouchpointBase
{
    internal static readonly Instant Now = Instant.FromUtc(2026, 11, 28, 12, 0);

    private static readonly SourceId[] _sources = [SourceId.Of("till"), SourceId.Of("web"), SourceId.Of("call-centre")];
    private static readonly Channel[] _channels = [Channel.Store, Channel.WebShop, Channel.Phone, Channel.Email];
    private static readonly StaffId _staff = StaffId.Of("s1");
    private static readonly Money _cost = Money.Of(0.35m, Currency.Eur);
    private static readonly ProductId[] _products = [.. Enumerable.Range(0, 100).Select(i => ProductId.Of($"p{i}"))];

    internal InMemoryCustomerStore Customers { get; } = new();

    internal InMemoryInteractionStore Interactions { get; } = new();

    internal InMemorySegmentStore Segments { get; } = new();

    internal InMemoryScoreStore Scores { get; } = new();

    internal CustomerId[] Busy { get; private set; } = [];

    internal static TouchpointBase Of(int customers, int busy, int interactions)
    {
        var made = new TouchpointBase { Busy = [.. Enumerable.Range(0, busy).Select(i => CustomerId.Of($"{(long)i * customers / busy}"))] };
        for (int from = 0; from < customers; from += 10_000)
        {
            made.Save(Enumerable.Range(from, Math.Min(10_000, customers - from)));
        }

        made.Describe(customers);

        // As they come in life: a day of everybody, then the next.
        for (int from = 0; from < interactions; from += 100)
        {
            foreach (CustomerId id in made.Busy)
            {
                made.Append([.. Enumerable.Range(from, Math.Min(100, interactions - from)).Select(i => Happened(id, i, interactions))]);
            }
        }

        return made;
    }

    /// <summary>The busy customers have twelve attributes, two consents and two segments; every customer has a score.</summary>
    private void Describe(int customers)
    {
        FactDates dates = FactDates.Of(_sources[1], Now - Duration.FromDays(300));
        SegmentId[] segments = [SegmentId.Of("tier:top"), SegmentId.Of("weekend")];
        foreach (CustomerId id in Busy)
        {
            Wait(Customers.UpdateAsync(id, customer => customer!.With(
            [
                .. Enumerable.Range(0, 12).Select(i => AttributeFact.Of(AttributeId.Of($"a{i}"), AttributeValue.Of(i), dates)),
                new ConsentRecord { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = dates },
                new ConsentRecord { Purpose = ConsentPurpose.Marketing, Channel = Channel.Phone, Decision = ConsentDecision.Refused, How = "said so", Dates = dates },
            ]), default));
            Wait(Segments.MoveAsync([.. segments.Select(segment => new SegmentMove { Customer = id, Segment = segment, Entered = true, At = dates.RecordedAt, RecordedAt = dates.RecordedAt })], default));
        }

        var run = new ScoreRun
        {
            Id = RunId.Of("2026-11-27"),
            Through = new(2026, 11, 27),
            StartedAt = Now - Duration.FromHours(9),
            PublishedAt = Now - Duration.FromHours(8),
            Customers = customers,
            Currency = Currency.Eur,
        };
        Wait(Scores.SaveAsync(new(run, StoreVersion.None), [.. Enumerable.Range(0, customers).Select(i => new CustomerScore
        {
            Customer = CustomerId.Of($"{i}"),
            Occasions = 9,
            LastPurchase = new(2026, 11, 20),
            Spent = 90,
            ProbabilityAlive = 0.9,
            Value = i,
            Tier = Tier.Of("top"),
        })], default));
    }

    /// <summary>One interaction of many of a customer: three purchases of ten, two visits, a case of three steps, campaign contacts, orders, promises.</summary>
    internal static Interaction Happened(CustomerId customer, int number, int of)
    {
        Instant at = Now - Duration.FromMinutes(60L * (of - number));
        var interaction = new Interaction
        {
            Id = InteractionId.Of($"{customer}-{number}"),
            Customer = customer,
            At = at,
            RecordedAt = at + Duration.FromMinutes(2),
            Source = _sources[number % 3],
            Detail = Detail(number, at),
            Channel = _channels[number % 4],
            Direction = number % 5 == 0 ? Direction.Outbound : Direction.Inbound,
            Cost = number % 2 == 0 ? _cost : null,
            Staff = number % 3 == 0 ? _staff : StaffId.None,
            Thread = number % 10 >= 6 ? ThreadId.Of($"t{number / 30}") : ThreadId.None,
        };

        // One of a hundred corrects the one before.
        return number % 100 == 99 ? interaction with { Corrects = InteractionId.Of($"{customer}-{number - 1}") } : interaction;
    }

    /// <summary>What an interaction takes, and what the store takes beyond it, in bytes: of 200,000 of twenty customers.</summary>
    internal static (double Interaction, double Store) MemoryPerInteraction()
    {
        const int count = 200_000;
        var interactions = new Interaction[count];
        CustomerId[] customers = [.. Enumerable.Range(0, 20).Select(i => CustomerId.Of($"c{i}"))];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < count; i++)
        {
            interactions[i] = Happened(customers[i % 20], i, count);
        }

        long made = GC.GetTotalMemory(forceFullCollection: true);
        var store = new InMemoryInteractionStore();
        for (int from = 0; from < count; from += 1_000)
        {
            Wait(store.AppendAsync(interactions[from..(from + 1_000)], default));
        }

        long stored = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(store);
        GC.KeepAlive(interactions);
        return ((made - before) / (double)count, (stored - made) / (double)count);
    }

    private static InteractionDetail Detail(int number, Instant at) => (number % 10) switch
    {
        0 or 1 or 2 => new PurchaseDetail { Amount = Money.Of(9.99m, Currency.Eur), Product = _products[number % 100] },
        3 or 4 => new VisitDetail { Product = _products[number % 100] },
        5 => new CampaignContactDetail { Message = MessageId.Of("m") },
        6 => new ServiceCaseDetail { Step = (CaseStep)(number / 10 % 3) },
        7 => new OrderDetail { Promised = at.InUtc().Date.PlusDays(3), Delivered = number / 10 % 3 == 2 ? at.InUtc().Date : null },
        8 => new FollowUpDetail { Follow = FollowUpKind.Promise, About = "call back", Due = at + Duration.FromDays(1), IsDone = number / 10 % 3 == 2 },
        _ => new NoteDetail { Text = "note" },
    };

    private void Save(IEnumerable<int> numbers)
    {
        var customers = new List<Stored<Customer>>();
        var interactions = new List<Interaction>();
        foreach (int number in numbers)
        {
            var id = CustomerId.Of($"{number}");
            FactDates dates = FactDates.Of(_sources[number % 3], Now - Duration.FromDays(1 + (number % 1_000)));
            customers.Add(new(Customer.Person(id).With(CustomerName.Of($"Customer {number}", dates), ContactPoint.Phone($"+4420{number:D8}", dates)), StoreVersion.None));
            interactions.Add(Happened(id, 0, 10_001 + (number % 1_000)) with { Id = InteractionId.Of($"first-{number}") });
        }

        Wait(Customers.SaveAsync(customers, default));
        Wait(Interactions.AppendAsync(interactions, default));
    }

    private void Append(Interaction[] interactions) => Wait(Interactions.AppendAsync(interactions, default));

    private static void Wait<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();
}
