using System.Text.Json;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Segments;

namespace Crm.Core.Cli.Tests;

/// <summary>crm segment --scheme: scores at points of one's own, worked by hand, and at those of an earlier run.</summary>
public sealed class SegmentSchemeTests
{
    private static readonly string[] _log =
    [
        "customer_id,date,amount",
        "ada,2026-06-01,60", "ada,2026-06-30,60", // 0 days ago, twice, 120
        "bob,2026-04-15,40", // 76 days ago, once, 40
        "cyd,2025-01-01,500", "cyd,2026-01-01,1", // 180 days ago, twice, 501
    ];

    private const string Own = """
        {"schema": 1, "recency": {"cut": "own", "unit": "days", "points": [30, 90]}, "frequency": {"cut": "own", "unit": "purchases", "points": [2]},
         "money": {"cut": "own", "unit": "EUR", "points": [50, 100, 500]}}
        """;

    [Fact]
    public void Scheme_OfOwnPoints_ScoresAsWorkedByHand()
    {
        using var tool = new Tool();
        var run = tool.Run("segment", tool.File("log.csv", _log), "--currency", "EUR", "--scheme", tool.File("own.json", Own), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["ada,3,2,3", "bob,2,1,1", "cyd,1,2,4"], Scores(tool, "out"));
        JsonElement document = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.At("out"), "segments.json"))).RootElement;
        Assert.Equal(RfmScheme.FromJson(Own), RfmScheme.FromJson(document.GetProperty("rfm").GetProperty("scheme").GetRawText()));
        string notes = document.GetProperty("notes").ToString();
        Assert.Contains("Scores from 1 to 3 for recency, 2 for frequency and 4 for money", notes, StringComparison.Ordinal);
        Assert.Contains("own.json. Frequency and money are totals that hardly ever fall", notes, StringComparison.Ordinal);
    }

    // Others came, and those who were there score as they did: half a year on as half a year on, and not by the new ones.
    [Fact]
    public void Scheme_OfAnEarlierAnswer_ScoresAtItsPoints()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        Assert.Equal(0, tool.Run("segment", log, "-o", tool.At("first")).ExitCode);
        string more = tool.File("more.csv", [.. _log, "dan,2026-06-30,9000", "eve,2026-06-30,9000", "fay,2026-06-29,8000"]);
        var run = tool.Run("segment", more, "--scheme", Path.Combine(tool.At("first"), "segments.json"), "-o", tool.At("second"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(Scores(tool, "first"), Scores(tool, "second")[..3]);
        Assert.NotEqual(Scores(tool, "first"), Scores(tool, "third", more)[..3]);

        // A scheme that says how to cut and not where is fitted to who is there.
        string open = tool.File("open.json", """{"schema": 1, "recency": {"cut": "quantiles", "bins": 3}, "frequency": {"cut": "quantiles", "bins": 3}, "money": {"cut": "naturalBreaks", "bins": 2}}""");
        Assert.Equal(["ada,3,3,1", "bob,2,1,1", "cyd,1,3,2"], Scores(tool, "open", log, "--scheme", open));
    }

    [Theory]
    [InlineData("""{"schema": 1, "recency": {"cut": "own", "unit": "weeks", "points": [30]}, "frequency": {"cut": "quantiles"}, "money": {"cut": "other"}}""", "recency.unit is another, expected days; money.cut is unknown")]
    [InlineData("""{"schema": 2}""", "schema 2; this version reads schema 1")]
    [InlineData("""{"schema": 1, "recency": """, "at line 2")]
    [InlineData("""{"rfm": {"scheme": {"schema": 1}}}""", "recency is missing; frequency is missing; money is missing")]
    [InlineData("\"\\ud800\"", "scheme.json")]
    public void Scheme_ThatIsNone_IsRefusedWithItsPlace(string json, string said)
    {
        using var tool = new Tool();
        var run = tool.Run("segment", tool.File("log.csv", _log), "--scheme", tool.File("scheme.json", json), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 1 && run.Output.Length == 0, run.ToString());
        Assert.Contains("scheme.json", run.Error, StringComparison.Ordinal);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Scheme_OfAnotherCurrency_IsRefused()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        string own = tool.File("own.json", Own);
        Assert.Contains("own.json: its points of money are in EUR, and the amounts are in no named currency. Say --currency", tool.Run("segment", log, "--scheme", own).Error, StringComparison.Ordinal);
        Assert.Contains("its points of money are in EUR, and the amounts are in USD", tool.Run("segment", log, "--currency", "USD", "--scheme", own).Error, StringComparison.Ordinal);
        Assert.Contains("would overwrite --scheme", tool.Run("segment", log, "--scheme", Copied(tool, own), "-o", tool.At("kept")).Error, StringComparison.Ordinal);
    }

    // Words that compare customers hold of nobody where all are alike, and it is said.
    [Fact]
    public void Segment_AllWhoBoughtOnce_SaysThatFrequencySaysNothing()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", "customer_id,date,amount", "a,2026-01-10,10", "b,2026-02-10,20", "c,2026-03-10,30", "d,2026-04-10,40");
        var run = tool.Run("segment", log, "-o", tool.At("out"));
        Assert.Contains("Frequency tells nobody apart: all bought on the same number of days.", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Money tells nobody apart", run.Output, StringComparison.Ordinal);
        string page = File.ReadAllText(Path.Combine(tool.At("out"), "segments.html"));
        Assert.Contains("frequency is not cut, since all bought on as many days", page, StringComparison.Ordinal);
        Assert.DoesNotContain("repeatedly", page, StringComparison.Ordinal);
        string kept = tool.Run("segment", tool.File("more.csv", _log), "--scheme", Path.Combine(tool.At("out"), "segments.json")).Output;
        Assert.Matches(@"Frequency tells nobody apart: by the points of \S+segments.json all\s+score the same", kept);
    }

    private static string Copied(Tool tool, string file)
    {
        Directory.CreateDirectory(tool.At("kept"));
        File.Copy(file, Path.Combine(tool.At("kept"), "segments.json"));
        return Path.Combine(tool.At("kept"), "segments.json");
    }

    // Customer and scores of each line, in the order of the file.
    private static string[] Scores(Tool tool, string folder, string? log = null, params string[] more)
    {
        if (log is not null)
        {
            var run = tool.Run(["segment", log, "-o", tool.At(folder), .. more]);
            Assert.True(run.ExitCode == 0, run.ToString());
        }

        return [.. File.ReadLines(Path.Combine(tool.At(folder), "segments.csv")).Skip(1).Select(line => line.Split(',')).ToArray() is [var header, .. var rows]
            ? rows.Select(row => string.Join(',', [row[0], .. row[^3..]])) : []];
    }
}
