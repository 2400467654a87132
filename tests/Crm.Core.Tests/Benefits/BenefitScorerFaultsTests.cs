using Crm.Core.Benefits;
using Crm.Core.Benefits.Kernels;

namespace Crm.Core.Tests.Benefits;

// Examples of bad input: what is refused before anything is written, and which rows are named.
public sealed class BenefitScorerFaultsTests
{
    private readonly ScoredRows _rows = new(700, 4, seed: 1);

    public static TheoryData<string> Kernels => [.. ScoreKernels.Names];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Score_BadRows_AreNamedAndTheOthersScored(string kernel)
    {
        double[] good = _rows.Scored();
        byte[] segments = _rows.Bytes;
        _rows.Columns[0][3] = double.NaN;
        _rows.Columns[3][3] = double.NegativeInfinity;
        _rows.Columns[4][650] = double.PositiveInfinity;
        _rows.Columns[2][77] = 1.7e308;
        _rows.Columns[1][77] = 1.7e308;
        segments[123] = 5;
        segments[124] = 21;
        segments[125] = 255;
        var scores = new double[_rows.Rows];
        BenefitWeights large = BenefitWeights.Of(1, 10, 10, 1, 1);
        WeightBook book = _rows.Book.With(SegmentId.None, large);
        foreach (SegmentId segment in book.Segments)
        {
            book = book.With(segment, large);
        }

        Assert.False(BenefitScorer.Of(book, kernel).TryScore(_rows.Doubles, segments, scores, out RowFaults faults));
        Assert.Equal(
            [(3L, "utility", "NaN"), (3, "cost", "-Infinity"), (77, "score", "Infinity"), (123, "segment", "5"), (124, "segment", "21"), (125, "segment", "255"), (650, "time", "Infinity")],
            faults.Named.Select(fault => (fault.Row, fault.Column, fault.Found)));
        Assert.Equal(7, faults.Total);
        Assert.Equal("an index from 0 to 4", faults.Named[3].Expected);
        long[] bad = [3, 77, 123, 124, 125, 650];
        Assert.All(scores.Index(), score => Assert.Equal(bad.Contains(score.Index), double.IsNaN(score.Item)));
        Assert.Equal(good.Length, scores.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Score_ManyBadRows_NamesTheFirstTwentyAndCountsAll(int threads)
    {
        var many = new ScoredRows(300_000, 3, seed: 2);
        for (int row = 100_003; row < many.Rows; row += 2)
        {
            many.Columns[1][row] = double.NaN;
        }

        many.Columns[4][5] = double.PositiveInfinity;
        var refusal = Assert.Throws<RowFaultsException>(() =>
            BenefitScorer.Of(many.Book).Score(many.Doubles, many.Bytes, new double[many.Rows], new() { Threads = threads }));
        Assert.Equal("factors", refusal.ParamName);
        Assert.Equal((many.Rows - 100_003 + 1) / 2 + 1, refusal.Total);
        Assert.Equal([5L, .. Enumerable.Range(0, 19).Select(i => 100_003L + (2 * i))], refusal.Faults.Select(fault => fault.Row));
        Assert.Contains("row 100003, brand: found NaN, expected a finite number", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_BadRowsOfFloat_AreNamed()
    {
        _rows.Columns[1][9] = 1e300;
        var scores = new float[_rows.Rows];
        Assert.False(BenefitScorer.Of(_rows.Book).TryScore(_rows.Floats, _rows.Bytes, scores, out RowFaults faults));
        Assert.Equal((9L, "brand", "Infinity"), (faults.Named[0].Row, faults.Named[0].Column, faults.Named[0].Found));
        Assert.True(float.IsNaN(scores[9]));
        Assert.Equal("1 value is wrong: row 9, brand: found Infinity, expected a finite number.", faults.ToString());
    }

    [Fact]
    public void Score_SegmentsByNumberThatAreNone_AreNamed()
    {
        _rows.Segments[7] = -1;
        _rows.Segments[8] = int.MaxValue;
        _rows.Segments[9] = 256;
        var scores = new double[_rows.Rows];
        Assert.False(BenefitScorer.Of(_rows.Book).TryScore(_rows.Doubles, _rows.Segments, scores, out RowFaults faults));
        Assert.Equal([(7L, "-1"), (8, "2147483647"), (9, "256")], faults.Named.Select(fault => (fault.Row, fault.Found)));

        var many = new ScoredRows(40, 300, seed: 3);
        many.Segments[7] = -1;
        many.Segments[8] = 301;
        Assert.False(BenefitScorer.Of(many.Book).TryScore(many.Doubles, many.Segments, new double[40], out faults));
        Assert.Equal([(7L, "-1"), (8, "301")], faults.Named.Select(fault => (fault.Row, fault.Found)));
    }

    [Fact]
    public void Score_GoodRows_HaveNoFaults()
    {
        Assert.True(BenefitScorer.Of(_rows.Book).TryScore(_rows.Doubles, _rows.Bytes, new double[_rows.Rows], out RowFaults faults));
        Assert.Same(RowFaults.None, faults);
        Assert.Equal("No value is wrong.", faults.ToString());
    }

    [Fact]
    public void Score_NoRows_IsNothing() => BenefitScorer.Of(_rows.Book).Score(default(FactorColumns<double>), Array.Empty<byte>(), []);

    [Fact]
    public void Score_LengthsThatDiffer_AreRefusedByName()
    {
        var scores = new double[_rows.Rows];
        BenefitScorer scorer = BenefitScorer.Of(_rows.Book);
        var refusal = Assert.Throws<ArgumentException>(() => scorer.Score(ScoredRows.Of([.. _rows.Columns[..4], new double[3]]), _rows.Bytes, scores));
        Assert.Contains("The column of time has 3 rows, and there are 700 scores.", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => scorer.Score(_rows.Doubles, new byte[699], scores));
        Assert.Contains("There are 699 segments and 700 scores.", refusal.Message, StringComparison.Ordinal);
        refusal = Assert.Throws<ArgumentException>(() => scorer.Score(_rows.Doubles, SegmentColumn.Same(5), scores));
        Assert.Contains("There is no segment 5: the book has 5 sets", refusal.Message, StringComparison.Ordinal);
        var threads = Assert.Throws<ArgumentOutOfRangeException>(() => scorer.Score(_rows.Doubles, _rows.Bytes, scores, new() { Threads = 0 }));
        Assert.Equal("Threads", threads.ParamName);
        Assert.Throws<ArgumentException>(() => scorer.Score(_rows.Doubles, SegmentColumn.Same(int.MaxValue), scores));
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentColumn.Same(-1));
        Assert.False(scores.AsSpan().ContainsAnyExcept(0.0));
    }

    [Fact]
    public void Score_OverAnInput_IsRefusedByName()
    {
        double[] memory = [.. _rows.Columns[3], .. _rows.Columns[3]];
        BenefitScorer scorer = BenefitScorer.Of(_rows.Book);
        var refusal = Assert.Throws<ArgumentException>(() => scorer.Score(
            _rows.Doubles with { Cost = memory.AsSpan(0, 700) }, _rows.Bytes, memory.AsSpan(699, 700)));
        Assert.Equal("scores", refusal.ParamName);
        Assert.Contains("The scores overlap the column of cost.", refusal.Message, StringComparison.Ordinal);
        var bytes = new byte[700 * 9];
        refusal = Assert.Throws<ArgumentException>(() => scorer.Score(
            _rows.Doubles, bytes.AsSpan(5000, 700), System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(bytes.AsSpan())[..700]));
        Assert.Contains("The scores overlap the segments.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(_rows.Columns[3].Concat(_rows.Columns[3]), memory);
    }

    [Fact]
    public void Score_AColumnLeftOut_StandsForMissingValues()
    {
        var scores = new double[_rows.Rows];
        FactorColumns<double> factors = _rows.Doubles;
        BenefitScorer scorer = BenefitScorer.Of(_rows.Book);
        var refusal = Assert.Throws<ArgumentException>(() => scorer.Score(_rows.Doubles with { Brand = default }, _rows.Bytes, scores));
        Assert.Contains("There is no column of brand, which has a weight.", refusal.Message, StringComparison.Ordinal);

        // A stand-in for missing values holds for all of them.
        WeightBook stated = _rows.Book.With(new FactorScales { Brand = FactorScale.LinearRange(0, 4).WithMissing(1) });
        BenefitScorer.Of(stated).Score(factors with { Brand = default }, _rows.Bytes, scores);
        Assert.Equal(stated.Score(stated.Segments.ElementAtOrDefault(_rows.Segments[11]), _rows.FactorsOf(11) with { Brand = 1 }).Value, scores[11]);

        // What nobody weighs need not be known.
        WeightBook without = WeightBook.Of(BenefitWeights.PriceLed.With(BenefitFactor.Time, 0));
        BenefitScorer.Of(without).Score(factors with { Time = default }, SegmentColumn.Same(0), scores);
        Assert.Equal(without.Score(SegmentId.None, _rows.FactorsOf(11)).Value, scores[11]);
    }

    [Fact]
    public void Of_NoBook_IsRefused() => Assert.Throws<ArgumentNullException>(() => BenefitScorer.Of(null!));
}
