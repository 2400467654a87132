using System.Text.Json;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm compare: two dates of one log, two logs, two files of values; worked by hand.</summary>
public sealed class CompareTests
{
    private const string Thresholds = """{"schema": 1, "name": "money", "cut": "threshold", "tiers": [{"tier": "gold", "least": 50}, {"tier": "rest"}]}""";

    private static readonly string[] _log =
    [
        "customer_id,date,amount", "ada,2026-01-05,100", "bob,2026-01-06,10", "cem,2026-01-07,60", "ada,2026-01-12,30", "bob,2026-01-13,90", "dora,2026-01-14,55", "ada,2026-01-20,5",
    ];

    [Fact]
    public void Compare_TwoDates_CountsTheRevenueBetweenThem()
    {
        using var tool = new Tool();
        var run = tool.Run("compare", tool.File("log.csv", _log), "2026-01-10", "2026-01-20", "--scheme", tool.File("money.json", Thresholds), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("revenue of 10 days", run.Json.GetProperty("rankedBy").GetString());
        Assert.Equal(["gold>rest 1", "gold>inactive 1", "rest>gold 1", ">gold 1"], Moves(run.Json)); // ada 100 to 35, cem gone quiet, bob 10 to 90, dora new
        Assert.Equal((170, 180), (run.Json.GetProperty("before").GetProperty("value").GetDouble(), run.Json.GetProperty("now").GetProperty("value").GetDouble()));
        Assert.Equal("2026-01-10", run.Json.GetProperty("before").GetProperty("name").GetString());
    }

    [Fact]
    public void Compare_TwoLogs_ComparesAllThatWasSpent()
    {
        using var tool = new Tool();
        string first = tool.File("first.csv", _log[..4]);
        string second = tool.File("second.csv", [_log[0], .. _log[4..]]);
        var run = tool.Run("compare", first, second, "--scheme", tool.File("money.json", Thresholds), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            ["customer_id,tier_before,tier_now,tier_by_earlier_thresholds,value_before,value_now,move", "ada,gold,rest,rest,100,35,down", "bob,rest,gold,gold,10,90,up", "cem,gold,,,60,,gone", "dora,,gold,gold,,55,new"],
            File.ReadAllLines(Path.Combine(tool.At("out"), "compare.csv")));
        string page = File.ReadAllText(Path.Combine(tool.At("out"), "compare.html"));
        Assert.Contains("first.csv", page, StringComparison.Ordinal);
        Assert.Contains("1 moved up, 1 down, 0 stayed, 1 is new, 1 is gone.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(tool.At("first.csv"), page, StringComparison.Ordinal); // folders are nobody's business
    }

    [Fact]
    public void Compare_TwoFilesOfValues_ComparesAColumn()
    {
        using var tool = new Tool();
        string before = tool.File("before.csv", "# crm: currency=EUR", "customer_id,clv", "ada,100", "bob,10", "cem,60");
        string now = tool.File("now.csv", "customer_id,clv,other", "bob,90,x", "ada,35,y", "dora,-5,z");
        var run = tool.Run("compare", before, now, "--value", "clv", "--scheme", tool.File("money.json", Thresholds), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["gold>rest 1", "gold> 1", "rest>gold 1", ">rest 1"], Moves(run.Json));
        Assert.Equal("EUR", run.Json.GetProperty("currency").GetString());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("movement").GetProperty("expected").ValueKind);
    }

    // What crm analyze writes is what crm compare reads.
    [SharedDataFact]
    public void Compare_TwoAnalyses_ReadsWhatTheyWrote()
    {
        using var tool = new Tool();
        string file = Path.Combine(SharedData.Folder, "data", "cdnow_sample.csv");
        foreach (string day in (string[])["1997-12-31", "1998-06-30"])
        {
            Assert.Equal(0, tool.Run("analyze", file, "--until", day, "--currency", "USD", "-o", tool.At(day)).ExitCode);
        }

        var run = tool.Run("compare", Path.Combine(tool.At("1997-12-31"), "customers.csv"), Path.Combine(tool.At("1998-06-30"), "customers.csv"), "--value", "clv", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(2_357, run.Json.GetProperty("now").GetProperty("customers").GetInt64());
        Assert.Equal(2_357, run.Json.GetProperty("movement").GetProperty("moves").EnumerateArray().Sum(move => move.GetProperty("customers").GetInt64()));
    }

    // The figures of docs/models/pyramid.md. Counted from the file by another program in another language: sums of cents by customer, sorted, cut, and cut again by the least of each tier.
    [SharedDataFact]
    public void Compare_RealPurchases_CountsWhatAnotherProgramCounts()
    {
        using var tool = new Tool();
        var run = tool.Run("compare", Path.Combine(SharedData.Folder, "data", "cdnow_master.csv"), "1997-09-30", "1998-06-30", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        int[][] expected = [[69, 75, 38, 19, 35], [39, 168, 254, 208, 274], [28, 180, 646, 1_101, 1_580], [7, 105, 681, 3_440, 14_623]];
        string[] tiers = ["top", "large", "medium", "small", "inactive"];
        Assert.Equal(
            expected.Index().SelectMany(row => row.Item.Select((count, to) => FormattableString.Invariant($"{tiers[row.Index]}>{tiers[to]} {count}"))),
            Moves(run.Json));
        Assert.Equal([568.60, 248.69, 93.97], run.Json.GetProperty("movement").GetProperty("thresholds").EnumerateArray().Take(3).Select(tier => Math.Round(tier.GetProperty("least").GetDouble(), 6)));
        Assert.Equal([236, 943, 3_535, 18_856], Sizes(run.Json.GetProperty("before")));
        Assert.Equal([71, 282, 1_059, 5_646, 16_512], Sizes(run.Json.GetProperty("now")));

        static long[] Sizes(JsonElement side) => [.. side.GetProperty("tiers").EnumerateArray().Select(tier => tier.GetProperty("customers").GetInt64())];
    }

    // The same base twice: nobody moves, and no test of change says anything.
    [Fact]
    public void Compare_TheSameTwice_NobodyMoves()
    {
        using var tool = new Tool();
        string file = tool.File("values.csv", "customer_id,clv", "a,5", "b,5", "c,5", "d,9");
        var run = tool.Run("compare", file, file, "--value", "clv", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement moved = run.Json.GetProperty("movement");
        Assert.Equal((0, 0, 4), (moved.GetProperty("up").GetInt32(), moved.GetProperty("down").GetInt32(), moved.GetProperty("stayed").GetInt32()));
    }

    private static string[] Moves(JsonElement json) => [.. json.GetProperty("movement").GetProperty("moves").EnumerateArray()
        .Select(move => FormattableString.Invariant($"{move.GetProperty("from").GetString()}>{move.GetProperty("to").GetString()} {move.GetProperty("customers").GetInt32()}"))];
}
