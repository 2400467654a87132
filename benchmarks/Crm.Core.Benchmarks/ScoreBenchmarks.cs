using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Crm.Core.Benefits;
using MathNet.Numerics.LinearAlgebra;

namespace Crm.Core.Benchmarks;

/// <summary>One score a row, sixteen sets of weights in random order: ours beside what one would write by hand, and beside the machine's own limit.</summary>
/// <remarks>
/// Every row is five doubles and a byte read and a double written, 49 bytes. The triad moves as many bytes and does next to nothing with
/// them. The setup refuses to start unless all answers are the same: to the bit, for the matrix product within rounding.
/// </remarks>
[MemoryDiagnoser]
public class ScoreBenchmarks
{
    private const int Sets = 16;
    private const int Factors = 5;
    private const int BlockRows = 2048;

    private readonly double[][] _columns = new double[Factors][];
    private readonly double[][] _weightOfRow = new double[Factors][];
    private readonly double[][] _weights = new double[Factors][];
    private byte[] _segments = [];
    private double[] _scores = [];
    private float[][] _floats = [];
    private float[] _floatScores = [];
    private Row[] _rows = [];
    private double[] _products = [];
    private Matrix<double> _matrix = null!;
    private Matrix<double> _weightMatrix = null!;
    private BenefitScorer _scorer = null!;
    private Triad _triad = null!;

    [Params(1, 100, 10_000, 1_000_000, 20_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int factor = 0; factor < Factors; factor++)
        {
            _columns[factor] = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() * 100)];
            _weightOfRow[factor] = new double[Rows];
            _weights[factor] = new double[Sets];
        }

        BenefitWeights Any() => BenefitWeights.Of(random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble());
        WeightBook book = WeightBook.Of(Any(), Enumerable.Range(0, Sets - 1).Select(place => SegmentWeights.Of(SegmentId.Of($"s{place}"), Any())));
        for (int set = 0; set < Sets; set++)
        {
            BenefitWeights weights = set < Sets - 1 ? book[book.Segments[set]] : book.Default;
            for (int factor = 0; factor < Factors; factor++)
            {
                _weights[factor][set] = weights[(BenefitFactor)factor];
            }
        }

        _segments = [.. Enumerable.Range(0, Rows).Select(_ => (byte)random.Next(Sets))];
        _rows = [.. Enumerable.Range(0, Rows).Select(row => new Row(_segments[row], _columns[0][row], _columns[1][row], _columns[2][row], _columns[3][row], _columns[4][row]))];
        _floats = [.. _columns.Select(column => Array.ConvertAll(column, value => (float)value))];
        _scores = new double[Rows];
        _floatScores = new float[Rows];
        _products = new double[Rows];
        _scorer = BenefitScorer.Of(book);
        _triad = new Triad(49L * Rows);
        if (Rows <= 1_000_000)
        {
            _matrix = Matrix<double>.Build.Dense(Rows, Factors, (row, factor) => _columns[factor][row]);
            _weightMatrix = Matrix<double>.Build.Dense(Factors, Sets, (factor, set) => factor < 3 ? _weights[factor][set] : -_weights[factor][set]);
        }

        Check();
    }

    [Benchmark(Baseline = true)]
    public void ScalarLoop()
    {
        double[] u = _columns[0], b = _columns[1], r = _columns[2], c = _columns[3], t = _columns[4], scores = _scores;
        byte[] segments = _segments;
        double[] wu = _weights[0], wb = _weights[1], wr = _weights[2], wc = _weights[3], wt = _weights[4];
        for (int row = 0; row < scores.Length; row++)
        {
            int set = segments[row];
            scores[row] = (wu[set] * u[row]) + (wb[set] * b[row]) + (wr[set] * r[row]) - (wc[set] * c[row]) - (wt[set] * t[row]);
        }
    }

    [Benchmark]
    public void LinqOverObjects()
    {
        int row = 0;
        foreach (double score in _rows.Select(ScoreOf))
        {
            _scores[row++] = score;
        }
    }

    [Benchmark]
    public void TensorPrimitivesWhole() => TensorPrimitivesOf(0, Rows);

    [Benchmark]
    public void TensorPrimitivesInBlocks()
    {
        for (int from = 0; from < Rows; from += BlockRows)
        {
            TensorPrimitivesOf(from, Math.Min(BlockRows, Rows - from));
        }
    }

    [Benchmark]
    public void MathNetProduct()
    {
        if (_matrix is null)
        {
            throw new NotSupportedException("Its product would hold 16 scores a row.");
        }

        Matrix<double> all = _matrix * _weightMatrix;
        for (int row = 0; row < Rows; row++)
        {
            _scores[row] = all.At(row, _segments[row]);
        }
    }

    [Benchmark]
    public void Ours() => _scorer.Score(Columns, _segments, _scores);

    [Benchmark]
    public void OursOnTwoThreads() => _scorer.Score(Columns, _segments, _scores, _twoThreads);

    [Benchmark]
    public void OursInFloat() => _scorer.Score(Floats, _segments, _floatScores);

    [Benchmark]
    public void LimitTriad() => _triad.Run(isPastCache: false, threads: 1);

    [Benchmark]
    public void LimitTriadPastCache() => _triad.Run(isPastCache: true, threads: 1);

    [Benchmark]
    public void LimitTriadPastCacheOnTwoThreads() => _triad.Run(isPastCache: true, threads: 2);

    private static readonly ScoringOptions _twoThreads = new() { Threads = 2 };

    private FactorColumns<double> Columns =>
        new() { Utility = _columns[0], Brand = _columns[1], Relationship = _columns[2], Cost = _columns[3], Time = _columns[4] };

    private FactorColumns<float> Floats =>
        new() { Utility = _floats[0], Brand = _floats[1], Relationship = _floats[2], Cost = _floats[3], Time = _floats[4] };

    private double ScoreOf(Row row) => (_weights[0][row.Segment] * row.Utility) + (_weights[1][row.Segment] * row.Brand)
        + (_weights[2][row.Segment] * row.Relationship) - (_weights[3][row.Segment] * row.Cost) - (_weights[4][row.Segment] * row.Time);

    // Weights are looked up into columns first; then all is elementwise.
    private void TensorPrimitivesOf(int from, int rows)
    {
        for (int factor = 0; factor < Factors; factor++)
        {
            double[] weights = _weights[factor];
            ReadOnlySpan<byte> segments = _segments.AsSpan(from, rows);
            Span<double> weightOfRow = _weightOfRow[factor].AsSpan(0, rows);
            for (int row = 0; row < segments.Length; row++)
            {
                weightOfRow[row] = weights[segments[row]];
            }
        }

        Span<double> scores = _scores.AsSpan(from, rows);
        Span<double> product = _products.AsSpan(0, rows);
        TensorPrimitives.Multiply(_weightOfRow[0].AsSpan(0, rows), _columns[0].AsSpan(from, rows), scores);
        for (int factor = 1; factor < Factors; factor++)
        {
            TensorPrimitives.Multiply(_weightOfRow[factor].AsSpan(0, rows), _columns[factor].AsSpan(from, rows), product);
            if (factor < 3)
            {
                TensorPrimitives.Add(scores, product, scores);
            }
            else
            {
                TensorPrimitives.Subtract(scores, product, scores);
            }
        }
    }

    private void Check()
    {
        ScalarLoop();
        double[] expected = [.. _scores];
        foreach (Action peer in new Action[] { LinqOverObjects, TensorPrimitivesWhole, TensorPrimitivesInBlocks, Ours, OursOnTwoThreads })
        {
            Array.Clear(_scores);
            peer();
            AssertSame(expected, 0, peer.Method.Name);
        }

        if (_matrix is not null)
        {
            MathNetProduct();
            AssertSame(expected, 1e-12, nameof(MathNetProduct));
        }

        OursInFloat();
        for (int row = 0; row < Rows; row++)
        {
            _scores[row] = _floatScores[row];
        }

        AssertSame(expected, 1e-4, nameof(OursInFloat));
    }

    private void AssertSame(double[] expected, double tolerance, string peer)
    {
        for (int row = 0; row < expected.Length; row++)
        {
            if (!(Math.Abs(expected[row] - _scores[row]) <= tolerance * 100))
            {
                throw new InvalidOperationException($"{peer} gives another answer in row {row}, so that its time cannot be compared.");
            }
        }
    }

    private sealed record Row(byte Segment, double Utility, double Brand, double Relationship, double Cost, double Time);
}
