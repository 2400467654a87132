using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>The tracker, worked by hand: reasons, forgetting, many who are due on one day.</summary>
public sealed class SegmentTrackerTests
{
    private static readonly SegmentId _keen = SegmentId.Of("keen");
    private static readonly CustomerId _ada = CustomerId.Of("ada");
    private static readonly CustomerId _bob = CustomerId.Of("bob");
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 1, 9, 0);

    private static readonly SegmentBook _book = SegmentBook.Of(
        SignalSchema.Of(AttributeSchema.Of(), ColumnDefinition.Number("clv")),
        SegmentDefinition.Of(_keen, "keen", SegmentRule.Any(Signal.Count(EventFilter.Purchases).InLastDays(30).IsAtLeast(2), Signal.Column("clv").IsAtLeast(10))),
        SegmentDefinition.Of(SegmentId.Of("none"), "has not bought", Signal.Count(EventFilter.Purchases).IsAtMost(0)));

    private readonly SegmentTracker _tracker = new(_book, new(2026, 3, 1), DateTimeZone.Utc);

    // Each is told of what changed for them, and of nothing that changed for another in the same moment.
    [Fact]
    public void Apply_CorrectionThatMovesAPurchase_GivesEachTheirOwnReason()
    {
        Apply(Purchase("1", _ada), Purchase("2", _ada), Purchase("3", _bob));
        var moves = _tracker.Apply(Purchase("4", _bob) with { Corrects = InteractionId.Of("2") }, _now, _ada);
        Assert.Equal(
            [
                (_ada, false, "after purchase 4: number of purchases in the last 30 days is at least 2: no"),
                (_bob, true, "after purchase 4: number of purchases in the last 30 days is at least 2: yes"),
            ],
            moves.Where(move => move.Segment == _keen).Select(move => (move.Customer, move.Entered, move.Why!)));
    }

    // One that replaces another of the same kind changes nothing, and is no reason for anything.
    [Fact]
    public void Apply_CorrectionThatChangesNothing_MovesNobody()
    {
        Apply(Purchase("1", _ada), Purchase("2", _ada));
        Assert.Empty(_tracker.Apply(Purchase("3", _ada) with { Corrects = InteractionId.Of("2") }, _now));
        Assert.Equal([_keen], _tracker.SegmentsOf(_ada));
    }

    [Fact]
    public void AdvanceTo_WhenManyAreDue_MovesEachForTheirOwnReason()
    {
        CustomerId[] many = [.. Enumerable.Range(0, 20_000).Select(number => CustomerId.Of(FormattableString.Invariant($"c{number}")))];
        foreach (CustomerId customer in many)
        {
            Apply(Purchase("a" + customer, customer), Purchase("b" + customer, customer));
        }

        _tracker.Update(many[7], new Dictionary<string, ColumnValue> { ["clv"] = ColumnValue.Of(20) }, _now);
        Assert.Equal(many.Length, _tracker.CountOf(_keen));
        var moves = _tracker.AdvanceTo(new(2026, 4, 1), _now + Duration.FromDays(31));
        Assert.Equal(many.Length - 1, moves.Count);
        Assert.All(moves, move => Assert.Equal(
            (false, Instant.FromUtc(2026, 3, 31, 0, 0), "with the passing of time: number of purchases in the last 30 days is at least 2: no"), (move.Entered, move.At, move.Why!)));
        Assert.Equal([many[7]], _tracker.MembersOf(_keen));
    }

    [Fact]
    public void Forget_ACustomer_LeavesNothingAndLetsThemComeBack()
    {
        Apply(Purchase("1", _ada), Purchase("2", _ada), Purchase("3", _bob), Purchase("4", _bob));
        Assert.True(_tracker.Forget(_ada));
        Assert.False(_tracker.Forget(_ada));
        Assert.Equal((1, 1), (_tracker.Count, _tracker.CountOf(_keen)));
        Assert.Empty(_tracker.SegmentsOf(_ada));
        Assert.Equal([_bob], _tracker.MembersOf(_keen));

        // In the place that became free, as someone new: what was due for who was there before is not due for them.
        CustomerId eve = CustomerId.Of("eve");
        Assert.Equal(["none"], _tracker.Update(Customer.Person(eve), _now).Select(move => move.Segment.ToString()));
        Apply(Purchase("5", _ada), Purchase("6", _ada));
        Assert.Equal(2, _tracker.CountOf(_keen));
        Assert.Equal([(_ada, false), (_bob, false)], _tracker.AdvanceTo(new(2026, 4, 1), _now).Select(move => (move.Customer, move.Entered)).OrderBy(move => move.Customer.ToString(), StringComparer.Ordinal));
        Assert.Equal(["none"], _tracker.SegmentsOf(eve).Select(id => id.ToString()));
        Assert.Equal([_ada, _bob, eve], _tracker.Customers.OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    // A fact that ends with the calendar is one without an end.
    [Fact]
    public void Update_FactWithAnEndlessEnd_IsTaken()
    {
        foreach (DateTimeZone zone in (DateTimeZone[])[DateTimeZoneProviders.Tzdb["Pacific/Auckland"], DateTimeZoneProviders.Tzdb["Pacific/Honolulu"]])
        {
            var book = SegmentBook.Of(SignalSchema.Empty, SegmentDefinition.Of(_keen, "member", Signal.IsMember(ProgrammeId.Of("club")).Is(true)));
            var tracker = new SegmentTracker(book, new(2026, 3, 1), zone);
            var dates = new FactDates
            {
                Source = SourceId.Of("crm"),
                RecordedAt = _now,
                ValidFrom = Instant.FromUtc(-9998, 1, 1, 0, 0),
                ValidUntil = Instant.FromUtc(9999, 12, 31, 23, 59, 59),
            };
            Assert.Single(tracker.Update(Customer.Person(_ada).With(new Membership { Programme = ProgrammeId.Of("club"), Dates = dates }), _now));
        }
    }

    // Every kind of limit of an age and of a membership, day by day over four years, against the book: what is missed on its day is seen on none.
    [Fact]
    public void AdvanceTo_DayByDay_MovesOnEveryBirthdayThatCounts()
    {
        var (born, joined) = (AttributeId.Of("born"), ProgrammeId.Of("club"));
        SegmentRule[] rules =
        [
            Signal.YearsSince(born).IsAtLeast(18), Signal.YearsSince(born).IsAbove(18), Signal.YearsSince(born).IsAtMost(18), Signal.YearsSince(born).IsBelow(18),
            Signal.YearsSince(born).IsBetween(17.5, 19.5), Signal.YearsSince(born).IsAbove(18.5), Signal.YearsSince(born).IsBelow(0), Signal.DaysSince(born).IsAtLeast(6_600), Signal.DaysSince(born).IsAbove(6_600.5),
            Signal.MembershipDays(joined).IsAtLeast(30), Signal.MembershipDays(joined).IsAbove(29.5), Signal.MembershipDays(joined).IsBetween(10, 20),
        ];
        var book = SegmentBook.Of(
            SignalSchema.Of(AttributeSchema.Of(new AttributeDefinition { Id = born, Kind = AttributeKind.Day })),
            rules.Select((rule, place) => SegmentDefinition.Of(SegmentId.Of(FormattableString.Invariant($"s{place}")), "any", rule)));
        FactDates dates = FactDates.Of(SourceId.Of("crm"), _now);
        Customer[] customers =
        [
            .. ((LocalDate[])[new(2008, 2, 29), new(2008, 3, 1), new(2008, 3, 2), new(2009, 2, 28), new(2007, 12, 31), new(2028, 5, 5)]).Select((day, place) =>
                Customer.Person(CustomerId.Of(FormattableString.Invariant($"c{place}"))).With(
                    AttributeFact.Of(born, AttributeValue.Of(day), dates), new Membership { Programme = joined, Dates = dates with { ValidFrom = _now + Duration.FromDays(place * 100) } })),
        ];
        var tracker = new SegmentTracker(book, new(2026, 2, 1), DateTimeZone.Utc);
        Assert.All(customers, customer => tracker.Update(customer, _now));
        int moves = 0;
        for (LocalDate day = new(2026, 2, 2); day < new LocalDate(2030, 2, 1); day = day.PlusDays(1))
        {
            moves += tracker.AdvanceTo(day, _now).Count;
            foreach (Customer customer in customers)
            {
                Assert.Equal(book.SegmentsOf(new() { Id = customer.Id, Customer = customer, Day = day }), tracker.SegmentsOf(customer.Id));
            }
        }

        Assert.InRange(moves, 60, 200);
    }

    [Fact]
    public void AdvanceTo_ADayBefore_IsRefused() =>
        Assert.Contains("Days do not go back", Assert.Throws<ArgumentOutOfRangeException>(() => _tracker.AdvanceTo(new(2026, 2, 28), _now)).Message, StringComparison.Ordinal);

    private void Apply(params Interaction[] interactions) => Array.ForEach(interactions, interaction => _tracker.Apply(interaction, _now));

    private static Interaction Purchase(string id, CustomerId customer) => new()
    {
        Id = InteractionId.Of(id),
        Customer = customer,
        At = _now,
        RecordedAt = _now,
        Source = SourceId.Of("shop"),
        Detail = new PurchaseDetail { Amount = Money.Of(10, Currency.Eur) },
    };
}
