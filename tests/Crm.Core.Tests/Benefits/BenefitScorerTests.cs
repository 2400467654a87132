using System.Numerics;
using Crm.Core.Benefits;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Benefits;

// Kernels against the scalar one and against the object door, to the bit; rounding against exact arithmetic on whole numbers.
public sealed class BenefitScorerTests
{
    public static TheoryData<string> Kernels => [.. ScoreKernels.Names];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Score_AnyLength_HasTheBitsOfTheObjectDoor(string kernel)
    {
        for (int length = 0; length <= 257; length++)
        {
            var rows = new ScoredRows(length, length % 16, seed: length);
            Assert.Equal(
                Enumerable.Range(0, length).Select(row => BitConverter.DoubleToInt64Bits(rows.ScoreOf(row).Value)),
                ScoredRows.Bits(rows.Scored(kernel)));
            Assert.Equal(ScoredRows.Bits(rows.ScoredInFloat(ScoreKernels.Scalar)), ScoredRows.Bits(rows.ScoredInFloat(kernel)));
        }
    }

    // Sixteen sets fit into registers; 255 are told apart by bytes; more need numbers.
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(300)]
    public void Score_AnyNumberOfSets_HasTheBitsOfTheObjectDoor(int segments)
    {
        var rows = new ScoredRows(1500, segments, seed: segments);
        long[] expected = [.. Enumerable.Range(0, rows.Rows).Select(row => BitConverter.DoubleToInt64Bits(rows.ScoreOf(row).Value))];
        var scores = new double[rows.Rows];
        BenefitScorer.Of(rows.Book).Score(rows.Doubles, rows.Segments, scores);
        Assert.Equal(expected, ScoredRows.Bits(scores));
        if (rows.Book.Count <= 256)
        {
            Assert.Equal(expected, ScoredRows.Bits(rows.Scored()));
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Score_OneSegment_HasTheBitsOfAColumnOfIt(string kernel)
    {
        var rows = new ScoredRows(99, 5, seed: 1);
        BenefitScorer scorer = rows.ScorerOf(kernel);
        for (int segment = 0; segment < rows.Book.Count; segment++)
        {
            var same = new double[rows.Rows];
            var column = new double[rows.Rows];
            scorer.Score(rows.Doubles, SegmentColumn.Same(segment), same);
            scorer.Score(rows.Doubles, Enumerable.Repeat((byte)segment, rows.Rows).ToArray(), column);
            Assert.Equal(ScoredRows.Bits(column), ScoredRows.Bits(same));
            Assert.Equal(rows.Book.Score(rows.Book.Segments.ElementAtOrDefault(segment), rows.FactorsOf(7)).Value, same[7]);
        }
    }

    // Memory ends at a page that may not be touched: one number too many would end the process.
    [GuardedMemoryTheory]
    [MemberData(nameof(Kernels))]
    public void Score_AtTheEndOfMemory_TouchesNothingBeyond(string kernel)
    {
        for (int length = 1; length <= 70; length++)
        {
            var rows = new ScoredRows(length, 9, seed: length);
            GuardedMemory<double>[] columns = [.. rows.Columns.Select(column => GuardedMemory<double>.Of(column))];
            using GuardedMemory<byte> segments = GuardedMemory<byte>.Of(rows.Bytes);
            using var scores = new GuardedMemory<double>(length);
            var factors = new FactorColumns<double>
            {
                Utility = columns[0].Span,
                Brand = columns[1].Span,
                Relationship = columns[2].Span,
                Cost = columns[3].Span,
                Time = columns[4].Span,
            };
            rows.ScorerOf(kernel).Score(factors, SegmentColumn.Of(segments.Span), scores.Span);
            Assert.Equal(ScoredRows.Bits(rows.Scored(ScoreKernels.Scalar)), ScoredRows.Bits(scores.Span.ToArray()));
            foreach (GuardedMemory<double> column in columns)
            {
                column.Dispose();
            }
        }
    }

    [Fact]
    public void Score_NumbersThatStraddleTheirPlaces_AreScored()
    {
        const int rows = 1_100_000;
        var bytes = new byte[(rows * 8) + 8];
        Span<double> scores = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes.AsSpan(1, rows * 8));
        double[] ones = [.. Enumerable.Repeat(1.0, rows)];
        BenefitScorer.Of(WeightBook.Of(BenefitWeights.Of(4, 0, 0, 1, 0))).Score(
            new FactorColumns<double> { Utility = ones, Cost = ones }, SegmentColumn.Same(0), scores);
        Assert.False(scores.ContainsAnyExcept(3.0));
    }

    // From 8 MiB of scores on they pass the cache; memory may begin anywhere.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Score_PastTheCache_HasTheSameBitsAndWritesNothingElse(int offset)
    {
        const int rows = 1_060_001;
        var some = new ScoredRows(1009, 12, seed: 3);
        double[][] columns = [.. some.Columns.Select(column => Repeated(column, rows))];
        byte[] segments = Repeated(some.Bytes, rows);
        double[] few = some.Scored(ScoreKernels.Scalar);
        foreach (string kernel in ScoreKernels.Names)
        {
            foreach (int threads in new[] { 1, 2, 3 })
            {
                var scores = new double[rows + 16];
                BenefitScorer.Of(some.Book, kernel).Score(
                    ScoredRows.Of(columns), segments, scores.AsSpan(offset, rows), new() { Threads = threads });
                Assert.True(scores.AsSpan(offset, rows).SequenceEqual(Repeated(few, rows)), kernel);
                Assert.False(scores.AsSpan(0, offset).ContainsAnyExcept(0.0));
                Assert.False(scores.AsSpan(offset + rows).ContainsAnyExcept(0.0));
            }
        }
    }

    [Fact]
    public void Score_WithScales_HasTheBitsOfTheObjectDoor()
    {
        FactorScales scales = new()
        {
            Utility = FactorScale.LinearRange(-3, 17.5),
            Brand = FactorScale.StandardScore(0.1, 0.3).WithMissing(0.2),
            Relationship = FactorScale.Identity.WithMissing(4),
            Cost = FactorScale.Money(Currency.Eur, 7),
        };
        foreach (string kernel in ScoreKernels.Names)
        {
            var rows = new ScoredRows(2311, 6, seed: 4, scales);
            for (int row = 0; row < rows.Rows; row += 5)
            {
                rows.Columns[1][row] = double.NaN;
                rows.Columns[2][(row * 3) % rows.Rows] = double.NaN;
            }

            Assert.Equal(
                Enumerable.Range(0, rows.Rows).Select(row => BitConverter.DoubleToInt64Bits(rows.ScoreOf(row).Value)),
                ScoredRows.Bits(rows.Scored(kernel)));
            Assert.Equal(ScoredRows.Bits(rows.ScoredInFloat(ScoreKernels.Scalar)), ScoredRows.Bits(rows.ScoredInFloat(kernel)));
        }
    }

    // The canary of fusing: a·a is 1 + 2^-26 + 2^-54, and rounds to 1 + 2^-26 only where it is rounded before the sum.
    [Theory]
    [MemberData(nameof(Kernels))]
    public void Score_FusingCanary_IsZero(string kernel)
    {
        double a = 1 + Math.ScaleB(1, -27);
        double rounded = 1 + Math.ScaleB(1, -26);
        float f = 1 + MathF.ScaleB(1, -12);
        float fRounded = 1 + MathF.ScaleB(1, -11);
        const int rows = 67;
        foreach (int weighed in new[] { 1, 2, 3, 4 })
        {
            // The first term is exact, the canary is added to it or subtracted from it.
            double sign = weighed < 3 ? -1 : 1;
            BenefitWeights ofDoubles = BenefitWeights.Of(1, 0, 0, 0, 0).With((BenefitFactor)weighed, a);
            BenefitWeights ofFloats = BenefitWeights.Of(1, 0, 0, 0, 0).With((BenefitFactor)weighed, f);
            var scores = new double[rows];
            var floats = new float[rows];
            BenefitScorer.Of(WeightBook.Of(ofDoubles), kernel).Score(Columns(weighed, sign * rounded, a, rows), SegmentColumn.Same(0), scores);
            BenefitScorer.Of(WeightBook.Of(ofFloats), kernel).Score(Columns(weighed, (float)sign * fRounded, f, rows), SegmentColumn.Same(0), floats);
            Assert.All(scores, score => Assert.Equal(0, score));
            Assert.All(floats, score => Assert.Equal(0, score));
            BenefitScorer.Of(WeightBook.Of(ofDoubles, SegmentWeights.Of(SegmentId.Of("a"), BenefitWeights.PriceLed)), kernel).Score(
                Columns(weighed, sign * rounded, a, rows), Enumerable.Range(0, rows).Select(row => (byte)(row % 2)).ToArray(), scores);
            Assert.All(scores.Where((_, row) => row % 2 == 1), score => Assert.Equal(0, score));
        }
    }

    // Oracle: exact arithmetic on whole numbers. Five products and four sums, each rounded once.
    [Fact]
    public void Score_AgainstExactNumbers_IsWithinTheRoundingOfNineOperations() => HoldsTheBound(new ScoredRows(2000, 7, seed: 9));

    // With scales the bound holds for what the weights count: the scaled values as they were rounded.
    [Fact]
    public void Score_ScaledAgainstExactNumbers_IsWithinTheRoundingOfNineOperations() => HoldsTheBound(
        new ScoredRows(500, 3, seed: 12, new() { Utility = FactorScale.LinearRange(37.1, 37.2), Cost = FactorScale.StandardScore(100, 0.3) }));

    [Fact]
    public void ByName_MoreSetsThanAKernelHasRoomFor_Fails()
    {
        if (ScoreKernels.Names.Contains(ScoreKernels.Wide512))
        {
            var refusal = Assert.Throws<ArgumentException>(() => BenefitScorer.Of(new ScoredRows(0, 16, seed: 1).Book, ScoreKernels.Wide512));
            Assert.Contains("has room for 16 sets of weights; there are 17", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Score_InFloat_IsWithinItsBoundOfTheObjectDoor()
    {
        var rows = new ScoredRows(2000, 7, seed: 10);
        float[] scores = rows.ScoredInFloat();
        for (int row = 0; row < rows.Rows; row++)
        {
            BenefitScore score = rows.ScoreOf(row);
            double size = score.Explain().Effects.Sum(effect => Math.Abs(effect.Contribution));

            // Weight and factor are rounded to float first, then five products and four sums are rounded.
            Assert.Equal(score.Value, scores[row], 7.1 * Math.ScaleB(1, -24) * size);
        }
    }

    [Fact]
    public void Score_OneThread_AllocatesNothing()
    {
        var rows = new ScoredRows(30_000, 5, seed: 11, new() { Cost = FactorScale.Money(Currency.Eur, 3) });
        byte[] segments = rows.Bytes;
        int[] numbers = rows.Segments;
        var scores = new double[rows.Rows];
        BenefitScorer scorer = BenefitScorer.Of(rows.Book);
        Assert.Equal(0, Allocations.Least(() =>
        {
            FactorColumns<double> factors = rows.Doubles;
            scorer.Score(factors, segments, scores);
            scorer.Score(factors, numbers, scores);
            scorer.TryScore(factors, SegmentColumn.Same(1), scores, out _);
        }));
    }

    [Fact]
    public void Score_Cancelled_Stops()
    {
        var rows = new ScoredRows(100_000, 2, seed: 12);
        using var source = new CancellationTokenSource();
        var seen = new List<long>();
        var stop = new Reported(done =>
        {
            seen.Add(done);
            source.Cancel();
        });
        var scores = new double[rows.Rows];
        Assert.ThrowsAny<OperationCanceledException>(() =>
            BenefitScorer.Of(rows.Book).Score(rows.Doubles, rows.Bytes, scores, new() { Progress = stop }, source.Token));
        Assert.Equal([8192L], seen);
        Assert.Equal(0, scores[8192]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Score_Progress_GrowsToAllRows(int threads)
    {
        var rows = new ScoredRows(200_000, 2, seed: 13);
        var seen = new List<long>();
        BenefitScorer.Of(rows.Book).Score(rows.Doubles, rows.Bytes, new double[rows.Rows], new() { Threads = threads, Progress = new Reported(seen.Add) });
        Assert.Equal(rows.Rows, seen[^1]);
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public void ByName_AnUnknownKernel_Fails()
    {
        var refusal = Assert.Throws<ArgumentException>(() => BenefitScorer.Of(WeightBook.Of(BenefitWeights.PriceLed), "avx1024"));
        Assert.Contains("There is no kernel 'avx1024' on this machine. It has", refusal.Message, StringComparison.Ordinal);
    }

    // The widest vectors this machine has must be the ones that are used; the switches of the runtime take them away.
    [Fact]
    public void Names_BestFirst_AreThoseOfTheMachine()
    {
        string expected = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? ScoreKernels.Wide512
            : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? ScoreKernels.Wide256
            : System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated ? ScoreKernels.Wide128 : ScoreKernels.Scalar;
        Assert.Equal(expected, ScoreKernels.Names[0]);
        Assert.Equal(ScoreKernels.Scalar, ScoreKernels.Names[^1]);
    }

    // CI takes instructions away and names the kernels that must be gone with them; a switch that does nothing fails here.
    [Fact]
    public void Names_KernelsSwitchedOff_AreGone()
    {
        string off = Environment.GetEnvironmentVariable("CRM_KERNELS_OFF") ?? "";
        string[] gone = off.Split(',');
        Assert.DoesNotContain(ScoreKernels.Names, gone.Contains);
        Assert.DoesNotContain(
            RankKernels.Names.Where(RankKernels.IsSupported),
            gone.Contains);
    }

    private static void HoldsTheBound(ScoredRows rows)
    {
        double[] scores = rows.Scored();
        for (int row = 0; row < rows.Rows; row++)
        {
            BenefitScore score = rows.ScoreOf(row);
            BigInteger exact = 0;
            BigInteger size = 0;
            foreach (BenefitFactor factor in Enum.GetValues<BenefitFactor>())
            {
                BigInteger term = ScoredRows.Exact(score.Weights[factor]) * ScoredRows.Exact(score.ScaledFactors[factor]);
                exact += factor >= BenefitFactor.Cost ? -term : term;
                size += BigInteger.Abs(term);
            }

            // In units of 2^-2148; the score is one of 2^-1074.
            BigInteger error = BigInteger.Abs((ScoredRows.Exact(scores[row]) << 1074) - exact);
            Assert.True(error * 100 << 53 <= size * 501, $"row {row}");
        }
    }

    private static FactorColumns<T> Columns<T>(int weighed, T first, T canary, int rows)
        where T : unmanaged => ScoredRows.Of(
            [.. Enumerable.Range(0, 5).Select(factor => Enumerable.Repeat(factor == 0 ? first : factor == weighed ? canary : default, rows).ToArray())]);

    private static T[] Repeated<T>(T[] values, int rows)
    {
        var all = new T[rows];
        for (int row = 0; row < rows; row++)
        {
            all[row] = values[row % values.Length];
        }

        return all;
    }

    private sealed class Reported(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
