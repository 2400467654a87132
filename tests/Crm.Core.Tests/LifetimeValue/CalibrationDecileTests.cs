using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Properties: tenths conserve customers, expectation and outcome, rise, and do not depend on the order of the rows. Slow oracles: a
/// plain sort cut in ten; and customers cut in ten parts each, of equals the same from every one.
/// </summary>
public sealed class CalibrationDecileTests
{
    private static Gen<(double[] Expected, double[] Actual, int[] Customers)> Bases =>
        from rows in (
            from expected in Gen.OneOf(Gen.Elements(0, 0.1, 0.2, 1.0 / 3), Gen.Choose(0, 500).Select(n => n / 7.0))
            from actual in Gen.Choose(0, 5)
            from customers in Gen.Choose(1, 12)
            select (expected, actual, customers)).NonEmptyListOf()
        from shared in Gen.Elements(true, false)
        select (
            rows.Select(row => row.expected).ToArray(),
            rows.Select(row => (double)row.actual).ToArray(),
            shared ? rows.Select(row => row.customers).ToArray() : Array.Empty<int>());

    [Fact]
    public void Of_AnyBase_ConservesAndRises() => FixedSeed.ForAll(Bases, rows =>
    {
        var tenths = CalibrationDecile.Of(rows.Expected, rows.Actual, rows.Customers);
        double[] customers = [.. rows.Expected.Select((_, row) => rows.Customers.Length == 0 ? 1.0 : rows.Customers[row])];
        Assert.Equal(Enumerable.Range(1, 10), tenths.Select(tenth => tenth.Number));
        Assert.All(tenths, tenth => Near.Relative(customers.Sum() / 10, tenth.Customers, 1e-8));
        Near.Relative(customers.Sum(), tenths.Sum(tenth => tenth.Customers), 1e-12);
        Near.Absolute(customers.Zip(rows.Expected, (n, each) => n * each).Sum(), tenths.Sum(tenth => tenth.Customers * tenth.Expected), 1e-9);
        Near.Absolute(customers.Zip(rows.Actual, (n, each) => n * each).Sum(), tenths.Sum(tenth => tenth.Customers * tenth.Actual), 1e-9);
        Assert.All(tenths.Zip(tenths.Skip(1)), pair => Assert.True(pair.First.Expected <= pair.Second.Expected * (1 + 1e-12)));
    });

    // Ten parts of each customer, sorted by what was expected; the parts of equals share what they did.
    [Fact]
    public void Of_AnyBase_IsTheSortedPartsCutInTen() => FixedSeed.ForAll(Bases, rows =>
    {
        var parts = rows.Expected
            .SelectMany((expected, row) => Enumerable.Repeat((Expected: expected, Actual: rows.Actual[row]), 10 * (rows.Customers.Length == 0 ? 1 : rows.Customers[row])))
            .GroupBy(part => part.Expected)
            .OrderBy(equals => equals.Key)
            .SelectMany(equals => Enumerable.Repeat((Expected: equals.Key, Actual: equals.Average(part => part.Actual)), equals.Count()))
            .ToArray();
        var tenths = CalibrationDecile.Of(rows.Expected, rows.Actual, rows.Customers);
        foreach (var (tenth, own) in tenths.Zip(parts.Chunk(parts.Length / 10)))
        {
            Near.Absolute(own.Average(part => part.Expected), tenth.Expected, 1e-6, $"expected in tenth {tenth.Number}");
            Near.Absolute(own.Average(part => part.Actual), tenth.Actual, 1e-6, $"actual in tenth {tenth.Number}");
        }
    });

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(70)]
    [InlineData(990)]
    public void Of_DistinctForecasts_IsThePlainSortCutInTen(int customers)
    {
        var random = new Random(5);
        double[] expected = [.. Enumerable.Range(0, customers).Select(i => (i + 0.1) / 3)];
        double[] actual = [.. expected.Select(_ => (double)random.Next(5))];
        random.Shuffle(expected);

        var tenths = CalibrationDecile.Of(expected, actual, []);

        var plain = expected.Zip(actual).OrderBy(pair => pair.First).Chunk(customers / 10).ToList();
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(customers / 10.0, tenths[i].Customers, 1e-9);
            Near.Relative(plain[i].Average(pair => pair.First), tenths[i].Expected, 1e-12);
            Near.Absolute(plain[i].Average(pair => pair.Second), tenths[i].Actual, 1e-12);
        }
    }

    [Fact]
    public void Of_RowsInAnotherOrder_HasTheSameBits()
    {
        var pairs = from rows in Bases
                    from order in Gen.Shuffle(Enumerable.Range(0, rows.Expected.Length).ToArray())
                    select (rows, order);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(
            CalibrationDecile.Of(pair.rows.Expected, pair.rows.Actual, pair.rows.Customers),
            CalibrationDecile.Of(
                Array.ConvertAll(pair.order, row => pair.rows.Expected[row]),
                Array.ConvertAll(pair.order, row => pair.rows.Actual[row]),
                pair.rows.Customers.Length == 0 ? [] : Array.ConvertAll(pair.order, row => pair.rows.Customers[row]))));
    }

    [Fact]
    public void Of_OneCustomer_IsATenthOfThemInEach() => Assert.All(CalibrationDecile.Of([0.7], [2], []), tenth =>
    {
        Assert.Equal(0.1, tenth.Customers, 1e-8);
        Near.Relative(0.7, tenth.Expected, 1e-12);
        Near.Relative(2, tenth.Actual, 1e-12);
    });
}
