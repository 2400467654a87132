using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

/// <summary>Two pyramids of one base: by hand, by a count of one after another (slow oracle), by properties, and by published figures of the tests of change.</summary>
public sealed class MigrationTests
{
    private static readonly PyramidScheme _halves = PyramidScheme.OfThresholds("ab", new(Tier.Of("a"), 10), new(Tier.Of("b"), null));
    private static readonly Tier _a = Tier.Of("a");
    private static readonly Tier _b = Tier.Of("b");

    [Fact]
    public void Between_ABaseByHand_CountsAndValuesEveryMove()
    {
        Migration migration = Migration.Between(
            Rank(_halves, ("ada", 20), ("bob", 12), ("cem", 3), ("dora", 2), ("eve", 1)),
            Rank(_halves, ("ada", 25), ("bob", 4), ("cem", 30), ("dora", 2), ("fay", 11)));
        Assert.Equal([_a, _b], migration.Tiers);
        Assert.Equal(new MigrationCell { From = _a, To = _b, Customers = 1, Probability = 0.5, ValueBefore = 12, ValueAfter = 4 }, migration[_a, _b]);
        Assert.Equal(new MigrationCell { From = _b, To = _a, Customers = 1, Probability = 1 / 3.0, ValueBefore = 3, ValueAfter = 30 }, migration[_b, _a]);
        Assert.Equal((1L, 27.0), (migration[_b, _a].Customers, migration[_b, _a].Change));
        Assert.Equal((1L, 1.0, 0.0), (migration[_b, null].Customers, migration[_b, null].ValueBefore, migration[_b, null].ValueAfter));
        Assert.Equal((1L, 11.0), (migration[null, _a].Customers, migration[null, _a].ValueAfter));
        Assert.Equal("cem: b to a", Assert.Single(migration.Upgraders).ToString());
        Assert.Equal("bob: a to b", Assert.Single(migration.Downgraders).ToString());
        Assert.Equal("fay: (new) to a", Assert.Single(migration.Entrants).ToString());
        Assert.Equal("eve: b to (gone)", Assert.Single(migration.Leavers).ToString());
        Assert.Equal(new ChangeTest { Up = 1, Down = 1, Probability = 1 }, migration.Direction);
        Assert.Equal(new ChangeTest { Up = 1, Down = 1, Probability = 1 }, migration.ChangeOf(_a));
    }

    // Slow oracle and properties: rows sum to one, everybody is counted once, the order of the customers changes nothing.
    [Fact]
    public void Between_AnyTwoBases_IsACountOfOneAfterAnother()
    {
        var pairs = from before in ValuedBase.Any from after in ValuedBase.Any from shuffled in Gen.Shuffle<ValuedBase.Row>(after.Rows) select (before, after, new ValuedBase(shuffled));
        FixedSeed.ForAll(pairs, pair =>
        {
            // Of a row that stands for several all must: here each stands for one.
            static ValuedBase Ones(ValuedBase of) => new([.. of.Rows.Select(row => row with { Customers = 1 })]);
            Pyramid before = Ones(pair.before).Rank(PyramidScheme.Curry);
            Pyramid after = Ones(pair.after).Rank(PyramidScheme.Curry);
            Migration migration = Migration.Between(before, after);
            var beforeIds = pair.before.Rows.Select(row => row.Id).ToHashSet();
            var afterIds = pair.after.Rows.Select(row => row.Id).ToHashSet();
            Tier?[] tiers = [.. migration.Tiers.Select(tier => (Tier?)tier), null];
            foreach (Tier? from in tiers)
            {
                double sum = 0;
                foreach (Tier? to in tiers.Where(to => from is not null || to is not null))
                {
                    long count = beforeIds.Union(afterIds).LongCount(id => (beforeIds.Contains(id) ? before[id] : null) == from && (afterIds.Contains(id) ? after[id] : (Tier?)null) == to);
                    Assert.Equal(count, migration[from, to].Customers);
                    sum += migration[from, to].Probability ?? 0;
                }

                Assert.Equal(tiers.Any(to => migration[from, to].Customers > 0) ? 1 : 0, sum, 1e-12);
            }

            Assert.Equal(beforeIds.Intersect(afterIds).Count(id => before[id] != after[id]), migration.Upgraders.Count + migration.Downgraders.Count);
            Assert.Equal(beforeIds.Except(afterIds).Count(), migration.Leavers.Count);
            Migration again = Migration.Between(before, Ones(pair.Item3).Rank(PyramidScheme.Curry));
            foreach (var (from, to) in tiers.SelectMany(from => tiers.Select(to => (from, to))))
            {
                Assert.Equal(migration[from, to], again[from, to]);
            }

            Assert.Equal(beforeIds.Overlaps(afterIds) ? 1 : 0, migration.LongRunShares().Sum(), 1e-9);
        }, 300);
    }

    [Fact]
    public void Between_ABaseAndItself_MovesNobody() => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        Pyramid pyramid = customers.Rank(PyramidScheme.Curry);
        Migration migration = Migration.Between(pyramid, pyramid);
        Assert.Empty(migration.Upgraders.Concat(migration.Downgraders).Concat(migration.Entrants).Concat(migration.Leavers));
        Assert.Null(migration.Direction ?? (object?)migration.SizesUnchanged ?? migration.ChangeOf(Tier.Top)); // who goes up pushes others down: there it would say nothing
        Pyramid cut = customers.Rank(_halves);
        Migration still = Migration.Between(cut, cut);
        Assert.Equal((1, 1), (still.Direction!.Value.Probability, still.SizesUnchanged));
        Assert.Equal(customers.Rows.Sum(row => (long)row.Customers), migration.Tiers.Sum(tier => migration[tier, tier].Customers));
    });

    [Fact]
    public void Between_PyramidsThatCannotBeCompared_IsRefused()
    {
        Pyramid plain = Rank(_halves, ("ada", 20));
        Pyramid euros = plain.Of(new PyramidMeasure { Name = "revenue", Currency = Currency.Eur });
        Assert.Contains("'ab', the one now by another, 'curry'", Refusal(plain, Rank(PyramidScheme.Curry, ("ada", 20))), StringComparison.Ordinal);
        Assert.Contains("revenue in EUR, the one now of margin in EUR", Refusal(euros, plain.Of(new PyramidMeasure { Name = "margin", Currency = Currency.Eur })), StringComparison.Ordinal);
        Assert.Contains("something that was not stated", Refusal(euros, plain), StringComparison.Ordinal);
        Assert.Throws<CurrencyMismatchException>(() => Migration.Between(euros, plain.Of(new PyramidMeasure { Name = "revenue", Currency = Currency.Usd })));
        Assert.Contains("There is no tier top here; there are a, b", Assert.Throws<ArgumentException>(() => Migration.Between(plain, plain)[Tier.Top, null]).Message, StringComparison.Ordinal);
        CustomerId[] one = [CustomerId.Of("ada")];
        Assert.Contains("stands for 2 customers", Refusal(_halves.Rank(one, [1], ReadOnlySpan<bool>.Empty, [2]), _halves.Rank(one, [1], ReadOnlySpan<bool>.Empty, [3])), StringComparison.Ordinal);

        static string Refusal(Pyramid before, Pyramid after) => Assert.Throws<ArgumentException>(() => Migration.Between(before, after)).Message;
    }

    // Of 3 of 10 that go down and 1 of 5 that go up: in the long run a : b is 1/5 : 3/10.
    [Fact]
    public void LongRunShares_OfTwoTiers_AreTheirExchange()
    {
        (string, double)[] before = [.. Enumerable.Range(0, 15).Select(i => ($"{i}", i < 10 ? 20.0 : 1))];
        (string, double)[] after = [.. Enumerable.Range(0, 15).Select(i => ($"{i}", i is >= 3 and < 11 ? 20.0 : 1))];
        IReadOnlyList<double> shares = Migration.Between(Rank(_halves, before), Rank(_halves, after)).LongRunShares();
        Assert.Equal(0.4, shares[0], 1e-12);
        Assert.Equal(0.6, shares[1], 1e-12);
    }

    // Nobody leaves b: in the long run all are there, however seldom somebody comes; and where all change places the mean over time is half and half.
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1_000, 0, 0)]
    [InlineData(1_000, 1_000, 0.5)]
    public void LongRunShares_OfChainsThatEndOrGoRound_AreTheMeanOverTime(int down, int up, double share)
    {
        (string, double)[] before = [.. Enumerable.Range(0, 2_000).Select(i => ($"{i}", i < 1_000 ? 20.0 : 1))];
        (string, double)[] after = [.. Enumerable.Range(0, 2_000).Select(i => ($"{i}", i < 1_000 ? i < down ? 1.0 : 20 : i - 1_000 < up ? 20.0 : 1))];
        Assert.Equal(share, Migration.Between(Rank(_halves, before), Rank(_halves, after)).LongRunShares()[0], 1e-9);
    }

    // Three up and one down, of five who can: 2 × (1 + 4) / 16. A row of forty that moves is one event.
    [Fact]
    public void Direction_OfAFew_CountsUpAndDownAndEachRowOnce()
    {
        Pyramid before = Rank(_halves, ("ada", 1), ("bob", 2), ("cem", 3), ("dora", 20), ("eve", 30));
        Migration migration = Migration.Between(before, Rank(_halves, ("ada", 11), ("bob", 12), ("cem", 13), ("dora", 2), ("eve", 30)));
        Assert.Equal(new ChangeTest { Up = 3, Down = 1, Probability = 0.625 }, migration.Direction);
        Assert.Equal(new ChangeTest { Up = 3, Down = 1, Probability = 0.625 }, migration.ChangeOf(_a));
        Assert.Equal(new ChangeTest { Up = 1, Down = 3, Probability = 0.625 }, migration.ChangeOf(_b));
        Assert.Equal(ChiSquare.Above(4 / 4.0, 1), migration.SizesUnchanged!.Value, 1e-15);
        CustomerId[] shared = [CustomerId.Of("forty")];
        Migration one = Migration.Between(_halves.Rank(shared, [1], ReadOnlySpan<bool>.Empty, [40]), _halves.Rank(shared, [11], ReadOnlySpan<bool>.Empty, [40]));
        Assert.Equal((40, 1), (one[_b, _a].Customers, one.Direction!.Value.Probability));
        Assert.Equal((40.0, 440.0), (one[_b, _a].ValueBefore, one[_b, _a].ValueAfter));
    }

    // A clear change is one, however clear; two groups that exchange only within themselves are two tests in one: 10 + 10 of two degrees of freedom.
    [Fact]
    public void SizesUnchanged_OfClearChanges_IsNextToNothing()
    {
        Assert.Equal(0, MarginalHomogeneity.Probability(new long[,] { { 5, 0 }, { 1_500, 5 } }), 1e-300);
        Assert.Equal(0, MarginalHomogeneity.Probability(new long[,] { { 5, 0, 0, 0 }, { 900, 5, 0, 0 }, { 0, 900, 5, 0 }, { 0, 0, 3_000, 5 } }), 1e-300);
        Assert.Equal(0, ChangeTest.Of(600_000, 500_000).Probability, 1e-300);
        Assert.Equal(Math.Exp(-10), MarginalHomogeneity.Probability(new long[,] { { 0, 0, 0, 0 }, { 10, 0, 0, 0 }, { 0, 0, 0, 0 }, { 0, 0, 10, 0 } }), 1e-12);
    }

    // Published: the unaided distance vision of 7,477 women (Stuart 1953, 1955): chi-square 11.957 of 3 degrees of freedom, p = 0.00753.
    [Fact]
    public void SizesUnchanged_OfStuartsEyes_IsThePublishedFigure()
    {
        long[,] eyes = { { 1520, 266, 124, 66 }, { 234, 1512, 432, 78 }, { 117, 362, 1772, 205 }, { 36, 82, 179, 492 } };
        Assert.Equal(0.00753, MarginalHomogeneity.Probability(eyes), 5e-6);
    }

    // Against sums of binomial coefficients in whole numbers.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 2)]
    [InlineData(3, 3)]
    [InlineData(2, 3)]
    [InlineData(0, 30)]
    [InlineData(480, 520)]
    [InlineData(700, 500)]
    public void ChangeTest_OfUpAndDown_IsTheExactSignTest(long up, long down)
    {
        BigInteger sum = 0;
        BigInteger choose = 1;
        for (long k = 0; k <= Math.Min(up, down); k++)
        {
            sum += choose;
            choose = choose * (up + down - k) / (k + 1);
        }

        double exact = Math.Min(1, (double)(sum * 2 * 1_000_000_000_000_000_000 / BigInteger.Pow(2, (int)(up + down))) * 1e-18);
        Assert.Equal(exact, ChangeTest.Of(up, down).Probability, Math.Max(1e-17, exact * 1e-11));
        Assert.Equal(ChangeTest.Of(up, down).Probability, ChangeTest.Of(down, up).Probability);
    }

    // Where the exact sum ends and the normal tail begins they say the same.
    [Fact]
    public void ChangeTest_OfAMillion_GoesOnSmoothly() =>
        Assert.Equal(ChangeTest.Of(501_000, 499_000).Probability, ChangeTest.Of(501_001, 499_001).Probability, 1e-4);

    private static Pyramid Rank(PyramidScheme scheme, params (string Id, double Value)[] customers) =>
        scheme.Rank([.. customers.Select(customer => CustomerId.Of(customer.Id))], [.. customers.Select(customer => customer.Value)]);
}
