using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>
/// Generated customers with their facts, interactions and segment moves: few moments, ids and threads, so that everything meets on its edge;
/// corrected, retracted, late, from the future, moved to another customer.
/// </summary>
internal sealed class CustomerStories
{
    internal static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 0, 0);

    private static readonly string[] _sources = ["crm", "shop", "till"];
    private static readonly Channel[] _channels = [Channel.None, Channel.Phone, Channel.Email, Channel.Store];
    private static readonly string[] _currencies = ["EUR", "USD"];
    private readonly Random _random;

    private CustomerStories(int seed)
    {
        _random = new(seed);
        Customers = [.. Enumerable.Range(1, 3).Select(number => NewCustomer(CustomerId.Of($"{number}")))];
        var interactions = new List<Interaction>();
        for (int left = _random.Next(60); left > 0; left--)
        {
            interactions.Add(NewInteraction(interactions));
        }

        Interactions = interactions;
        Moves = [.. Enumerable.Range(0, _random.Next(12)).Select(_ => new SegmentMove
        {
            Customer = AnyCustomer(),
            Segment = SegmentId.Of(Any("gold", "families", "Zoo")),
            Entered = Chance(2),
            At = AnyMoment(),
            RecordedAt = AnyMoment(),
            Why = Chance(2) ? "because" : null,
        })];
    }

    internal static Gen<CustomerStories> All => Gen.Choose(0, int.MaxValue - 1).Select(seed => new CustomerStories(seed));

    internal IReadOnlyList<Customer> Customers { get; }

    internal IReadOnlyList<Interaction> Interactions { get; }

    internal IReadOnlyList<SegmentMove> Moves { get; }

    internal CustomerId AnyCustomer() => CustomerId.Of($"{1 + _random.Next(3)}");

    internal Instant AnyMoment() => Start + Duration.FromHours(6 * _random.Next(20));

    internal AsOf AnyView() => _random.Next(4) switch
    {
        0 => AsOf.At(Start + Duration.FromDays(30)),
        1 => AsOf.Hindsight(AnyMoment()),
        2 => new(AnyMoment(), AnyMoment()),
        _ => AsOf.At(AnyMoment()),
    };

    internal int Below(int limit) => _random.Next(limit);

    internal T Any<T>(params T[] values) => values[_random.Next(values.Length)];

    internal Channel AnyChannel() => Any(_channels);

    private bool Chance(int of) => _random.Next(of) == 0;

    private Money AnyMoney() => Money.Of(Any(0m, 1m, 2.5m, 10.01m, 1e-10m), Any(_currencies));

    private ThreadId AnyThread() => Chance(4) ? ThreadId.None : ThreadId.Of(Any("t1", "t2", "t3"));

    private LocalDate AnyDay() => new LocalDate(2026, 3, 1).PlusDays(_random.Next(6));

    private FactDates AnyDates(bool canBeRetracted)
    {
        Instant? from = Chance(2) ? null : AnyMoment();
        Instant recorded = AnyMoment();
        return new()
        {
            Source = SourceId.Of(Any(_sources)),
            RecordedAt = recorded,
            ValidFrom = from,
            ValidUntil = Chance(3) ? (from ?? Start) + Duration.FromHours(6 * _random.Next(20)) : null,
            RetractedAt = canBeRetracted && Chance(4) ? recorded + Duration.FromHours(6 * _random.Next(6)) : null,
        };
    }

    private Customer NewCustomer(CustomerId id) => new()
    {
        Id = id,
        Kind = Any(CustomerKind.Person, CustomerKind.Organisation, CustomerKind.Household),
        Facts = [.. Enumerable.Range(0, _random.Next(25)).Select(_ => NewFact())],
    };

    private CustomerFact NewFact() => _random.Next(14) switch
    {
        0 => CustomerName.Of(Any("Ada", "Ada Lovelace", "Grace"), AnyDates(true)),
        1 => ExternalId.Of(SourceId.Of(Any(_sources)), Any("77", "78"), AnyDates(true)),
        2 => ContactPoint.Phone(Any("020 7946 0958", "+44 20 79460958", "0044 (0)20-7946-0958"), AnyDates(true), "44") with { VerifiedAt = Chance(2) ? AnyMoment() : null },
        3 => ContactPoint.Email(Any("a@example.com", "A@Example.com", "b@example.com"), AnyDates(true)) with { FailedAt = Chance(2) ? AnyMoment() : null },
        4 or 5 => AttributeFact.Of(AttributeId.Of(Any("born", "health", "Zeal", "shoe-size")), AttributeValue.Of(_random.Next(100)), AnyDates(true)),
        6 => new Attitude { Kind = Any(AttitudeKind.Liking, AttitudeKind.ReasonAgainst), Words = "words", Dates = AnyDates(true) },
        7 or 8 => new ConsentRecord
        {
            Purpose = Any(ConsentPurpose.Marketing, ConsentPurpose.Sharing),
            Channel = AnyChannel(),
            Decision = Any(ConsentDecision.Given, ConsentDecision.Refused),
            How = "asked",
            Dates = AnyDates(false),
        },
        9 => new Relation { To = AnyCustomer(), Kind = Any(RelationKind.MemberOf, RelationKind.WorksFor), Roles = Any(BuyingRoles.None, BuyingRoles.Decides | BuyingRoles.Pays), Dates = AnyDates(true) },
        10 => new Membership { Programme = ProgrammeId.Of("club"), Number = Any("1", "2", null!), Level = "gold", Dates = AnyDates(true) },
        11 => Any<CustomerFact>(new ResellerStatus { Territory = "north", Dates = AnyDates(true) }, new AccountOwner { Staff = StaffId.Of(Any("s1", "s2")), Dates = AnyDates(true) }),
        12 => Any<CustomerFact>(new Referral { By = AnyCustomer(), Dates = AnyDates(true) }, new StageReached { Stage = Any([.. LifecycleStage.All]), Dates = AnyDates(true) }),
        _ => new AccountMove { System = SourceId.Of(Any(_sources)), Account = Any("77", "78"), To = AnyCustomer(), Dates = AnyDates(true) },
    };

    // A correction may name an original that came before it, comes after it or never comes; never another correction.
    private Interaction NewInteraction(List<Interaction> before)
    {
        Interaction[] originals = [.. before.Where(interaction => interaction.Corrects == InteractionId.None)];
        bool isRetraction = Chance(12);
        bool isCorrection = isRetraction || Chance(4);
        Instant at = AnyMoment();
        return new()
        {
            Id = InteractionId.Of($"{Any("a", "b", "ä", "𝔷")}{before.Count}"),
            Customer = AnyCustomer(),
            At = at,
            RecordedAt = Chance(2) ? at : AnyMoment(),
            Source = SourceId.Of(Any(_sources)),
            Detail = isRetraction ? new RetractionDetail() : NewDetail(),
            Channel = AnyChannel(),
            Direction = Any(Direction.Unstated, Direction.Unstated, Direction.Inbound, Direction.Outbound),
            Cost = Chance(2) ? AnyMoney() : null,
            Staff = Chance(2) ? StaffId.Of("s1") : StaffId.None,
            Campaign = Chance(3) ? CampaignId.Of("c") : CampaignId.None,
            Thread = AnyThread(),
            Corrects = !isCorrection ? InteractionId.None
                : originals.Length == 0 || Chance(8) ? InteractionId.Of("never came") : Any(originals).Id,
        };
    }

    private InteractionDetail NewDetail() => _random.Next(20) switch
    {
        0 or 1 or 2 => new PurchaseDetail { Amount = AnyMoney() },
        3 => new ReturnDetail { Amount = AnyMoney() },
        4 => new EnquiryDetail { About = "about" },
        5 => new VisitDetail { Place = "Main St" },
        6 => new CampaignContactDetail { Message = Chance(2) ? MessageId.Of("m1") : MessageId.None },
        7 => new CampaignResponseDetail { Response = Any(Enum.GetValues<ResponseKind>()) },
        8 or 9 or 10 => new ServiceCaseDetail { Step = Any(Enum.GetValues<CaseStep>()), About = Any("leak", "noise", null) },
        11 => new ComplaintDetail { About = "late" },
        12 => new OpportunityDetail { Stage = Any(Enum.GetValues<OpportunityStage>()), Amount = AnyMoney(), Probability = 0.5, ExpectedClose = AnyDay() },
        13 => new QuotationDetail { Amount = AnyMoney() },
        14 => new OrderDetail { Promised = Chance(3) ? null : AnyDay(), Expected = AnyDay(), Delivered = Chance(4) ? AnyDay() : null, IsCancelled = Chance(8), Amount = AnyMoney() },
        15 => new UsageDetail { What = "sign-in" },
        16 => new MessageDetail { Message = MessageId.Of(Any("m2", "m3")), Text = Chance(2) ? "hello" : null },
        17 or 18 => new FollowUpDetail { Follow = Any(FollowUpKind.Promise, FollowUpKind.Reminder), About = "call back", Due = AnyMoment(), IsDone = Chance(3) },
        _ => Any<InteractionDetail>(new NoteDetail { Text = "note" }, new DisclosureDetail { Partner = SourceId.Of("bank"), Purpose = ConsentPurpose.Sharing, Fields = "name", Until = AnyMoment() }),
    };
}
