using Crm.Core.Customers;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Segments;

/// <summary>The moves of a standing in a store that has those of earlier days, whatever has come in since.</summary>
public sealed class LadderMovesTests
{
    [Fact]
    public void ToMoves_OfAStanding_GiveTheMembersOfEveryDay()
    {
        Life life = new Life().BoughtOn(0, 30, 60, 90).Is(Life.Stage(LifecycleStage.Repeat, 50, until: 70)).Returned(100, 40);
        IReadOnlyList<SegmentMove> moves = life.On(700).ToMoves(Life.Noon(700), []);
        for (int day = 0; day <= 700; day++)
        {
            AssertInside(life.On(day).Row.Segments.Where(IsNoTrait), moves, LoyaltyLadder.Default.EndOf(Life.Day(day)));
        }
    }

    // Bought on the first of January; dormant from 28 September, until a purchase of 20 July comes in late.
    [Fact]
    public void ToMoves_AfterALatePurchase_TakeBackWhatIsNoLongerSo()
    {
        Life life = new Life().Bought(0);
        IReadOnlyList<SegmentMove> first = life.On(300).ToMoves(Life.Noon(300), []);
        Assert.Contains(first, move => move is { Entered: true } && move.Segment == SegmentId.Of("stage:dormant"));
        LadderStanding standing = life.Bought(200).On(301);
        List<SegmentMove> stored = [.. first, .. standing.ToMoves(Life.Noon(301), first)];
        AssertInside([SegmentId.Of("rung:new"), SegmentId.Of("stage:repeat")], stored, LoyaltyLadder.Default.EndOf(Life.Day(301)));
        Assert.Contains(stored, move => move is { Entered: false, Why: "by what is known now, this was not so" } && move.Segment == SegmentId.Of("stage:dormant"));
        Assert.Empty(standing.ToMoves(Life.Noon(302), stored));
    }

    [Fact]
    public void ToMoves_WithTheClockSetBack_AreRecordedAfterWhatTheyStandAgainst()
    {
        Life life = new Life().Bought(0);
        IReadOnlyList<SegmentMove> first = life.On(300).ToMoves(Life.Noon(300), []);
        IReadOnlyList<SegmentMove> second = life.Bought(200).On(301).ToMoves(Life.Noon(1), first);
        AssertInside([SegmentId.Of("rung:new"), SegmentId.Of("stage:repeat")], [.. first, .. second], LoyaltyLadder.Default.EndOf(Life.Day(301)));
    }

    [Fact]
    public void ToMoves_OfATrait_EnterAndLeaveOnTheDayAskedAbout()
    {
        Life life = new Life().Bought(0, discount: 1).Bought(1, discount: 1).Bought(2, discount: 1).Bought(3, discount: 1);
        var stored = new List<SegmentMove>();
        foreach (int day in new[] { 2, 5, 9, 729, 730, 731 })
        {
            stored.AddRange(life.On(day).ToMoves(Life.Noon(day), stored));
        }

        SegmentMove[] moves = [.. stored.Where(move => move.Segment == SegmentId.Of("trait:bargain-hunter"))];
        Assert.Equal([(true, Life.Day(5)), (false, Life.Day(730))], moves.Select(move => (move.Entered, move.At.InUtc().Date)));
        Assert.StartsWith("yes: 4 of 4 purchase days", moves[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ToMoves_BesideMovesOfAnotherCustomer_AreRefused()
    {
        IReadOnlyList<SegmentMove> ofBob = new Life("bob").Bought(0).On(1).ToMoves(Life.Noon(1), []);
        Assert.Contains("bob is not the customer", Assert.Throws<ArgumentException>(() => new Life().Bought(0).On(1).ToMoves(Life.Noon(1), ofBob)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new Life().Bought(0).On(1).ToMoves(Life.Noon(1), null!));
    }

    // Property: computed again every few days, each time by what was known then, a store that only appends says what was just computed, of every day; and nothing is appended twice.
    [Fact]
    public void ToMoves_DayAfterDay_KeepTheStoreAtWhatIsKnown() => FixedSeed.ForAll(LadderLives.Any, life =>
    {
        for (int who = 0; who < life.Everybody.Count; who++)
        {
            var stored = new List<SegmentMove>();
            for (int day = 8; day <= 72; day += 16)
            {
                Instant now = life.Ladder.EndOf(LadderLives.Day(day));
                LadderStanding standing = life.On(who, LadderLives.Day(day), now);
                stored.AddRange(standing.ToMoves(now, stored));
                Assert.Empty(standing.ToMoves(now + Duration.FromDays(1), stored));
                AssertInside(standing.Row.Segments, stored, now);
                for (int past = 0; past <= day; past++)
                {
                    AssertInside(SegmentsOn(standing, LadderLives.Day(past)), [.. stored.Where(move => IsNoTrait(move.Segment))], life.Ladder.EndOf(LadderLives.Day(past)));
                }
            }
        }
    }, 60);

    private static bool IsNoTrait(SegmentId id) => !id.ToString().StartsWith("trait:", StringComparison.Ordinal);

    private static IEnumerable<SegmentId> SegmentsOn(LadderStanding standing, LocalDate day)
    {
        if (standing.RungMoves.LastOrDefault(move => move.Day <= day)?.Rung is { } rung)
        {
            yield return SegmentId.Of("rung:" + rung.Name);
        }

        if (standing.StageMoves.LastOrDefault(move => move.Day <= day) is { } stage)
        {
            yield return SegmentId.Of("stage:" + stage.Stage.Name);
        }
    }

    private static void AssertInside(IEnumerable<SegmentId> expected, IReadOnlyList<SegmentMove> moves, Instant at) => Assert.Equal(
        expected.Select(id => id.ToString()).Order(StringComparer.Ordinal),
        SegmentHistory.Of(moves, AsOf.Hindsight(at)).Stays.Where(stay => stay.Holds(at)).Select(stay => stay.Segment.ToString()).Order(StringComparer.Ordinal));
}
