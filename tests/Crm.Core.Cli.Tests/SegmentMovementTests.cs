using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm segment --since: who stayed, moved, came and went, worked by hand and on bases in which nothing changes.</summary>
public sealed class SegmentMovementTests
{
    private static readonly string[] _allGivenBack =
    [
        "customer_id,date,amount",
        "ada,2026-01-10,50",
        "ada,2026-06-25,-50",
        "bob,2026-02-01,500",
        "bob,2026-06-20,10",
    ];

    private const string Rules = """
        {"schema": 1, "segments": [{"id": "all", "rule": {"column": "occasions", "atLeast": 1}}, {"id": "rich", "rule": {"column": "spent", "atLeast": 400}}]}
        """;

    // ada gave back all she had bought between the two days: she is a customer of the first only.
    [Theory]
    [InlineData("--rfm")]
    [InlineData("--rules")]
    public void Since_WhoGaveAllBack_IsGoneFromTheirSegment(string way)
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _allGivenBack);
        string[] how = way == "--rules" ? [way, tool.File("rules.json", Rules)] : [way];
        var run = tool.Run(["segment", log, "--since", "2026-06-15", "--json", "-o", tool.At("out"), .. how]);
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement movement = run.Json.GetProperty("movement");
        Assert.Equal((0, 1), (movement.GetProperty("new").GetInt32(), movement.GetProperty("gone").GetInt32()));
        Assert.Equal(1, movement.GetProperty("stayed").GetInt32() + movement.GetProperty("moved").GetInt32());
        JsonElement gone = Assert.Single(run.Json.GetProperty("flow").EnumerateArray(), stream => stream.GetProperty("areGone").GetBoolean());
        Assert.Equal(1, gone.GetProperty("customers").GetInt32());
        Assert.Equal(JsonValueKind.Null, gone.GetProperty("to").ValueKind);
        string from = gone.GetProperty("from").GetString()!;
        Assert.Equal(1, run.Json.GetProperty("segments").EnumerateArray().Single(line => line.GetProperty("id").GetString() == from).GetProperty("left").GetInt32());
        if (way == "--rules")
        {
            Assert.Equal("all", from);
            Assert.Equal([1, 0], run.Json.GetProperty("segments").EnumerateArray().Select(line => line.GetProperty("left").GetInt32()));
        }

        string html = File.ReadAllText(Path.Combine(tool.At("out"), "segments.html"));
        Assert.Contains("(gone)", html, StringComparison.Ordinal);
        Assert.Contains("1 customer gave all back, and is gone.", html, StringComparison.Ordinal);
        Assert.Equal(["bob"], File.ReadLines(Path.Combine(tool.At("out"), "segments.csv")).Skip(2).Select(line => line.Split(',')[0]));
        string table = tool.Run(["segment", log, "--since", "2026-06-15", .. how]).Output;
        Assert.Contains("(gone)", table, StringComparison.Ordinal);
    }

    // a stays in "all", which is the first of equally deep ones, and leaves "recent"; b comes into it and into "rich".
    [Fact]
    public void Since_OverlappingSegments_CountsWhoCameIntoOrLeftAny()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", "customer_id,date,amount", "a,2026-05-20,10", "b,2026-01-11,10", "b,2026-06-20,100", "c,2026-01-11,1");
        string rules = tool.File("rules.json", """
            {"schema": 1, "segments": [
              {"id": "all", "rule": {"column": "occasions", "atLeast": 1}}, {"id": "rich", "rule": {"column": "spent", "atLeast": 50}},
              {"id": "recent", "rule": {"measure": "count", "events": {"kinds": ["purchase"], "lastDays": 30}, "atLeast": 1}}]}
            """);
        string[] line = ["segment", log, "--rules", rules, "--since", "2026-05-31", "--until", "2026-06-30"];
        var run = tool.Run([.. line, "--json", "-o", tool.At("out")]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("""{"stayed":3,"moved":0,"new":0,"gone":0,"changed":2}""", JsonSerializer.Serialize(run.Json.GetProperty("movement")));
        Assert.Contains(run.Json.GetProperty("notes").EnumerateArray(), note => note.GetString()!.Contains("of equally deep ones in the first in the file", StringComparison.Ordinal));
        string html = File.ReadAllText(Path.Combine(tool.At("out"), "segments.html"));
        Assert.Contains("Since 2026-05-31, 2 customers came into or left a segment.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("0 customers moved", html, StringComparison.Ordinal);
        Assert.Contains("of equally deep ones in the first in the file", html, StringComparison.Ordinal);
        Assert.Matches(@"came into or left any segment[^\n]* 2 ", tool.Run(line).Output);
    }

    // All buy at a constant rhythm that fits into the 13 weeks between the two days: on both days everybody stands where they stood among the others.
    [Fact]
    public void Since_RhythmsThatFitBetweenTheDays_NobodyMoves()
    {
        var (moved, up, down) = Moves([7, 13, 91], 730, new Random(4));
        Assert.Equal((0, 0, 0), (moved, up, down));
    }

    // Any constant rhythms: the days since the last purchase are drawn anew for the other day, and one order of the two is as likely as the other. Each
    // move is then up or down as a coin falls, whose sum stays within 4 standard deviations.
    [Fact]
    public void Since_AnyConstantRhythms_AsManyMoveUpAsDown()
    {
        var (moved, up, down) = Moves([.. Enumerable.Range(10, 50)], 200, new Random(5));
        Assert.InRange(moved, 1, 499);
        Assert.Equal(moved, up + down);
        Assert.InRange(Math.Abs(up - down), 0, 4 * Math.Sqrt(moved));
    }

    // How many of 500 customers move, who have bought for so many days, each in one of the rhythms.
    private static (int Moved, int Up, int Down) Moves(int[] rhythms, int days, Random random)
    {
        using var tool = new Tool();
        var lines = new List<string> { "customer_id,date,amount" };
        var first = new DateOnly(2024, 1, 1);
        for (int customer = 0; customer < 500; customer++)
        {
            int gap = rhythms[customer % rhythms.Length];
            for (int day = random.Next(gap); day < days; day += gap)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{customer},{first.AddDays(day):yyyy-MM-dd},10"));
            }
        }

        var run = tool.Run("segment", tool.File("log.csv", [.. lines]), "--until", first.AddDays(days - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());

        // The table of segments goes from the best down.
        var places = run.Json.GetProperty("segments").EnumerateArray().Select((line, place) => (Id: line.GetProperty("id").GetString()!, place)).ToDictionary(entry => entry.Id, entry => entry.place);
        var moves = run.Json.GetProperty("flow").EnumerateArray()
            .Select(stream => (By: places[stream.GetProperty("to").GetString()!] - places[stream.GetProperty("from").GetString()!], Customers: stream.GetProperty("customers").GetInt32())).ToArray();
        return (run.Json.GetProperty("movement").GetProperty("moved").GetInt32(),
            moves.Where(move => move.By < 0).Sum(move => move.Customers), moves.Where(move => move.By > 0).Sum(move => move.Customers));
    }
}
