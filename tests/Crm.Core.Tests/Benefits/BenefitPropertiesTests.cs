using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Properties of the formula over random books and rows.
public sealed class BenefitPropertiesTests
{
    [Fact]
    public void Score_AllWeightsTimesAPowerOfTwo_ScalesExactly() => ForAll((rows, random) =>
    {
        double power = Math.ScaleB(1, random.Next(-40, 40));
        var scores = new double[rows.Rows];
        BenefitScorer.Of(Scaled(rows.Book, power)).Score(rows.Doubles, rows.Bytes, scores);
        Assert.Equal(ScoredRows.Bits(Array.ConvertAll(rows.Scored(), score => score * power)), ScoredRows.Bits(scores));
    });

    [Fact]
    public void Score_RowsInAnotherOrder_AreTheSameScoresInThatOrder() => ForAll((rows, random) =>
    {
        double[] before = rows.Scored();
        int[] order = [.. Enumerable.Range(0, rows.Rows)];
        random.Shuffle(order);
        double[][] columns = [.. rows.Columns.Select(column => Array.ConvertAll(order, row => column[row]))];
        var after = new double[rows.Rows];
        BenefitScorer.Of(rows.Book).Score(ScoredRows.Of(columns), Array.ConvertAll(order, row => (byte)rows.Segments[row]), after);
        Assert.Equal(ScoredRows.Bits(Array.ConvertAll(order, row => before[row])), ScoredRows.Bits(after));
    });

    [Fact]
    public void Score_OneRowChanged_ChangesThatRowAlone() => ForAll((rows, random) =>
    {
        double[] before = rows.Scored();
        int changed = random.Next(rows.Rows);
        rows.Columns[random.Next(5)][changed] = random.Next(2) == 0 ? double.NaN : 1e6;
        var after = new double[rows.Rows];
        BenefitScorer.Of(rows.Book).TryScore(rows.Doubles, rows.Bytes, after, out _);
        Assert.All(after.Index().Where(score => score.Index != changed), score => Assert.Equal(before[score.Index], score.Item));
    });

    [Fact]
    public void Score_MoreOfAFactor_NeverFallsOrNeverRises() => ForAll((rows, random) =>
    {
        double[] before = rows.Scored();
        var factor = (BenefitFactor)random.Next(5);
        double[] column = rows.Columns[(int)factor];
        for (int row = 0; row < rows.Rows; row++)
        {
            column[row] += random.NextDouble() * 10;
        }

        double[] after = rows.Scored();
        Assert.All(after.Index(), score => Assert.True(
            factor >= BenefitFactor.Cost ? score.Item <= before[score.Index] : score.Item >= before[score.Index]));
    });

    // Each factor adds w·ΔF, within the rounding of the sums.
    [Fact]
    public void Score_AFactorChanged_MovesByItsWeight() => ForAll((rows, random) =>
    {
        int row = random.Next(rows.Rows);
        var factor = (BenefitFactor)random.Next(5);
        double change = random.NextDouble() * 20;
        BenefitScore before = rows.ScoreOf(row);
        BenefitScore after = before.Weights.Score(before.Factors.With(factor, before.Factors[factor] + change));
        double expected = (factor >= BenefitFactor.Cost ? -1 : 1) * before.Weights[factor] * change;
        double size = before.Explain().Effects.Sum(effect => Math.Abs(effect.Contribution)) + Math.Abs(expected);
        Assert.Equal(expected, after.Value - before.Value, 1e-14 * (1 + size));
    });

    [Fact]
    public void Score_SeveralThreads_HaveTheBitsOfOne() => FixedSeed.ForAll(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            var rows = new ScoredRows(150_000 + (seed % 1000), 9, seed);
            Assert.Equal(ScoredRows.Bits(rows.Scored()), ScoredRows.Bits(rows.Scored(options: new() { Threads = 2 + (seed % 3) })));
        },
        count: 5);

    private static void ForAll(Action<ScoredRows, Random> holds) => FixedSeed.ForAll(
        Gen.Choose(0, int.MaxValue), seed => holds(new ScoredRows(1 + (seed % 97), seed % 20, seed), new Random(seed)), count: 100);

    private static WeightBook Scaled(WeightBook book, double by)
    {
        BenefitWeights Times(BenefitWeights weights) => BenefitWeights.Of(
            weights.Utility * by, weights.Brand * by, weights.Relationship * by, weights.Cost * by, weights.Time * by);
        return WeightBook.Of(Times(book.Default), book.Segments.Select(segment => SegmentWeights.Of(segment, Times(book[segment]))));
    }
}
