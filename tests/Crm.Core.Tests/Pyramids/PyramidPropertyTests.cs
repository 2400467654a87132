using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// Properties over generated bases, and a slow oracle of the cuts by the words of the design.
public sealed class PyramidPropertyTests
{
    private static readonly PyramidScheme _fifths = PyramidScheme.OfShares("fifths", [.. "abcde".Select(name => new TierShare(Tier.Of($"{name}"), 0.2m))]);

    public static TheoryData<PyramidScheme> Schemes => new(PyramidScheme.Curry, _fifths);

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Rank_AnyBase_PutsEveryCustomerWhereTheOracleDoes(PyramidScheme scheme) => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        Pyramid pyramid = customers.Rank(scheme);
        for (int row = 0; row < customers.Rows.Count; row++)
        {
            Tier expected = customers.SlowTier(scheme, customers.Rows[row]);
            Assert.Equal(expected, pyramid[customers.Rows[row].Id]);
            Assert.Equal(expected, pyramid.Tiers[pyramid.TierOfRow[row]].Tier);
        }
    });

    // Shares of value and thresholds by the same oracle; of nothing or less there are no shares of value.
    [Fact]
    public void Rank_AnyBaseByValueOrThresholds_PutsEveryCustomerWhereTheOracleDoes()
    {
        PyramidScheme byValue = PyramidScheme.OfValueShares("abc", new(Tier.Of("a"), 0.4m), new(Tier.Of("b"), 0.35m), new(Tier.Of("c"), 0.25m));
        PyramidScheme thresholds = PyramidScheme.OfThresholds("profit", new(Tier.Platinum, 500), new(Tier.Gold, 7), new(Tier.Iron, 0), new(Tier.Lead, null));
        int refused = 0;
        FixedSeed.ForAll(ValuedBase.Any, customers =>
        {
            foreach (PyramidScheme scheme in new[] { byValue, thresholds })
            {
                decimal all = customers.Rows.Where(row => row.IsActive).Sum(row => (decimal)row.Value * row.Customers);
                if (scheme == byValue && all <= 0 && customers.Rows.Any(row => row.IsActive))
                {
                    Assert.Throws<ArgumentException>(() => customers.Rank(scheme));
                    refused++;
                    continue;
                }

                Pyramid pyramid = customers.Rank(scheme);
                Assert.All(customers.Rows, row => Assert.Equal(customers.SlowTier(scheme, row), pyramid[row.Id]));
            }
        });
        Assert.True(refused > 0, "no base without value: that it is refused is not tested");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Rank_AnyBase_SummariesPartitionTheCustomers(PyramidScheme scheme) => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        Pyramid pyramid = customers.Rank(scheme);
        foreach (TierSummary tier in pyramid.Tiers)
        {
            ValuedBase.Row[] rows = [.. customers.Rows.Where(r => pyramid[r.Id] == tier.Tier)];
            Assert.Equal(rows.Sum(r => (long)r.Customers), tier.Customers);
            Assert.Equal(rows.Sum(r => r.Value * r.Customers), tier.Value, 1e-12 * (1 + rows.Sum(r => Math.Abs(r.Value) * r.Customers)));
            Assert.Equal(rows.Length == 0 ? null : rows.Min(r => r.Value), tier.Least);
            Assert.Equal(rows.Length == 0 ? null : rows.Max(r => r.Value), tier.Greatest);
        }

        Assert.Equal(customers.Rows.Sum(r => (long)r.Customers), pyramid.Tiers.Sum(t => t.Customers));
        Assert.Equal(customers.Rows.Count == 0 ? 0 : 1, pyramid.Tiers.Sum(t => t.ShareOfCustomers), 1e-12);
    });

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Rank_AnyBase_TiersDownToOneTogetherStayWithinTheirShare(PyramidScheme scheme) => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        Pyramid pyramid = customers.Rank(scheme);
        long active = customers.Rows.Where(r => r.IsActive).Sum(r => (long)r.Customers);
        decimal share = 0;
        long held = 0;
        for (int tier = 0; tier < scheme.Tiers.Count; tier++)
        {
            share += scheme.Tiers[tier].Share!.Value;
            held += pyramid.Tiers[tier].Customers;
            Assert.True(held <= Math.Round(share * active, MidpointRounding.AwayFromZero));
        }
    });

    [Fact]
    public void Rank_RowsInAnotherOrder_GivesTheSameBits()
    {
        var pairs = from customers in ValuedBase.Any from shuffled in Gen.Shuffle<ValuedBase.Row>(customers.Rows) select (customers, new ValuedBase(shuffled));
        FixedSeed.ForAll(pairs, pair => SameBits(pair.customers.Rank(_fifths), pair.Item2.Rank(_fifths)), 500);
    }

    [Fact]
    public void Rank_WeightedRows_GiveTheSameBitsAsRepeatedRows() =>
        FixedSeed.ForAll(ValuedBase.Any, customers => SameBits(customers.Rank(_fifths), customers.Repeated().Rank(_fifths)));

    [Fact]
    public void Rank_ValuesScaled_ScalesValueAndMovesNobody() => FixedSeed.ForAll(ValuedBase.Any.Zip(Gen.Choose(-20, 20)), pair =>
    {
        double factor = Math.ScaleB(1, pair.Item2); // a power of two, which no rounding hides
        Pyramid plain = pair.Item1.Rank(PyramidScheme.Curry);
        Pyramid scaled = new ValuedBase([.. pair.Item1.Rows.Select(r => r with { Value = r.Value * factor })]).Rank(PyramidScheme.Curry);
        Assert.True(plain.TierOfRow.SequenceEqual(scaled.TierOfRow));
        Assert.Equal(plain.Tiers.Select(t => t.Value * factor), scaled.Tiers.Select(t => t.Value));
        Assert.Equal(plain.Tiers.Select(t => t.ShareOfValue), scaled.Tiers.Select(t => t.ShareOfValue));
        Assert.Equal(plain.Concentration.Gini, scaled.Concentration.Gini);
    });

    private static void SameBits(Pyramid left, Pyramid right)
    {
        Assert.Equal(left.Tiers, right.Tiers);
        Assert.Equal(left.Concentration.Gini, right.Concentration.Gini);
        for (decimal share = 0; share <= 1; share += 0.05m)
        {
            Assert.Equal(left.Concentration.ShareOfTop(share), right.Concentration.ShareOfTop(share));
        }
    }
}
