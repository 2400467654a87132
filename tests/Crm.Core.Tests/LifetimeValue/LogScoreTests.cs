using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>Slow oracle: mean and standard error by their definitions. Properties: sharing rows and their order change no bit.</summary>
public sealed class LogScoreTests
{
    private static Gen<(double Score, int Customers)[]> Rows =>
        (from score in Gen.OneOf(Gen.Choose(-7000, 0).Select(n => n / 13.0), Gen.Elements(-700, -0.1, 0))
         from customers in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 30)))
         select (score, customers)).NonEmptyListOf().Select(rows => rows.ToArray());

    [Fact]
    public void Of_AnyScores_HasTheirMeanAndItsStandardError() => FixedSeed.ForAll(Rows, rows =>
    {
        double[] all = Repeated(rows);
        double mean = all.Average();
        double error = all.Length == 1 ? 0 : Math.Sqrt(all.Sum(score => Math.Pow(score - mean, 2)) / (all.Length - 1) / all.Length);
        LogScore score = Of(rows);
        Near.Absolute(mean, score.Mean, 1e-11);
        Near.Absolute(error, score.StandardError, 1e-10);
    });

    [Fact]
    public void Of_SharedRows_HasTheBitsOfAsManyRows() => FixedSeed.ForAll(Rows, rows => Assert.Equal(Of(rows), LogScore.Of(Repeated(rows), [])));

    [Fact]
    public void Of_RowsInAnotherOrder_HasTheSameBits()
    {
        var pairs = from rows in Rows from shuffled in Gen.Shuffle(rows) select (rows, shuffled);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(Of(pair.rows), Of(pair.shuffled)));
    }

    private static LogScore Of((double Score, int Customers)[] rows) =>
        LogScore.Of(Array.ConvertAll(rows, row => row.Score), Array.ConvertAll(rows, row => row.Customers));

    private static double[] Repeated((double Score, int Customers)[] rows) => [.. rows.SelectMany(row => Enumerable.Repeat(row.Score, row.Customers))];
}
