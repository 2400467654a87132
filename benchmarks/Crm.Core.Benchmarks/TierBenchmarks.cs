using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Crm.Core.Pyramids;
using Microsoft.Data.Sqlite;

namespace Crm.Core.Benchmarks;

/// <summary>A base into Curry's tiers, beside a full sort, LINQ over objects and the window function RANK of SQLite on the same data.</summary>
/// <remarks>All of them find the same three floors and the same tier of every row; ties go down. The limit of the machine reads the values once and writes a byte a row.</remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 5, invocationCount: 1)]
public class TierBenchmarks
{
    private const int BytesARow = sizeof(double) + 1;
    private static readonly decimal[] _shares = [0.01m, 0.05m, 0.20m];

    private CustomerId[] _ids = [];
    private double[] _values = [];
    private Buyer[] _buyers = [];
    private Triad _triad = null!;
    private SqliteConnection _connection = null!;

    [Params(100_000, 1_000_000, 10_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1997);
        _values = [.. Enumerable.Range(0, Customers).Select(_ => Math.Round(Math.Exp(3 + (1.5 * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6))), 2))];
        _ids = [.. Enumerable.Range(0, Customers).Select(row => CustomerId.Of(FormattableString.Invariant($"c{row}")))];
        _buyers = [.. _values.Select(value => new Buyer(value))];
        _triad = new((long)Customers * BytesARow);
        _connection = Database();
        byte[] ours = Ours().TierOfRow.ToArray();
        Refuse(!OursWithIds().TierOfRow.SequenceEqual(ours), nameof(OursWithIds));
        Refuse(!FullSort().AsSpan().SequenceEqual(ours), nameof(FullSort));
        Refuse(!Linq().AsSpan().SequenceEqual(ours), nameof(Linq));
        Refuse(!SqliteRank().AsSpan().SequenceEqual(ours), nameof(SqliteRank));
    }

    [GlobalCleanup]
    public void Cleanup() => _connection.Dispose();

    [Benchmark(Baseline = true)]
    public TierColumn Ours() => PyramidScheme.Curry.RankValues(_values);

    /// <summary>Each customer found by id afterwards, which takes a dictionary of them all.</summary>
    [Benchmark]
    public Pyramid OursWithIds() => PyramidScheme.Curry.Rank(_ids, _values);

    [Benchmark]
    public byte[] FullSort()
    {
        double[] sorted = [.. _values];
        Array.Sort(sorted);
        double[] floors = [.. _shares.Select(share => sorted[^((int)Math.Floor((share * Customers) + 0.5m) + 1)])];
        return Array.ConvertAll(_values, value => TierOf(value, floors));
    }

    [Benchmark]
    public byte[] Linq()
    {
        double[] floors = [.. _shares.Select(share => _buyers.OrderByDescending(buyer => buyer.Value).Skip((int)Math.Floor((share * Customers) + 0.5m)).First().Value)];
        return [.. _buyers.Select(buyer => TierOf(buyer.Value, floors))];
    }

    /// <summary>Customers at least as good as each, by the window function, against the cuts.</summary>
    [Benchmark]
    public byte[] SqliteRank()
    {
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText = "SELECT place, COUNT(*) OVER (ORDER BY value DESC RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM base";
        using SqliteDataReader reader = select.ExecuteReader();
        long[] cuts = [.. _shares.Select(share => (long)Math.Floor((share * Customers) + 0.5m))];
        var tiers = new byte[Customers];
        while (reader.Read())
        {
            long through = reader.GetInt64(1);
            tiers[reader.GetInt32(0)] = (byte)cuts.Count(cut => through > cut);
        }

        return tiers;
    }

    [Benchmark]
    public void LimitTriad() => _triad.Run(isPastCache: true, threads: 1);

    private static byte TierOf(double value, double[] floors)
    {
        byte tier = 0;
        foreach (double floor in floors)
        {
            tier += value > floor ? (byte)0 : (byte)1;
        }

        return tier;
    }

    private static void Refuse(bool differs, string name)
    {
        if (differs)
        {
            throw new InvalidOperationException($"{name} has other tiers.");
        }
    }

    private SqliteConnection Database()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE base (place INTEGER PRIMARY KEY, value REAL)";
        create.ExecuteNonQuery();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO base VALUES ($place, $value)";
        SqliteParameter place = insert.Parameters.Add("$place", SqliteType.Integer);
        SqliteParameter value = insert.Parameters.Add("$value", SqliteType.Real);
        for (int row = 0; row < Customers; row++)
        {
            (place.Value, value.Value) = (row, _values[row]);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return connection;
    }

    private sealed record Buyer(double Value);
}
