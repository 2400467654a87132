using System.Globalization;
using Crm.Core.Pyramids;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Support;

/// <summary>Customers with a value, an activity and a number who share the row: what a pyramid is made of.</summary>
internal sealed record ValuedBase(IReadOnlyList<ValuedBase.Row> Rows)
{
    /// <summary>Gets bases with many ties, all signs, sums that round, and inactive customers.</summary>
    internal static Gen<ValuedBase> Any =>
        from values in Gen.OneOf(
            Gen.Elements(-5, -0.1, 0, 0.1, 0.2, 0.3, 1.0 / 3, 7, 1e9, 1e-9),
            Gen.Choose(0, 100_000).Select(cents => cents / 100.0)).ListOf()
        from shared in Gen.Choose(1, 40).ListOf(values.Count)
        from activity in Gen.Choose(0, 4).ListOf(values.Count)
        select new ValuedBase([.. values.Select((value, i) => new Row(Id(i), value, activity[i] > 0, shared[i]))]);

    internal static CustomerId Id(int number) => CustomerId.Of(number.ToString(CultureInfo.InvariantCulture));

    internal static ValuedBase Of(params IReadOnlyList<double> values) => new([.. values.Select((value, i) => new Row(Id(i), value, true, 1))]);

    /// <summary>Every customer in a row of its own.</summary>
    internal ValuedBase Repeated() =>
        new([.. Rows.SelectMany(row => Enumerable.Range(0, row.Customers).Select(i => row with { Id = CustomerId.Of($"{row.Id}.{i}"), Customers = 1 }))]);

    internal Pyramid Rank(PyramidScheme scheme) =>
        scheme.Rank([.. Rows.Select(r => r.Id)], [.. Rows.Select(r => r.Value)], [.. Rows.Select(r => r.IsActive)], [.. Rows.Select(r => r.Customers)]);

    /// <summary>
    /// The tier of a row by the words of the design: the first whose cut has room for all who are worth at least as much.
    /// </summary>
    internal Tier SlowTier(PyramidScheme scheme, Row of)
    {
        if (!of.IsActive)
        {
            return Tier.Inactive;
        }

        if (scheme.Cut == PyramidCut.Threshold)
        {
            return scheme.Tiers.First(tier => !(of.Value < tier.Least)).Tier;
        }

        if (scheme.Cut == PyramidCut.ShareOfValue)
        {
            decimal all = Rows.Where(r => r.IsActive).Sum(r => (decimal)r.Value * r.Customers);
            decimal better = Rows.Where(r => r.IsActive && r.Value >= of.Value).Sum(r => (decimal)r.Value * r.Customers);
            decimal through = 0;
            return scheme.Tiers.Index().First(tier =>
            {
                through += tier.Item.Share!.Value;
                bool hasPassed = Rows.Where(r => r.IsActive && r.Value > of.Value).Any(r => Rows.Where(o => o.IsActive && o.Value >= r.Value).Sum(o => (decimal)o.Value * o.Customers) > (through * all) + 0.0000001m);
                return tier.Index == scheme.Tiers.Count - 1 || (!hasPassed && better <= (through * all) + 0.0000001m);
            }).Item.Tier;
        }

        long active = Rows.Where(r => r.IsActive).Sum(r => (long)r.Customers);
        long asGood = Rows.Where(r => r.IsActive && r.Value >= of.Value).Sum(r => (long)r.Customers);
        decimal share = 0;
        return scheme.Tiers.First(tier =>
        {
            share += tier.Share!.Value;
            return asGood <= Math.Round(share * active, MidpointRounding.AwayFromZero);
        }).Tier;
    }

    internal sealed record Row(CustomerId Id, double Value, bool IsActive, int Customers);
}
