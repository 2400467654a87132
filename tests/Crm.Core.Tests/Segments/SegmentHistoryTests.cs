using Crm.Core.Hosting;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>Who was in a segment on a date: worked by hand, and as the reference store says it.</summary>
public sealed class SegmentHistoryTests
{
    private static readonly CustomerId _ada = CustomerId.Of("ada");
    private static readonly SegmentId _gold = SegmentId.Of("gold");
    private static readonly SegmentId _new = SegmentId.Of("new");

    // Of two customers and two segments: who, which, in or out, on which day, known on which day.
    private static readonly Gen<SegmentMove[]> _moves = Gen.Choose(0, (2 * 2 * 2 * 6 * 6) - 1).ArrayOf(12).Select(drawn => Array.ConvertAll(
        drawn, one => Move(CustomerId.Of(one % 2 == 0 ? "ada" : "bob"), one / 2 % 2 == 0 ? _gold : _new, one / 4 % 2 == 0, one / 8 % 6, one / 48 % 6)));

    [Fact]
    public void Stays_OfMoves_BeginAndEndWithReasons()
    {
        var history = SegmentHistory.Of(
            [
                Move(_ada, _gold, false, 1), // left what she was not in
                Move(_ada, _gold, true, 3) with { Why = "spent a lot" },
                Move(_ada, _gold, true, 4), // entered where she was
                Move(_ada, _gold, false, 6) with { Why = "spent less" },
                Move(_ada, _new, true, 2),
            ],
            AsOf.Hindsight(Instant.MaxValue));
        Assert.Equal(
            [
                new SegmentStay { Customer = _ada, Segment = _gold, Entered = Day(3), Left = Day(6), WhyEntered = "spent a lot", WhyLeft = "spent less" },
                new SegmentStay { Customer = _ada, Segment = _new, Entered = Day(2) },
            ],
            history.Stays);
        Assert.Equal(["gold", "new"], history.SegmentsOf(_ada, Day(3)).Select(stay => stay.Segment.ToString()));
        Assert.Empty(history.MembersOf(_gold, Day(6)));
        Assert.Single(history.MembersOf(_gold, Day(6) - Duration.Epsilon));
        Assert.Empty(history.SegmentsOf(CustomerId.Of("nobody"), Day(3)));
    }

    // Property, with the reference store as the oracle.
    [Fact]
    public void MembersOf_AnyMovesAndView_AreThoseOfTheStore() => FixedSeed.ForAll(_moves, moves =>
    {
        var store = new InMemorySegmentStore();
        store.MoveAsync(moves, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        for (int known = 0; known < 6; known++)
        {
            var history = SegmentHistory.Of(moves, new(Instant.MaxValue, Day(known)));
            for (int day = 0; day < 6; day++)
            {
                foreach (SegmentId segment in (SegmentId[])[_gold, _new])
                {
                    var expected = store.ReadMembersAsync(segment, new(Day(day), Day(known)), CancellationToken.None).ToBlockingEnumerable().Select(move => move.Customer);
                    Assert.Equal(expected.ToHashSet(), history.MembersOf(segment, Day(day)).Select(stay => stay.Customer).ToHashSet());
                }
            }
        }
    });

    [Fact]
    public void Flow_BetweenTwoDays_CountsEachCustomerOnce() => FixedSeed.ForAll(_moves, moves =>
    {
        var history = SegmentHistory.Of(moves, AsOf.Hindsight(Instant.MaxValue));
        SegmentFlow flow = history.FlowBetween([_gold, _new], Day(1), Day(4));
        foreach (SegmentId segment in (SegmentId[])[_gold, _new])
        {
            // Who is in both counts in the first.
            Assert.Equal(history.MembersOf(segment, Day(1)).Count(stay => segment == _gold || !history.MembersOf(_gold, Day(1)).Any(gold => gold.Customer == stay.Customer)), flow.Before(segment));
            Assert.Equal(history.MembersOf(segment, Day(4)).Count(stay => segment == _gold || !history.MembersOf(_gold, Day(4)).Any(gold => gold.Customer == stay.Customer)), flow.After(segment));
        }

        Assert.Equal(0, flow[SegmentId.None, SegmentId.None]);
        Assert.Equal(flow.Before(_gold) + flow.Before(_new) + flow.Before(SegmentId.None), flow.After(_gold) + flow.After(_new) + flow.After(SegmentId.None));
    });

    [Fact]
    public void Flow_OfSegmentsTwiceOrBackwards_IsRefused()
    {
        var history = SegmentHistory.Of([], AsOf.Hindsight(Instant.MaxValue));
        Assert.Throws<ArgumentException>(() => history.FlowBetween([_gold, _gold], Day(1), Day(2)));
        Assert.Throws<ArgumentException>(() => history.FlowBetween([SegmentId.None], Day(1), Day(2)));
        Assert.Contains("is before", Assert.Throws<ArgumentException>(() => history.FlowBetween([_gold], Day(2), Day(1))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => history.FlowBetween([_gold], Day(1), Day(2))[_new, _gold]);
    }

    private static Instant Day(int day) => Instant.FromUtc(2026, 3, 1, 0, 0) + Duration.FromDays(day);

    private static SegmentMove Move(CustomerId customer, SegmentId segment, bool entered, int day, int known = 0) => new()
    {
        Customer = customer,
        Segment = segment,
        Entered = entered,
        At = Day(day),
        RecordedAt = Day(Math.Max(day, known)),
    };
}
