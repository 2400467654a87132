using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Random books of segments and random lives of a few customers: things that happen in order and late, corrections, retractions, facts, computations, days that pass.</summary>
internal sealed class RuleStory
{
    internal static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    internal static readonly LocalDate FirstDay = new(2026, 2, 20);

    private static readonly string[] _products = ["p1", "p2"];
    private static readonly string[] _customers = ["ada", "bob", "eve"];
    private static readonly Channel[] _channels = [Channel.WebShop, Channel.Store, Channel.Email];
    private static readonly string[] _countries = ["de", "at", "fr"];
    private static readonly InteractionKind[] _kinds = [InteractionKind.Purchase, InteractionKind.Return, InteractionKind.Complaint, InteractionKind.Visit];
    private readonly Random _random;
    private readonly List<Interaction> _told = [];
    private int _ids;

    private RuleStory(int seed)
    {
        _random = new(seed);
        Book = NewBook();
    }

    internal static Gen<RuleStory> Any => Gen.Choose(0, int.MaxValue - 1).Select(seed => new RuleStory(seed));

    internal static SignalSchema Schema { get; } = SignalSchema.Of(
        AttributeSchema.Of(
            new() { Id = AttributeId.Of("country"), Kind = AttributeKind.Text, Accepted = _countries },
            new() { Id = AttributeId.Of("space"), Kind = AttributeKind.Number, Unit = "m2", Least = 0 },
            new() { Id = AttributeId.Of("born"), Kind = AttributeKind.Day },
            new() { Id = AttributeId.Of("vip"), Kind = AttributeKind.Flag },
            new() { Id = AttributeId.Of("budget"), Kind = AttributeKind.Money }),
        ColumnDefinition.Number("clv", "EUR"),
        ColumnDefinition.Text("tier", "top", "large", "small"));

    internal SegmentBook Book { get; }

    internal IReadOnlyList<CustomerId> Customers { get; } = [.. _customers.Select(CustomerId.Of)];

    internal int Below(int limit) => _random.Next(limit);

    internal CustomerId AnyCustomer() => Customers[Below(Customers.Count)];

    /// <summary>Something that happens: new, late, to come, a correction, a retraction, or what was told before, once more.</summary>
    internal Interaction AnyInteraction(Instant now)
    {
        Interaction told = Below(10) switch
        {
            0 when _told.Count > 0 => _told[Below(_told.Count)],
            1 when _told.Count > 0 => New(now) with { Corrects = _told[Below(_told.Count)].Original },
            2 when _told.Count > 0 => New(now) with { Corrects = _told[Below(_told.Count)].Original, Detail = new RetractionDetail() },
            3 => Early(now),
            _ => New(now),
        };
        _told.Add(told);
        return told;
    }

    internal Customer AnyFacts(CustomerId id, Instant now)
    {
        Customer customer = Below(4) == 0 ? Customer.Organisation(id) : Customer.Person(id);
        for (int count = Below(6); count > 0; count--)
        {
            customer = customer.With(AnyFact(now));
        }

        return customer;
    }

    internal Dictionary<string, ColumnValue> AnyColumns()
    {
        var columns = new Dictionary<string, ColumnValue>();
        if (Below(2) == 0)
        {
            columns["clv"] = Below(5) == 0 ? default : Below(8) == 0 ? ColumnValue.Of("5") : ColumnValue.Of(Below(5) * 50);
        }

        if (Below(2) == 0)
        {
            columns["tier"] = Below(5) == 0 ? default : ColumnValue.Of(One("top", "large", "small"));
        }

        return columns;
    }

    // A correction that comes before what it corrects.
    private Interaction Early(Instant now)
    {
        Interaction original = New(now);
        _told.Add(original);
        return New(now) with { Corrects = original.Id };
    }

    private Interaction New(Instant now) => new()
    {
        Id = InteractionId.Of(FormattableString.Invariant($"i{_ids++}")),
        Customer = AnyCustomer(),
        At = now + Duration.FromHours(Below(5) switch
        {
            0 => -24 * Below(200),
            1 => 24 * Below(20),
            _ => -Below(20),
        }),
        RecordedAt = now,
        Source = SourceId.Of("till"),
        Channel = _channels[Below(_channels.Length)],
        Detail = Below(6) switch
        {
            0 => new ReturnDetail { Amount = AnyMoney() },
            1 => new ComplaintDetail { Product = ProductId.Of(One(_products)) },
            2 => new VisitDetail(),
            _ => new PurchaseDetail { Amount = AnyMoney(), Product = ProductId.Of(One(_products)) },
        },
    };

    private Money AnyMoney() => Money.Of(Below(4_000) / 100m, Below(30) == 0 ? Currency.Usd : Currency.Eur);

    private CustomerFact AnyFact(Instant now)
    {
        Instant? from = Below(3) == 0 ? now + Duration.FromHours(Below(2_000) - 1_000) : null;
        Instant? until = Below(3) == 0 ? (from ?? now) + Duration.FromHours(Below(2_000)) : Below(8) == 0 ? Instant.FromUtc(9999, 12, 31, 23, 59, 59) : null;
        var dates = new FactDates { Source = SourceId.Of("crm"), RecordedAt = now, ValidFrom = from, ValidUntil = until };
        return Below(10) switch
        {
            9 => AttributeFact.Of(AttributeId.Of(One("country", "space", "born", "vip")), Below(2) == 0 ? AttributeValue.Of(One("de", "5")) : AttributeValue.Of(1), dates), // of the wrong kind, some of them
            0 or 1 => AttributeFact.Of(AttributeId.Of("country"), AttributeValue.Of(One(_countries)), dates),
            2 => AttributeFact.Of(AttributeId.Of("space"), AttributeValue.Of(Below(300), Below(10) == 0 ? "ft2" : "m2"), dates),
            3 => AttributeFact.Of(AttributeId.Of("born"), AttributeValue.Of(FirstDay.PlusYears(-Below(60)).PlusDays(Below(400))), dates),
            4 => AttributeFact.Of(AttributeId.Of("vip"), AttributeValue.Of(Below(2) == 0), dates),
            5 => AttributeFact.Of(AttributeId.Of("budget"), AttributeValue.Of(AnyMoney()), dates),
            6 => new Attitude { Kind = AttitudeKind.ReasonAgainst, Product = ProductId.Of("p1"), Strength = Below(3) == 0 ? null : (Below(20) / 10.0) - 1, Dates = dates },
            7 => new StageReached { Stage = LifecycleStage.All[Below(6)], Dates = dates },
            _ => new Membership { Programme = ProgrammeId.Of("club"), Level = Below(2) == 0 ? "gold" : null, Dates = dates },
        };
    }

    private SegmentBook NewBook()
    {
        var definitions = new List<SegmentDefinition>();
        var book = SegmentBook.Of(Schema);
        for (int tries = 0; definitions.Count < 8 && tries < 100; tries++)
        {
            SegmentId parent = definitions.Count > 0 && Below(3) == 0 ? definitions[Below(definitions.Count)].Segment.Id : default;
            definitions.Add(SegmentDefinition.Of(SegmentId.Of(FormattableString.Invariant($"s{definitions.Count}")), "any", AnyRule(3, definitions), parent));
            try
            {
                book = SegmentBook.Of(Schema, definitions);
            }
            catch (RuleFaultsException)
            {
                definitions.RemoveAt(definitions.Count - 1); // by chance it matches nobody, or everybody
            }
        }

        return book;
    }

    private SegmentRule AnyRule(int depth, List<SegmentDefinition> others) => depth == 0 ? AnyCondition() : Below(6) switch
    {
        0 => SegmentRule.All(AnyRule(depth - 1, others), AnyRule(depth - 1, others)),
        1 => SegmentRule.Any(AnyRule(depth - 1, others), AnyRule(depth - 1, others), AnyRule(depth - 1, others)),
        2 => SegmentRule.Not(AnyRule(depth - 1, others)),
        3 when others.Count > 0 => SegmentRule.In(others[Below(others.Count)].Segment.Id),
        _ => AnyCondition(),
    };

    private SegmentRule AnyCondition() => Below(14) switch
    {
        0 => Signal.Attribute(AttributeId.Of("country")).IsOneOf(One(_countries)),
        1 => Signal.Attribute(AttributeId.Of("space"), "m2").IsBetween(Below(100), 100 + Below(200)),
        2 => Signal.YearsSince(AttributeId.Of("born")).IsAtLeast(Below(60)),
        3 => Signal.DaysSince(AttributeId.Of("born")).IsBelow(Below(5_000)),
        4 => Signal.Attribute(AttributeId.Of("vip")).Is(Below(2) == 0),
        5 => Signal.Attribute(AttributeId.Of("budget"), "EUR").IsAbove(Below(40)),
        6 => Signal.Attitude(AttitudeKind.ReasonAgainst, ProductId.Of("p1")).IsAtLeast((Below(20) / 10.0) - 1),
        7 => Signal.HasAttitude(AttitudeKind.ReasonAgainst, ProductId.Of("p1")).Is(Below(2) == 0),
        8 => Below(2) == 0 ? Signal.MembershipDays(ProgrammeId.Of("club")).IsAtLeast(Below(40)) : Signal.MembershipLevel(ProgrammeId.Of("club")).IsOneOf("gold"),
        9 => Below(2) == 0 ? Signal.Column("clv", "EUR").IsAtLeast(Below(5) * 50) : Signal.Column("tier").IsOneOf("top", "large"),
        10 => Below(2) == 0 ? Signal.Of(CustomerPart.Stage).IsOneOf(LifecycleStage.All[Below(6)].Name) : Signal.Attribute(AttributeId.Of("born")).IsBefore(FirstDay.PlusYears(-Below(60))),
        11 => Below(2) == 0 ? Signal.Attribute(AttributeId.Of(One("country", "born", "vip"))).IsUnknown() : Signal.Attribute(AttributeId.Of("space"), "m2").IsKnown(),
        _ => AnyEvents(),
    };

    private SegmentRule AnyEvents()
    {
        EventFilter events = Below(3) == 0 ? EventFilter.Everything : EventFilter.OfKinds(_kinds[Below(_kinds.Length)]);
        events = Below(3) == 0 ? events.Of(ProductId.Of(One(_products))) : events;
        events = Below(3) == 0 ? events.Through(_channels[Below(_channels.Length)]) : Below(5) == 0 ? events with { ChannelKinds = [ChannelKind.SelfService] } : events;
        EventSignal signal = Below(6) switch
        {
            0 => Signal.Days(events),
            1 => Signal.Spent(events with { Kinds = [] }, Currency.Eur),
            2 => Signal.DaysSinceLast(events),
            3 => Signal.DaysSinceFirst(events),
            4 => Signal.AverageGap(events),
            _ => Signal.Count(events),
        };
        signal = Below(2) == 0 ? signal.InLastDays(1 + Below(60)) : signal;
        signal = Below(5) == 0 ? signal.SinceDay(FirstDay.PlusDays(Below(40) - 20)) : signal;
        double limit = signal.Measure is EventMeasure.Count or EventMeasure.Days ? 1 + Below(3) : Below(60) / 2.0;
        return Below(3) switch
        {
            0 => signal.IsAtMost(limit),
            1 => signal.IsAbove(limit),
            _ => signal.IsAtLeast(limit),
        };
    }

    private string One(params string[] of) => of[Below(of.Length)];
}
