using Crm.Core.Numerics;
using Crm.Core.Tests.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Numerics;

/// <summary>Adjusted Rand index and silhouettes against slow oracles: every pair counted, every distance from its definition.</summary>
public sealed class PartitionFiguresTests
{
    [Fact]
    public void AdjustedRand_RandomPartitions_IsThatOfCountedPairs()
    {
        for (ulong trial = 0; trial < 30; trial++)
        {
            var random = new RandomStream(11, 901, trial);
            byte[] one = Drawn(40, 1 + (int)(trial % 5), ref random);
            byte[] other = Drawn(40, 2 + (int)(trial % 3), ref random);
            for (int row = 0; row < 15; row++)
            {
                other[row] = one[row];
            }

            Near.Absolute(ByPairs(one, other), AdjustedRand.Of(one, other), 1e-12);
            Assert.Equal(AdjustedRand.Of(one, other), AdjustedRand.Of(other, one));
        }
    }

    [Fact]
    public void AdjustedRand_OtherNamesOfTheSame_IsOne()
    {
        Assert.Equal(1, AdjustedRand.Of([0, 0, 1, 2, 2], [9, 9, 4, 0, 0]));
        Assert.Equal(1, AdjustedRand.Of([3, 3, 3], [0, 0, 0]));
        Assert.Equal(1, AdjustedRand.Of([0, 1, 2], [2, 1, 0]));
        Assert.Equal(0, AdjustedRand.Of([0, 0, 1, 1], [0, 0, 0, 0]));
    }

    [Fact]
    public void Silhouettes_OfSeveralPartitions_AreThoseOfTheDefinition()
    {
        double[][] columns = Planted.Three(90, 12, out byte[] labels);
        var random = new RandomStream(12, 902, 0);
        byte[] drawn = Drawn(90, 4, ref random);
        byte[] alone = [.. Enumerable.Range(0, 90).Select(row => (byte)(row == 17 ? 1 : 0))];
        byte[][] partitions = [labels, drawn, alone];
        var means = Silhouettes.Of(Planted.Matrix(columns), [.. Enumerable.Range(0, 90)], partitions, Array.ConvertAll(partitions, Counts), 1, default);
        for (int p = 0; p < partitions.Length; p++)
        {
            Near.Absolute(Enumerable.Range(0, 90).Average(row => ByDefinition(columns, partitions[p], row)), means[p].Mean, 1e-12);
            Assert.Equal(0, means[p].StandardError);
        }
    }

    // Simulation: the mean of samples scatters around that of all by the standard error that is given.
    [Fact]
    public void Silhouettes_OfSamples_ScatterByTheirStandardError()
    {
        double[][] columns = Planted.Three(600, 13, out byte[] labels);
        ColumnMatrix matrix = Planted.Matrix(columns);
        int[] counts = Counts(labels);
        double all = Silhouettes.Of(matrix, [.. Enumerable.Range(0, 600)], [labels], [counts], 1, default)[0].Mean;
        double[] scores = [.. Enumerable.Range(0, 100).Select(trial =>
        {
            int[] looked = Crm.Core.Segments.RowSample.Of(600, 60, new RandomStream(14, 903, (ulong)trial));
            var (mean, error) = Silhouettes.Of(matrix, looked, [labels], [counts], 1, default)[0];
            return (mean - all) / error;
        })];
        Assert.InRange(Math.Sqrt(scores.Average(score => score * score)), 0.8, 1.25);
    }

    [Fact]
    public void Halves_OfRows_ArePartsOfThem()
    {
        var (first, second) = Crm.Core.Segments.RowSample.Halves(101, new RandomStream(1, 904, 0));
        Assert.Equal(50, first.Length);
        Assert.Equal(Enumerable.Range(0, 101), first.Concat(second).Order());
    }

    private static byte[] Drawn(int rows, int groups, ref RandomStream random)
    {
        var labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = (byte)(random.NextDouble() * groups);
        }

        for (int group = 0; group < groups; group++)
        {
            labels[rows - 1 - group] = (byte)group; // none is empty
        }

        return labels;
    }

    private static int[] Counts(byte[] labels) => [.. Enumerable.Range(0, labels.Max() + 1).Select(group => labels.Count(label => label == group))];

    // n11 + n00 and so on, in the form of agreements and disagreements.
    private static double ByPairs(byte[] one, byte[] other)
    {
        double both = 0, onlyOne = 0, onlyOther = 0, neither = 0;
        for (int i = 0; i < one.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool inOne = one[i] == one[j];
                bool inOther = other[i] == other[j];
                both += inOne && inOther ? 1 : 0;
                onlyOne += inOne && !inOther ? 1 : 0;
                onlyOther += !inOne && inOther ? 1 : 0;
                neither += !inOne && !inOther ? 1 : 0;
            }
        }

        double disagreement = ((both + onlyOne) * (onlyOne + neither)) + ((both + onlyOther) * (onlyOther + neither));
        return 2 * ((both * neither) - (onlyOne * onlyOther)) / disagreement;
    }

    private static double ByDefinition(double[][] columns, byte[] labels, int row)
    {
        double Mean(byte group) => Enumerable.Range(0, labels.Length).Where(other => other != row && labels[other] == group)
            .Average(other => Math.Sqrt(columns.Sum(column => (column[other] - column[row]) * (column[other] - column[row]))));
        if (labels.Count(label => label == labels[row]) == 1)
        {
            return 0;
        }

        double inside = Mean(labels[row]);
        double outside = labels.Distinct().Where(label => label != labels[row]).Min(Mean);
        return (outside - inside) / Math.Max(inside, outside);
    }
}
