using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Slow oracles on small bases full of ties: sums as they are defined, the Gini coefficients over all pairs of customers, the share
/// found over all ways to draw the top. Properties: sharing rows and their order change nothing.
/// </summary>
public sealed class ForecastErrorsTests
{
    // Enough for 20 % to be three customers, few enough for all ways to draw them.
    private const int MostCustomers = 14;

    // Few values, so that both edges fall among equals; forecasts that binary fractions do not hold.
    private static Gen<Row[]> Bases =>
        from rows in (
            from expected in Gen.OneOf(Gen.Elements(0, 0.1, 0.2, 0.3, 1.0 / 3), Gen.Choose(0, 1000).Select(n => n / 7.0))
            from actual in Gen.OneOf(Gen.Elements(0.0, 0, 0, 1, 1, 2), Gen.Choose(0, 9).Select(n => (double)n))
            from customers in Gen.Frequency((5, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
            select new Row(expected, actual, customers)).NonEmptyListOf()
        select rows.ToArray();

    private static Gen<Row[]> SmallBases => Bases.Where(rows => rows.Sum(row => row.Customers) <= MostCustomers);

    [Fact]
    public void Of_AnyBase_HasTheErrorsOfItsCustomers() => FixedSeed.ForAll(Bases, rows =>
    {
        ForecastErrors errors = Of(rows);
        Row[] all = Repeated(rows);
        Near.Relative(all.Sum(row => row.Expected), errors.ExpectedTotal, 1e-13);
        Near.Relative(all.Sum(row => row.Actual), errors.ActualTotal, 1e-13);
        Near.Relative(all.Average(row => Math.Abs(row.Expected - row.Actual)), errors.MeanAbsoluteError, 1e-12);
        Near.Relative(Math.Sqrt(all.Average(row => Math.Pow(row.Expected - row.Actual, 2))), errors.RootMeanSquareError, 1e-12);
        double actual = all.Sum(row => row.Actual);
        Assert.Equal(actual == 0, errors.Bias is null);
        Near.Absolute(actual == 0 ? 0 : (all.Sum(row => row.Expected) - actual) / actual, errors.Bias ?? 0, 1e-11);
    });

    // Over all pairs: the difference of what they did, counted as the forecast ranks them, over what it is at its most.
    [Fact]
    public void NormalisedGini_AnyBase_IsThatOverAllPairs() => FixedSeed.ForAll(Bases, rows =>
    {
        Row[] all = Repeated(rows);
        double byForecast = 0;
        double byActual = 0;
        foreach (Row one in all)
        {
            foreach (Row other in all)
            {
                byForecast += Math.Sign(one.Expected - other.Expected) * (one.Actual - other.Actual);
                byActual += Math.Abs(one.Actual - other.Actual);
            }
        }

        ForecastErrors errors = Of(rows);
        Assert.Equal(byActual == 0, errors.NormalisedGini is null);
        Near.Absolute(byActual == 0 ? 0 : byForecast / byActual, errors.NormalisedGini ?? 0, 1e-12);
    });

    [Fact]
    public void NormalisedGini_PerfectAndReversedOrder_IsOneAndMinusOne()
    {
        Assert.Equal(1, Of([new(0.1, 0, 3), new(0.5, 2, 1), new(0.9, 7, 2)]).NormalisedGini);
        Assert.Equal(-1, Of([new(0.9, 0, 3), new(0.5, 2, 1), new(0.1, 7, 2)]).NormalisedGini);
        Assert.Equal(0, Of([new(0.5, 0, 3), new(0.5, 2, 1), new(0.5, 7, 2)]).NormalisedGini);
    }

    [Fact]
    public void ShareOfTop20PercentFound_SmallBase_IsTheMeanOverAllWaysToDraw() => FixedSeed.ForAll(SmallBases, rows =>
    {
        Row[] all = Repeated(rows);
        int wanted = (int)Math.Round(0.2 * all.Length, MidpointRounding.AwayFromZero);
        int[] byForecast = WaysToDraw([.. all.Select(row => row.Expected)], wanted);
        int[] byActual = WaysToDraw([.. all.Select(row => row.Actual)], wanted);
        double found = byForecast.Sum(one => byActual.Sum(other => (double)int.PopCount(one & other)));
        double mean = wanted == 0 ? 0 : found / byForecast.Length / byActual.Length / wanted;
        Near.Absolute(mean, Of(rows).ShareOfTop20PercentFound, 1e-12);
    }, 400);

    [Fact]
    public void Of_SharedRows_IsThatOfAsManyRows() => FixedSeed.ForAll(Bases, rows => Assert.Equal(Of(rows), Of(Repeated(rows))));

    [Fact]
    public void Of_RowsInAnotherOrder_HasTheSameBits()
    {
        var pairs = from rows in Bases from shuffled in Gen.Shuffle(rows) select (rows, shuffled);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(Of(pair.rows), Of(pair.shuffled)), 1000);
    }

    [Fact]
    public void Of_NothingHappened_HasNeitherBiasNorRanking()
    {
        ForecastErrors errors = Of([new(0.5, 0, 2), new(2, 0, 1)]);
        Assert.Null(errors.Bias ?? errors.NormalisedGini);
        Assert.Equal((3.0, 0.0, 1.0), (errors.ExpectedTotal, errors.ActualTotal, errors.MeanAbsoluteError));
    }

    // All sets of so many customers of whom none is worth less than one left out: the ways to draw among equals, all alike likely.
    private static int[] WaysToDraw(double[] values, int wanted) => [.. Enumerable.Range(0, 1 << values.Length).Where(set =>
        int.PopCount(set) == wanted
        && Members(values, set).DefaultIfEmpty(double.PositiveInfinity).Min() >= Members(values, ~set).DefaultIfEmpty(double.NegativeInfinity).Max())];

    private static IEnumerable<double> Members(double[] values, int set) => values.Where((_, i) => (set >> i & 1) == 1);

    private static ForecastErrors Of(Row[] rows) => ForecastErrors.Of(
        Array.ConvertAll(rows, row => row.Expected), Array.ConvertAll(rows, row => row.Actual), rows.All(row => row.Customers == 1) ? [] : Array.ConvertAll(rows, row => row.Customers));

    private static Row[] Repeated(Row[] rows) => [.. rows.SelectMany(row => Enumerable.Repeat(row with { Customers = 1 }, row.Customers))];

    private sealed record Row(double Expected, double Actual, int Customers);
}
