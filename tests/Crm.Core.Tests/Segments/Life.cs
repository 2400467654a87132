using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>One customer's life, told by hand: days are counted from the first of January 2026, in UTC, and all is known when it happens.</summary>
internal sealed class Life(string id = "ada")
{
    private readonly List<Interaction> _interactions = [];
    private readonly List<CustomerFact> _facts = [];
    private readonly List<AliveScore> _scores = [];

    internal static LadderRecords Recorded { get; } = new(Referrals: true, Memberships: true);

    internal static LocalDate Day(int day) => new LocalDate(2026, 1, 1).PlusDays(day);

    internal static Instant Noon(int day) => (Day(day) + LocalTime.Noon).InUtc().ToInstant();

    internal LadderCustomer Told => new() { Customer = Customer.Person(CustomerId.Of(id)).With(_facts), Interactions = _interactions, AliveScores = _scores };

    internal Life Bought(int day, decimal amount = 10, string? purchase = null, decimal? discount = null, string? by = null) => Did(day, new PurchaseDetail
    {
        Amount = Money.Of(amount, Currency.Eur),
        Purchase = purchase is null ? PurchaseId.None : PurchaseId.Of(purchase),
        Discount = discount is { } reduced ? Money.Of(reduced, Currency.Eur) : null,
        ReferredBy = by is null ? CustomerId.None : CustomerId.Of(by),
    });

    internal Life BoughtOn(params int[] days)
    {
        foreach (int day in days)
        {
            Bought(day);
        }

        return this;
    }

    internal Life Returned(int day, decimal amount = 10, string? purchase = null) => Did(day, new ReturnDetail
    {
        Amount = Money.Of(amount, Currency.Eur),
        Purchase = purchase is null ? PurchaseId.None : PurchaseId.Of(purchase),
    });

    internal Life Did(int day, InteractionDetail detail, double? sentiment = null, Direction direction = Direction.Unstated)
    {
        _interactions.Add(new()
        {
            Id = InteractionId.Of($"{id}-{_interactions.Count:000}"),
            Customer = CustomerId.Of(id),
            At = Noon(day),
            RecordedAt = Noon(day),
            Source = SourceId.Of("till"),
            Sentiment = sentiment,
            Direction = direction,
            Detail = detail,
        });
        return this;
    }


    internal Interaction Last => _interactions[^1];

    internal Life And(Interaction interaction)
    {
        _interactions.Add(interaction);
        return this;
    }

    internal Life Is(CustomerFact fact)
    {
        _facts.Add(fact);
        return this;
    }

    internal Life Scored(int day, double probability)
    {
        _scores.Add(AliveScore.Of(Day(day), probability));
        return this;
    }

    internal static FactDates From(int day, int? until = null) => FactDates.Of(SourceId.Of("crm"), Noon(day)) with
    {
        ValidFrom = Noon(day),
        ValidUntil = until is { } last ? Noon(last) : null,
    };

    internal static Membership Member(int day, int? until = null) => new() { Programme = ProgrammeId.Of("club"), Dates = From(day, until) };

    internal static Attitude Likes(double strength, int day, int? until = null) => new() { Kind = AttitudeKind.Liking, Strength = strength, Dates = From(day, until) };

    internal static StageReached Stage(LifecycleStage stage, int day, int? until = null) => new() { Stage = stage, Dates = From(day, until) };

    internal LadderStanding On(int day, LoyaltyLadder? ladder = null, LadderRecords? records = null, params IEnumerable<Life> brought) =>
        (ladder ?? LoyaltyLadder.Default).Evaluate(Told, Day(day), records ?? Recorded, brought.Select(other => other.Told));

    /// <summary>The rungs as "day:rung", in one line.</summary>
    internal string Rungs(int day, LoyaltyLadder? ladder = null, LadderRecords? records = null, params IEnumerable<Life> brought) => string.Join(" ",
        On(day, ladder, records, brought).RungMoves.Select(move => $"{Period.DaysBetween(Day(0), move.Day)}:{move.Rung?.Name ?? "none"}"));

    /// <summary>The stages as "day:stage", stated ones with a mark, in one line.</summary>
    internal string Stages(int day, LoyaltyLadder? ladder = null) => string.Join(" ",
        On(day, ladder).StageMoves.Select(move => $"{Period.DaysBetween(Day(0), move.Day)}:{move.Stage.Name}{(move.IsStated ? "!" : "")}"));
}
