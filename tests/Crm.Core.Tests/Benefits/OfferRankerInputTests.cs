using System.Runtime.InteropServices;
using Crm.Core.Benefits;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Benefits;

// Examples: what is refused before anything is written, which rows are at fault, cancellation, progress and allocation.
public sealed class OfferRankerInputTests
{
    private static readonly OfferRanker _ranker = OfferRanker.Of(2, 3, [1, 2, 3, 6, 5, 4], [1, 2], [1, 0, 0, 1, 1, 1]);

    [Fact]
    public void Of_WrongTables_AreRefusedByName()
    {
        Refused("segments", () => OfferRanker.Of(0, 1, []));
        Refused("offers", () => OfferRanker.Of(1, 0, []));
        Refused("offers", () => OfferRanker.Of(1_000_000, 1_000_000, []));
        Refused("benefits", () => OfferRanker.Of(2, 2, [1, 2, 3]));
        Refused("benefits", () => OfferRanker.Of(1, 2, [1, double.NaN]));
        Refused("weights", () => OfferRanker.Of(1, 2, [1, 2], [], [1, 2]));
        Refused("weights", () => OfferRanker.Of(1, 2, [1, 2], [-1], [1, 2]));
        Refused("affinities", () => OfferRanker.Of(1, 2, [1, 2], [1], [1, 2, 3]));
        Refused("affinities", () => OfferRanker.Of(1, 2, [1, 2], [1], new double[66]));
        Refused("affinities", () => OfferRanker.Of(1, 2, [1, 2], [1], [1, double.PositiveInfinity]));
        Refused("eligible", () => OfferRanker.Of(2, 2, [1, 2, 3, 4], [1]));
    }

    [Fact]
    public void Benefit_WrongArguments_AreRefusedByName()
    {
        Refused("segment", () => _ranker.Benefit(2, [1, 1], 0));
        Refused("affinity", () => _ranker.Benefit(0, [1], 0));
        Refused("affinity", () => _ranker.Benefit(0, [1, double.NaN], 0));
        Refused("offer", () => _ranker.Benefit(0, [1, 1], 3));
    }

    [Fact]
    public void Rank_ColumnsThatDoNotFit_AreRefusedByName()
    {
        double[] four = [1, 2, 3, 4];
        Untouched("Rows", lists => _ranker.Rank(new() { Rows = -1 }, lists.Output));
        Untouched("Segments", lists => _ranker.Rank(new() { Rows = 2, Segments = new byte[] { 1 }, Affinities = four }, lists.Output));
        Untouched("Segments", lists => _ranker.Rank(new() { Rows = 2, Segments = new[] { 1 }, Affinities = four }, lists.Output));
        Untouched("Segments", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(2), Affinities = four }, lists.Output));
        Untouched("Segments", lists => _ranker.Rank(new() { Rows = 2, Affinities = four }, lists.Output));
        Untouched("Segments", lists => _ranker.Rank(new() { Rows = 1, Segments = new byte[] { 1, 1 }, Affinities = four }, lists.Output));
        Untouched("Affinities", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = [1, 2, 3] }, lists.Output));
        Untouched("Affinities", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, Source = new Source<double>((_, _, _) => { }) }, lists.Output));
        Untouched("Eligible", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, Eligible = [1] }, lists.Output));
        Untouched("CorrectionStarts", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, CorrectionStarts = [0, 0] }, lists.Output));
        Untouched("CorrectionStarts", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, CorrectionStarts = [1, 1, 0] }, lists.Output));
        Untouched("CorrectionStarts", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, CorrectionStarts = [0, 1, 1] }, lists.Output));
        Untouched(
            "Corrections", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four, CorrectionStarts = [0, 1, 1], CorrectionOffers = [1] }, lists.Output));
        Untouched("Offers", lists => _ranker.Rank<double>(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four }, default));
        Untouched("Offers", lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four }, lists.Output, new() { Top = 4 }));
        Untouched("Benefits", lists => _ranker.Rank<double>(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four }, new() { Offers = lists.Offers, Benefits = new double[1] }));
        Untouched(
            "Benefits", lists => _ranker.Rank<double>(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = four }, new() { Offers = lists.Offers }, new() { Limits = [1, 1, 1] }));
    }

    [Fact]
    public void Rank_OptionsOutOfRange_AreRefusedByName()
    {
        Wrong("Top", new() { Top = 0 });
        Wrong("Top", new() { Top = 65 });
        Wrong("Threads", new() { Threads = 0 });
        Wrong("MinimumBenefit", new() { MinimumBenefit = double.NaN });
        Wrong("Limits", new() { Limits = [1, 2] });
        Wrong("Limits", new() { Limits = [1, 2, -1] });

        static void Wrong(string name, RankOptions options) =>
            Untouched(name, lists => _ranker.Rank(new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = [1, 2, 3, 4] }, lists.Output, options));
    }

    [Fact]
    public void Rank_OutputOverInput_IsRefusedByName()
    {
        double[] shared = new double[20];
        int[] numbers = new int[20];
        Refused("Benefits", () => _ranker.Rank(
            new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = shared.AsSpan(0, 4) }, new RankOutput<double> { Offers = new int[10], Benefits = shared.AsSpan(3, 10) }));
        Refused("Offers", () => _ranker.Rank<double>(
            new() { Segments = SegmentColumn.Of(numbers.AsSpan(0, 2)), Affinities = new double[4] }, new() { Offers = numbers.AsSpan(1, 10) }));
        Refused("Benefits", () => _ranker.Rank<float>(
            new() { Rows = 2, Segments = SegmentColumn.Same(0), Affinities = new float[4] },
            new() { Offers = numbers.AsSpan(0, 10), Benefits = MemoryMarshal.Cast<int, float>(numbers.AsSpan(9, 10)) }));
        Assert.All(shared, value => Assert.Equal(0, value));
        Assert.All(numbers, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Rank_OtherNumbers_AreRefused() => Assert.Throws<NotSupportedException>(
        () => _ranker.Rank<Half>(new() { Rows = 1, Segments = SegmentColumn.Same(0), Affinities = new Half[2] }, new() { Offers = new int[5] }));

    [Fact]
    public void TryRank_EachKindOfFault_IsNamedAndTheRestIsRanked()
    {
        int[] offers = new int[6];
        double[] benefits = new double[6];
        var input = new RankInput<double>
        {
            Segments = new byte[] { 0, 7, 0, 1, 0, 1 },
            Affinities = [1, 1, 1, 1, 1, double.NaN, 1, 1, 1, 1, 1e308, 1e308],
            CorrectionStarts = [0, 0, 0, 0, 1, 2, 2],
            CorrectionOffers = [3, 0],
            Corrections = [1, double.NegativeInfinity],
        };
        Assert.False(_ranker.TryRank(input, new() { Offers = offers, Benefits = benefits }, out RowFaults faults, new() { Top = 1 }));
        Assert.Equal(
            [
                "row 1, Segments: found 7, expected one of the segments, counted from 0",
                "row 2, Affinities: found NaN, expected a finite number",
                "row 3, CorrectionOffers: found 3, expected one of the offers, counted from 0",
                "row 4, Corrections: found -Infinity, expected a finite number",
                "row 5, Benefits: found Infinity, expected finite benefits",
            ],
            faults.Named.Select(fault => fault.ToString()));
        Assert.Equal((5L, false), (faults.Total, faults.IsEmpty));
        Assert.Equal([2, -1, -1, -1, -1, -1], offers);
        Assert.Equal([5, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN], benefits);
    }

    [Fact]
    public void Rank_Faults_NamesTheFirstTwentyForAnyNumberOfThreads()
    {
        const int Rows = 40_000;
        byte[] segments = new byte[Rows];
        segments.AsSpan(100).Fill(2);
        string[] messages = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            var totals = OfferTotals.Of(_ranker);
            var refusal = Assert.Throws<RowFaultsException>(() => _ranker.Rank<double>(
                new() { Segments = segments, Affinities = new double[Rows * 2] }, new() { Offers = new int[Rows * 5] }, new() { Threads = threads }, totals));
            Assert.Equal((Rows - 100, "input"), (refusal.Total, refusal.ParamName));
            Assert.Equal(Enumerable.Range(100, 20).Select(row => (long)row), refusal.Faults.Select(fault => fault.Row));
            Assert.Equal(100, totals.Customers(0));
            return refusal.Message;
        })];
        Assert.Single(messages.Distinct());
    }

    // A segment that has no weight for it has no use for an affinity, however great.
    [Fact]
    public void Rank_GreatAffinityWithoutWeight_IsNoFault()
    {
        var ranker = OfferRanker.Of(2, 2, [1, 2, 3, 4], [0, 1], [1e200, 1, 1, 1]);
        double[] benefits = new double[2];
        Assert.False(ranker.TryRank(
            new RankInput<double> { Segments = new byte[] { 0, 1 }, Affinities = [1e200, 1, 1e200, 1] },
            new() { Offers = new int[2], Benefits = benefits },
            out RowFaults faults,
            new() { Top = 1 }));
        Assert.Equal(1, faults.Total);
        Assert.Equal([2, double.NaN], benefits);
        Assert.Equal(2, ranker.Benefit(0, [1e200, 1], 1));
    }

    [Fact]
    public void Rank_SourceNotFinite_IsAFaultOnlyWhereItCounts()
    {
        var source = new Source<float>((_, _, benefits) => benefits.Fill(float.NaN));
        var input = new RankInput<float> { Rows = 2, Segments = SegmentColumn.Same(0), Eligible = [0, 4], Source = source };
        Assert.False(_ranker.TryRank(input, new() { Offers = new int[10] }, out RowFaults faults));
        Assert.Equal("row 1, Benefits: found NaN, expected finite benefits", Assert.Single(faults.Named).ToString());
    }

    // Numbers at the end of the range, by each way there.
    [Theory]
    [InlineData(1e308, 0, 0, 1e308)]
    [InlineData(0, 1e200, 1e200, 0)]
    [InlineData(1.5e308, 1e4, 1e304, 0)]
    public void Rank_BeyondTheRange_IsAFaultOfTheRow(double benefit, double weight, double affinity, double correction)
    {
        var ranker = OfferRanker.Of(1, 3, [benefit, 1, 2], [weight], [1, 0, 0]);
        var offers = new int[2];
        Assert.False(ranker.TryRank(
            new RankInput<double>
            {
                Rows = 2,
                Affinities = [affinity, 0],
                CorrectionStarts = [0, 1, 1],
                CorrectionOffers = [0],
                Corrections = [correction],
            },
            new() { Offers = offers },
            out RowFaults faults,
            new() { Top = 1 }));
        Assert.Equal("row 0, Benefits: found Infinity, expected finite benefits", Assert.Single(faults.Named).ToString());
        Assert.Equal([-1, benefit > 2 ? 0 : 2], offers);
    }

    // A barred offer whose benefit would overflow is no fault, and hides no other.
    [Fact]
    public void Rank_OverflowAtABarredOffer_HidesNoOther()
    {
        foreach (int offers in new[] { 8, 16, 20, 64, 100 })
        {
            for (int barred = 0; barred < offers; barred++)
            {
                var eligible = new ulong[(offers + 63) / 64];
                eligible.AsSpan().Fill(~0UL);
                eligible[barred / 64] &= ~(1UL << (barred % 64));
                var affinities = new double[offers];
                affinities[barred] = 1e200;
                var ranker = OfferRanker.Of(1, offers, [.. Enumerable.Range(0, offers).Select(offer => 1000.0 - offer)], [1], affinities, eligible);
                foreach (string kernel in RankKernels.Names.Where(RankKernels.IsSupported))
                {
                    var lists = new int[5];
                    ranker.Rank(new RankInput<double> { Rows = 1, Affinities = [1e200] }, new() { Offers = lists }, new() { Kernel = kernel });
                    Assert.Equal(Enumerable.Range(0, offers).Where(offer => offer != barred).Take(5), lists);
                }
            }
        }
    }

    [Fact]
    public void Rank_WeightBeyondFloatWithoutAffinity_IsNoFault()
    {
        var lists = new int[2];
        OfferRanker.Of(1, 3, [1, 2, 3], [1e300], new double[3]).Rank(new RankInput<float> { Rows = 1, Affinities = [0] }, new() { Offers = lists }, new() { Top = 2 });
        Assert.Equal([2, 1], lists);
    }

    [Fact]
    public void Rank_EntriesASourceLeavesUnwritten_AreAFault()
    {
        OfferRanker ranker = OfferRanker.Of(1, 3, [0, 0, 0]);
        var all = new Source<double>((_, _, benefits) => benefits.Fill(999));
        var some = new Source<double>((_, _, benefits) => benefits[..2].Fill(1));
        var lists = new int[1];
        ranker.Rank(new RankInput<double> { Rows = 1, Source = all }, new() { Offers = lists }, new() { Top = 1 });
        Assert.False(ranker.TryRank(new RankInput<double> { Rows = 1, Source = some }, new() { Offers = lists }, out RowFaults faults, new() { Top = 1 }));
        Assert.Equal("row 0, Benefits: found NaN, expected finite benefits", Assert.Single(faults.Named).ToString());
    }

    // Different faults are found at different steps; those of the first rows are named all the same.
    [Fact]
    public void TryRank_FaultsOfSeveralKinds_NamesThoseOfTheFirstRows()
    {
        const int Rows = 40;
        double[] affinities = [.. Enumerable.Range(0, Rows).SelectMany(row => new[] { row is < 10 or (>= 22 and < 32) ? double.NaN : 1, 1 })];
        Assert.False(_ranker.TryRank(
            new RankInput<double>
            {
                Segments = new byte[Rows],
                Affinities = affinities,
                CorrectionStarts = [.. Enumerable.Range(0, Rows + 1).Select(row => row > 16 ? 1 : 0)],
                CorrectionOffers = [77],
                Corrections = [1],
            },
            new() { Offers = new int[Rows] },
            out RowFaults faults,
            new() { Top = 1 }));
        Assert.Equal(21, faults.Total);
        Assert.Equal([.. Enumerable.Range(0, 10), 16, .. Enumerable.Range(22, 9)], faults.Named.Select(fault => (int)fault.Row));
    }

    [Fact]
    public void Rank_BeyondFloat_IsAFault()
    {
        var ranker = OfferRanker.Of(2, 1, [1e300, 1]);
        Assert.False(ranker.TryRank<float>(new() { Segments = new byte[] { 0, 1 } }, new() { Offers = new int[2] }, out RowFaults faults, new() { Top = 1 }));
        Assert.Equal(0, Assert.Single(faults.Named).Row);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rank_CancelledByItsProgress_StopsBetweenBlocks(int threads)
    {
        using var source = new CancellationTokenSource();
        var progress = new Told(rows =>
        {
            if (rows >= 16_384)
            {
                source.Cancel();
            }
        });
        const int Rows = 500_000;
        Assert.ThrowsAny<OperationCanceledException>(() => _ranker.Rank<double>(
            new() { Rows = Rows, Segments = SegmentColumn.Same(0), Affinities = new double[Rows * 2] },
            new() { Offers = new int[Rows] },
            new() { Top = 1, Threads = threads, Progress = progress },
            null,
            source.Token));
        Assert.InRange(progress.Rows[^1], 16_384, 16_384 + (8_192 * 2 * threads));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rank_Progress_RisesToTheLastRow(int threads)
    {
        var progress = new Told(_ => { });
        const int Rows = 20_000;
        _ranker.Rank<double>(
            new() { Rows = Rows, Segments = SegmentColumn.Same(0), Affinities = new double[Rows * 2] },
            new() { Offers = new int[Rows] },
            new() { Top = 1, Threads = threads, Progress = progress });
        Assert.Equal([8_192, 16_384, 20_000], progress.Rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rank_SourceThatFails_ComesOutAsItIs(int threads)
    {
        var source = new Source<double>((from, _, _) => throw new TimeZoneNotFoundException($"{from}"));
        var failure = Assert.Throws<TimeZoneNotFoundException>(() => _ranker.Rank<double>(
            new() { Rows = 20_000, Segments = SegmentColumn.Same(0), Source = source }, new() { Offers = new int[100_000] }, new() { Threads = threads }));
        Assert.Equal("0", failure.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rank_OneThread_AllocatesNothing(bool withTotals)
    {
        const int Rows = 2_000;
        double[] affinities = new double[Rows * 2];
        int[] offers = new int[Rows * 5];
        ulong[] eligible = [.. Enumerable.Repeat(7UL, Rows)];
        var totals = withTotals ? OfferTotals.Of(_ranker, 1) : null;
        Assert.Equal(0, Allocations.Least(() =>
        {
            _ranker.Rank<double>(new() { Rows = Rows, Segments = SegmentColumn.Same(0), Affinities = affinities }, new() { Offers = offers }, null, totals);
            _ranker.Rank<double>(new() { Rows = Rows, Segments = SegmentColumn.Same(0), Affinities = affinities, Eligible = eligible }, new() { Offers = offers }, null, totals);
        }));
    }

    private static void Refused(string name, Action action) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(action).ParamName);

    private static void Untouched(string name, Action<Lists> rank)
    {
        var lists = new Lists();
        Refused(name, () => rank(lists));
        Assert.All(lists.Offers, offer => Assert.Equal(7, offer));
        Assert.All(lists.Benefits, benefit => Assert.Equal(7, benefit));
    }

    private sealed class Lists
    {
        internal int[] Offers { get; } = [.. Enumerable.Repeat(7, 10)];

        internal double[] Benefits { get; } = [.. Enumerable.Repeat(7.0, 10)];

        internal RankOutput<double> Output => new() { Offers = Offers, Benefits = Benefits };
    }

    private sealed class Told(Action<long> then) : IProgress<long>
    {
        internal List<long> Rows { get; } = [];

        public void Report(long value)
        {
            Rows.Add(value);
            then(value);
        }
    }
}
