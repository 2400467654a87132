using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Generated customers that press on every rule of the ladder: few days, so that limits are met; few amounts, so that returns cancel.</summary>
internal static class LadderLives
{
    private const int Numbers = 8;

    private static readonly LocalDate _first = new(2026, 3, 1); // with the change to summer time in it

    // All limits within a few weeks, so that a life of 70 days meets each of them.
    private static readonly LadderDefinition _short = new()
    {
        ComeBackDays = 6,
        RegularPurchaseDays = 3,
        RegularWindowDays = 12,
        RegularGapFactor = 1.5m,
        RegularGapFloorDays = 2,
        FanMonths = 0,
        InfluencerWindowDays = 20,
        InfluencerFollowDays = 8,
        InfluencerReferrals = 1,
        InfluencerPurchaseDays = 1,
        BargainWindowDays = 25,
        BargainLeastPurchaseDays = 2,
        AssumedGapDays = 4,
        DormantGaps = 1.5m,
        DormantFloorDays = 3,
        DormantCeilingDays = 12,
        LostGaps = 3.2m,
        LostFloorDays = 7,
        LostCeilingDays = 26,
        AliveDays = 5,
    };

    private static readonly LadderDefinition[] _definitions =
    [
        _short,
        _short with { RegularGapFactor = 1, RegularGapFloorDays = 5, FanMonths = 1, RegularWindowDays = 14, InfluencerMoney = Money.Of(5, Currency.Eur) },
        _short with { FanSigns = FanSigns.Membership, RegularGapFactor = 100, InfluencerReferrals = 2, BargainLeastDiscount = 0.2, ComeBackDays = 40, RegularWindowDays = 60 },
        _short with { FanSigns = FanSigns.Referral | FanSigns.Liking, DormantFloorDays = 1, DormantCeilingDays = 1, LostFloorDays = 2, LostCeilingDays = 2 },
    ];

    internal static Instant End { get; } = Moment(80, 0);

    /// <summary>Gets some customers of one base with a ladder to see them by, and what the base records.</summary>
    internal static Gen<Case> Any =>
        from definition in Gen.Elements(_definitions)
        from zone in Gen.Elements("UTC", "America/New_York", "Pacific/Apia")
        from records in Gen.Elements(Life.Recorded, default, new LadderRecords(Referrals: true, Memberships: false), new LadderRecords(Referrals: false, Memberships: true))
        from busy in Gen.Choose(0, 9999).ArrayOf(Numbers * 24)
        from calm in Gen.Choose(0, 9999).ArrayOf(Numbers * 9)
        from quiet in Gen.Choose(0, 9999).ArrayOf(Numbers * 3)
        select new Case(LoyaltyLadder.Of(definition, DateTimeZoneProviders.Tzdb[zone]), records, [Customer("ada", busy), Customer("bob", calm), Customer("cem", quiet)]);

    internal static LocalDate Day(int day) => _first.PlusDays(day);

    private static Instant Moment(int day, int hour) => (_first + LocalTime.Midnight).InUtc().ToInstant() + Duration.FromDays(day) + Duration.FromHours(hour);

    private static LadderCustomer Customer(string id, int[] numbers)
    {
        var interactions = new List<Interaction>();
        var facts = new List<CustomerFact>();
        var scores = new List<AliveScore>();
        foreach (int[] n in numbers.Chunk(Numbers))
        {
            if (n[0] % 10 < 7)
            {
                interactions.Add(Interaction(id, interactions, n));
            }
            else if (n[0] % 10 < 9)
            {
                facts.Add(Fact(id, n));
            }
            else
            {
                scores.Add(AliveScore.Of(Day(n[1] % 70), n[2] % 11 / 10.0));
            }
        }

        return new() { Customer = Crm.Core.Customers.Customer.Person(CustomerId.Of(id)).With(facts), Interactions = interactions, AliveScores = scores };
    }

    private static Interaction Interaction(string id, List<Interaction> before, int[] n)
    {
        Instant at = Moment(n[1] % 60, n[2] % 24);
        Interaction[] originals = [.. before.Where(one => one.Corrects == InteractionId.None)];
        Interaction? corrected = n[3] % 6 == 0 && originals.Length > 0 ? originals[n[4] % originals.Length] : null;
        return new()
        {
            Id = InteractionId.Of($"{id}{before.Count:00}"),
            Corrects = corrected?.Id ?? InteractionId.None,
            Customer = CustomerId.Of(id),
            At = at,
            RecordedAt = at + Duration.FromDays(n[3] % 4 == 1 ? n[4] % 20 : 0),
            Source = SourceId.Of("till"),
            Sentiment = n[5] % 7 == 0 ? (n[6] % 9 / 4.0) - 1 : null,
            Direction = (Direction)(n[5] % 3),
            Detail = corrected is not null && n[7] % 3 == 0 ? new RetractionDetail() : Detail(id, n, before.Count),
        };
    }

    private static InteractionDetail Detail(string id, int[] n, int count) => (n[0] / 10 % 12) switch
    {
        < 6 => new PurchaseDetail
        {
            Amount = Money.Of(n[6] % 4 * 2.5m, Currency.Eur),
            Purchase = n[6] % 5 == 0 ? PurchaseId.None : PurchaseId.Of($"p{(n[6] % 11 == 0 ? n[7] % 9 : count)}"), // one of eleven may be told twice
            Discount = n[7] % 3 == 0 ? null : Money.Of(n[7] % 3 == 1 ? 0 : 1, Currency.Eur),
            ReferredBy = n[5] % 6 == 0 ? CustomerId.Of(new[] { "ada", "bob", "cem", "eve" }[n[4] % 4]) : CustomerId.None,
        },
        < 8 => new ReturnDetail { Amount = Money.Of(n[6] % 4 * 2.5m, Currency.Eur), Purchase = n[7] % 2 == 0 ? PurchaseId.None : PurchaseId.Of($"p{n[7] % 20}") },
        8 => new ServiceCaseDetail { Step = CaseStep.Solved, Satisfaction = n[6] % 2 == 0 ? null : n[7] % 5 / 4.0 },
        9 => new CampaignResponseDetail { Response = (ResponseKind)(n[6] % 8) },
        10 => new VisitDetail(),
        _ => new CampaignContactDetail(),
    };

    private static CustomerFact Fact(string id, int[] n)
    {
        Instant? from = n[1] % 4 == 0 ? null : Moment(n[2] % 50, n[3] % 24);
        Instant recorded = Moment(n[3] % 60, n[4] % 24);
        var dates = new FactDates
        {
            Source = n[5] % 5 == 0 ? LadderDefinition.Default.Source : SourceId.Of("crm"),
            ValidFrom = from,
            ValidUntil = n[5] % 2 == 0 ? null : Instant.Max(from ?? recorded, Moment(n[6] % 60, n[7] % 24)),
            RecordedAt = recorded,
            RetractedAt = n[6] % 5 == 0 ? recorded + Duration.FromDays(n[7] % 20) : null,
        };
        return (n[0] / 10 % 4) switch
        {
            0 => new Membership { Programme = ProgrammeId.Of("club"), Dates = dates },
            1 => new Attitude { Kind = AttitudeKind.Liking, Strength = n[7] % 4 == 0 ? null : n[7] % 11 / 10.0, Product = n[6] % 3 == 0 ? ProductId.Of("shoe") : ProductId.None, Dates = dates },
            2 => new Referral { By = CustomerId.Of(new[] { "ada", "bob", "cem", "eve" }[n[7] % 4]), Dates = dates },
            _ => new StageReached { Stage = LifecycleStage.All[n[7] % 6], Dates = dates },
        };
    }

    internal sealed record Case(LoyaltyLadder Ladder, LadderRecords Records, IReadOnlyList<LadderCustomer> Everybody)
    {
        internal LadderStanding On(int who, LocalDate day, Instant? knownAt = null) =>
            Ladder.Evaluate(Everybody[who], new AsOf(Ladder.EndOf(day), knownAt ?? Instant.MaxValue), Records, Everybody.Where((_, i) => i != who));

        internal LadderStandings AllOn(LocalDate day, Instant? knownAt = null)
        {
            var builder = new LadderColumnsBuilder(Ladder, new(Ladder.EndOf(day), knownAt ?? Instant.MaxValue));
            foreach (LadderCustomer customer in Everybody)
            {
                builder.Add(customer);
            }

            return Ladder.EvaluateAll(builder.Build() with { Records = Records }, day);
        }

        public override string ToString() => string.Join(Environment.NewLine,
            Everybody.SelectMany(customer => customer.Interactions.OrderBy(one => one.At).Select(Words).Concat(customer.Customer.Facts.Select(CustomerWords)).Concat(customer.AliveScores.Select(score => $"{score}")))
                .Prepend($"{Ladder.Zone} {Records} {Ladder.Definition.FanSigns} {Ladder.Definition}"));

        private static string Words(Interaction one) => InteractionJson.Write(one);

        private static string CustomerWords(CustomerFact fact) => CustomerJson.Write(Crm.Core.Customers.Customer.Person(CustomerId.Of("x")).With(fact));
    }
}
