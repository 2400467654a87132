using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Crm.Core.Segments;
using Microsoft.Data.Sqlite;

namespace Crm.Core.Benchmarks;

/// <summary>RFM quintiles of a base in columns, beside LINQ over objects and the window function NTILE of SQLite on the same data.</summary>
/// <remarks>
/// Whole days and purchase days with many ties, amounts of which no two are equal. LINQ follows our rule of ties; NTILE has none and
/// parts equal values, so that it agrees on money alone. The limit of the machine moves the bytes of the columns and scores once.
/// </remarks>
[MemoryDiagnoser]
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 3)]
public class RfmBenchmarks
{
    private const int Bins = 5;
    private const int BytesARow = sizeof(double) + sizeof(int) + sizeof(double) + 3;

    private CustomerId[] _ids = [];
    private double[] _days = [];
    private int[] _purchases = [];
    private double[] _money = [];
    private Buyer[] _buyers = [];
    private RfmScheme _fixed = null!;
    private Triad _triad = null!;
    private SqliteConnection _connection = null!;

    [Params(100_000, 1_000_000, 10_000_000)]
    public int Customers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        int[] places = [.. Enumerable.Range(0, Customers)];
        random.Shuffle(places);
        _ids = [.. Enumerable.Range(0, Customers).Select(i => CustomerId.Of(FormattableString.Invariant($"c{i}")))];
        _days = [.. Enumerable.Range(0, Customers).Select(_ => (double)random.Next(730))];
        _purchases = [.. Enumerable.Range(0, Customers).Select(_ => 1 + (int)(-3 * Math.Log(1 - random.NextDouble())))];
        _money = [.. places.Select(place => Math.Exp(2 + (5.0 * place / Customers)))]; // in cents some would be equal
        _buyers = [.. _days.Select((days, i) => new Buyer(days, _purchases[i], _money[i]))];
        _fixed = RfmScheme.Quintiles.Fit(Columns());
        _triad = new((long)Customers * BytesARow);
        _connection = Database();
        RfmTable ours = Ours();
        Refuse(!ours.Cells.SequenceEqual(OursAtFixedPoints().Cells), nameof(OursAtFixedPoints));
        Refuse(!ours.Cells.SequenceEqual(OursWithIds().Cells), nameof(OursWithIds));
        RfmScore[] linq = Linq();
        Refuse(Enumerable.Range(0, Customers).Any(row => linq[row] != ours[row]), nameof(Linq));
        RfmScore[] ntile = SqliteNtile();
        Refuse(Enumerable.Range(0, Customers).Any(row => ntile[row].Money != ours[row].Money), nameof(SqliteNtile));
    }

    [GlobalCleanup]
    public void Cleanup() => _connection.Dispose();

    [Benchmark(Baseline = true)]
    public RfmTable Ours() => RfmScheme.Quintiles.Score(Columns());

    [Benchmark]
    public RfmTable OursAtFixedPoints() => _fixed.Score(Columns());

    [Benchmark]
    public RfmTable OursWithIds() => RfmScheme.Quintiles.Score(Columns(_ids));

    [Benchmark]
    public RfmSegmentation OursToSegments() => RfmSegments.Default.Assign(Ours());

    [Benchmark]
    public RfmScheme FitNaturalBreaks() => RfmScheme.Of(RfmCut.NaturalBreaks(), RfmCut.NaturalBreaks(), RfmCut.NaturalBreaks()).Fit(Columns());

    [Benchmark]
    public RfmScore[] Linq()
    {
        var recency = LinqScores(buyer => -buyer.Days);
        var frequency = LinqScores(buyer => buyer.Purchases);
        var money = LinqScores(buyer => buyer.Money);
        return [.. _buyers.Select(buyer => new RfmScore(recency[-buyer.Days], frequency[buyer.Purchases], money[buyer.Money]))];
    }

    [Benchmark]
    public RfmScore[] SqliteNtile()
    {
        using SqliteCommand select = _connection.CreateCommand();
        select.CommandText =
            "SELECT place, NTILE(5) OVER (ORDER BY days DESC), NTILE(5) OVER (ORDER BY purchases), NTILE(5) OVER (ORDER BY money) FROM base";
        using SqliteDataReader reader = select.ExecuteReader();
        var scores = new RfmScore[Customers];
        while (reader.Read())
        {
            scores[reader.GetInt32(0)] = new(reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3));
        }

        return scores;
    }

    [Benchmark]
    public void LimitTriad() => _triad.Run(isPastCache: true, threads: 1);

    private RfmColumns Columns(CustomerId[]? ids = null) => new() { Ids = ids, Recency = _days, Frequency = _purchases, Money = _money };

    // Every cut at the boundary of different values nearest to its share, halves up; enough values are left for the bins here.
    private Dictionary<double, int> LinqScores(Func<Buyer, double> goodness)
    {
        var counts = _buyers.GroupBy(goodness).OrderBy(same => same.Key).Select(same => (same.Key, Customers: same.Count())).ToArray();
        var scores = new Dictionary<double, int>();
        int at = 0;
        long before = 0;
        for (int bin = 1; bin <= Bins; bin++)
        {
            int least = at + 1;
            int most = counts.Length - (Bins - bin);
            while (at < most && (bin == Bins || at < least || IsNearer(before, before + counts[at].Customers, bin)))
            {
                scores.Add(counts[at].Key, bin);
                before += counts[at++].Customers;
            }
        }

        return scores;
    }

    private bool IsNearer(long before, long after, int bin) => Math.Abs((after * Bins) - ((long)bin * Customers)) <= Math.Abs((before * Bins) - ((long)bin * Customers));

    private SqliteConnection Database()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand create = connection.CreateCommand();
        create.CommandText = "CREATE TABLE base (place INTEGER PRIMARY KEY, days INTEGER, purchases INTEGER, money REAL)";
        create.ExecuteNonQuery();
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO base VALUES ($place, $days, $purchases, $money)";
        SqliteParameter place = insert.Parameters.Add("$place", SqliteType.Integer);
        SqliteParameter days = insert.Parameters.Add("$days", SqliteType.Integer);
        SqliteParameter purchases = insert.Parameters.Add("$purchases", SqliteType.Integer);
        SqliteParameter money = insert.Parameters.Add("$money", SqliteType.Real);
        for (int row = 0; row < Customers; row++)
        {
            (place.Value, days.Value, purchases.Value, money.Value) = (row, (int)_days[row], _purchases[row], _money[row]);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return connection;
    }

    private static void Refuse(bool differs, string peer)
    {
        if (differs)
        {
            throw new InvalidOperationException($"{peer} scores otherwise, so that its time cannot be compared.");
        }
    }

    private sealed record Buyer(double Days, int Purchases, double Money);
}
