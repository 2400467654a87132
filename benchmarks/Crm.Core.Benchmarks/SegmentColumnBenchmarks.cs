using BenchmarkDotNet.Attributes;
using Crm.Core.Segments;
using Microsoft.Data.Sqlite;

namespace Crm.Core.Benchmarks;

/// <summary>
/// 50 rules that compare columns of numbers over a base, 8 columns six times each or 50 once each: how many are in each segment and who, in columns, over objects with
/// LINQ, in SQLite; and what the memory gives for as many bytes.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 5)]
public class SegmentColumnBenchmarks : IDisposable
{
    private const int Rules = 50;
    private SegmentBook _book = null!;
    private SegmentColumns _columns = null!;
    private double[][] _values = [];
    private Row[] _rows = [];
    private SqliteConnection? _sqlite;
    private Triad _triad = null!;

    [Params(100_000, 1_000_000, 10_000_000)]
    public int Customers { get; set; }

    [Params(8, 50)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(3);
        _book = SegmentShop.Comparisons(Rules, Columns);
        _values = [.. Enumerable.Range(0, Columns).Select(_ => new double[Customers])];
        foreach (double[] column in _values)
        {
            for (int row = 0; row < column.Length; row++)
            {
                column[row] = random.NextDouble() * 100;
            }
        }

        _columns = new(_book, new Ids(Customers));
        for (int column = 0; column < Columns; column++)
        {
            _columns.Set(SegmentShop.Score(column), _values[column]);
        }

        // The peers are slow; at ten millions they would take most of the memory.
        if (Customers <= 1_000_000 && Columns == 8)
        {
            _rows = [.. Enumerable.Range(0, Customers).Select(row => new Row([.. _values.Select(column => column[row])]))];
            FillSqlite();
        }

        _triad = new((long)Customers * Columns * sizeof(double));
        long[] expected = Linq();
        long[] found = Counts1();
        if (_rows.Length > 0 && (!expected.SequenceEqual(found) || !expected.SequenceEqual(Sqlite())))
        {
            throw new InvalidOperationException("The three do not agree.");
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _sqlite?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public long[] Counts1() => Counts(_columns.Summaries());

    [Benchmark]
    public long[] Counts2() => Counts(_columns.Summaries(threads: 2));

    [Benchmark]
    public SegmentMembers Members1() => _columns.Evaluate();

    [Benchmark]
    public SegmentMembers Members2() => _columns.Evaluate(threads: 2);

    /// <summary>The memory's own time for as many bytes as the columns have, on one thread.</summary>
    [Benchmark]
    public void Memory1() => _triad.Run(isPastCache: true, threads: 1);

    /// <summary>The same on two threads.</summary>
    [Benchmark]
    public void Memory2() => _triad.Run(isPastCache: true, threads: 2);

    [Benchmark]
    public long[] Linq() => [.. Enumerable.Range(0, Rules).Select(rule => _rows.LongCount(row => row.Values[rule % 8] >= 10 + rule))];

    [Benchmark]
    public long[] Sqlite()
    {
        if (_sqlite is null)
        {
            return [];
        }

        using SqliteCommand command = _sqlite.CreateCommand();
        command.CommandText = "SELECT " + string.Join(", ", Enumerable.Range(0, Rules).Select(rule => FormattableString.Invariant($"sum(c{rule % 8} >= {10 + rule})"))) + " FROM base";
        using SqliteDataReader reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, Rules).Select(reader.GetInt64)];
    }

    private static long[] Counts(IReadOnlyList<SegmentSummary> segments) => [.. segments.Select(segment => segment.Customers)];

    private void FillSqlite()
    {
        _sqlite = new("Data Source=:memory:");
        _sqlite.Open();
        using SqliteTransaction transaction = _sqlite.BeginTransaction();
        using SqliteCommand command = _sqlite.CreateCommand();
        command.CommandText = "CREATE TABLE base (c0 REAL, c1 REAL, c2 REAL, c3 REAL, c4 REAL, c5 REAL, c6 REAL, c7 REAL)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO base VALUES ($0, $1, $2, $3, $4, $5, $6, $7)";
        SqliteParameter[] parameters = [.. Enumerable.Range(0, 8).Select(i => command.Parameters.AddWithValue(FormattableString.Invariant($"${i}"), 0.0))];
        foreach (Row row in _rows)
        {
            foreach (var (column, value) in row.Values.Index())
            {
                parameters[column].Value = value;
            }

            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private sealed record Row(double[] Values);

    // Ids that take no memory: they are not what is measured.
    private sealed class Ids(int count) : IReadOnlyList<CustomerId>
    {
        public int Count => count;

        public CustomerId this[int index] => SegmentShop.IdOf(index);

        public IEnumerator<CustomerId> GetEnumerator() => Enumerable.Range(0, count).Select(SegmentShop.IdOf).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
