using System.Globalization;
using System.Text;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm segment where something is odd: options without effect, files in other encodings, ids that do not fit, a write that fails, a stop.</summary>
public sealed class SegmentFaultTests
{
    private static readonly string[] _log = ["customer_id,date,amount", "1,2026-01-10,50", "2,2026-02-01,500", "2,2026-06-20,10"];

    private const string Anybody = """{"schema": 1, "segments": [{"id": "all", "rule": {"column": "occasions", "atLeast": 1}}]}""";

    [Theory]
    [InlineData("--bins", "--rules rules.json --bins 3")]
    [InlineData("--bins", "--discover --bins 3")]
    [InlineData("--bins", "--scheme scheme.json --bins 3")]
    [InlineData("--scheme", "--rules rules.json --scheme scheme.json")]
    [InlineData("--scheme", "--discover --scheme scheme.json")]
    [InlineData("--seed", "--seed 5")]
    [InlineData("--seed", "--rfm --seed 5")]
    [InlineData("--seed", "--rules rules.json --seed 5")]
    [InlineData("--locale", "--locale de-DE")]
    [InlineData("--margin", "--margin 30%")]
    [InlineData("--discount", "--discover --discount 5%/y")]
    [InlineData("--horizon", "--horizon 12m")]
    [InlineData("standard input", "--scheme -")]
    public void Segment_AnOptionWithoutEffect_IsRefused(string named, string line)
    {
        using var tool = new Tool();
        var run = tool.Run(["segment", tool.File("log.csv", _log), .. line.Split(' ').Select(word => word.EndsWith(".json", StringComparison.Ordinal) ? tool.File(word, Anybody) : word)]);
        Assert.True(run.ExitCode == ExitCode.Usage && run.Output.Length == 0, run.ToString());
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Since_ADayByWhichAllWasGivenBack_IsRefusedWhereItWasAskedFor()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", "customer_id,date,amount", "ada,2026-01-01,10", "ada,2026-01-05,-10", "bob,2026-02-10,5", "bob,2026-03-10,5");
        var asked = tool.Run("segment", log, "--since", "2026-01-20", "--json");
        Assert.Equal(ExitCode.Data, asked.ExitCode);
        Assert.Contains("nobody had bought by 2026-01-20, the day of --since", asked.Error, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, tool.Run("segment", log, "--until", "2026-04-15", "--json").Json.GetProperty("since").ValueKind);
    }

    [Fact]
    public void Rules_InAnotherEncoding_AreReadOrRefusedAndNeverGuessed()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        string customers = tool.File("customers.csv", "customer_id,town", "1,Zürich", "2,Bern");
        string json = "{\"schema\": 1,\n \"segments\": [\n{\"id\": \"z\", \"rule\": {\"column\": \"town\", \"is\": \"Zürich\"}}]}";
        foreach (Encoding readable in (Encoding[])[new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var run = tool.Run("segment", log, "--rules", tool.Bytes("rules.json", [.. readable.Preamble, .. readable.GetBytes(json)]), "--customers", customers, "--json");
            Assert.True(run.ExitCode == 0, run.ToString());
            Assert.Equal(1, run.Json.GetProperty("segments")[0].GetProperty("customers").GetInt32());
        }

        var refused = tool.Run("segment", log, "--rules", tool.Bytes("rules.json", Encoding.Latin1.GetBytes(json)), "--customers", customers);
        Assert.Equal(ExitCode.Data, refused.ExitCode);
        Assert.Contains("rules.json is not in UTF-8: line 3", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Save the file as UTF-8", refused.Error, StringComparison.Ordinal);
    }

    // Only what it remedies is followed by it.
    [Fact]
    public void Rules_RefusedForAnythingElse_AreNotToldToNameACurrency()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        ToolRun Refused(string rule) => tool.Run("segment", log, "--rules", tool.File("rules.json", $$$"""{"schema": 1, "segments": [{"id": "a", "rule": {{{rule}}}}]}"""));
        Assert.DoesNotContain("--currency", Refused("""{"column": "town", "is": "Bern"}""").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("--currency", Refused("""{"column": "occasions", "unit": "EUR", "atLeast": 1}""").Error, StringComparison.Ordinal);
        Assert.Contains("say --currency", Refused("""{"column": "value", "unit": "EUR", "atLeast": 1}""").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Customers_AColumnWithZerosInFront_IsText()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        string customers = tool.File("customers.csv", "customer_id,zip,share,debt", "1,08001,0.5,-0", "2,3000,0,12");
        ToolRun By(string rule) => tool.Run("segment", log, "--json", "--customers", customers, "--rules", tool.File("rules.json", $$$"""{"schema": 1, "segments": [{"id": "a", "rule": {{{rule}}}}]}"""));
        foreach (string rule in (string[])["""{"column": "zip", "is": "08001"}""", """{"column": "share", "atLeast": 0.5}""", """{"column": "debt", "atMost": 0}"""])
        {
            var run = By(rule);
            Assert.True(run.ExitCode == 0, run.ToString());
            Assert.Equal(1, run.Json.GetProperty("segments")[0].GetProperty("customers").GetInt32());
        }

        Assert.Equal(ExitCode.Data, By("""{"column": "zip", "atLeast": 1}""").ExitCode);
    }

    [Fact]
    public void Customers_WhoFitsOrDoesNot_IsSaid()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        string rules = tool.File("rules.json", """{"schema": 1, "segments": [{"id": "z", "rule": {"column": "town", "is": "Bern"}}]}""");
        string[] line = ["segment", log, "--rules", rules, "--customers"];
        string some = tool.File("some.csv", "customer_id,town", "2,Bern", "3,Bern", "4,Thun");
        var fits = tool.Run([.. line, some, "--json"]);
        JsonElement found = fits.Json.GetProperty("customersFile");
        Assert.Equal((some, 3, 1, 2, 2), (found.GetProperty("file").GetString(), found.GetProperty("rows").GetInt32(), found.GetProperty("found").GetInt32(),
            found.GetProperty("customers").GetInt32(), found.GetProperty("rowsOfNobody").GetInt32()));
        Assert.Equal("", fits.Error);
        Assert.Matches(@"Of 2 customers 1 is in \S+some.csv; 2 of its 3 rows are of\s+nobody", tool.Run([.. line, some]).Output);

        // Ids that were a number once, and lost their zeros.
        string none = tool.File("none.csv", "customer_id,town", "01,Bern", "02,Bern");
        var strange = tool.Run([.. line, none, "--json"]);
        Assert.Equal(0, strange.ExitCode);
        Assert.Equal(0, strange.Json.GetProperty("customersFile").GetProperty("found").GetInt32());
        Assert.Contains("None of the customers is in", strange.Error, StringComparison.Ordinal);
        Assert.Contains("zeros in front", tool.Run([.. line, none]).Output, StringComparison.Ordinal);
    }

    // Sixty segments within each other: who is in two of them is in the smaller one, and everybody is in many.
    [Fact]
    public void Overlaps_OfManySegments_AreThoseOfTheRows()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", ["customer_id,date,amount", .. Enumerable.Range(0, 200).Select(at => string.Create(CultureInfo.InvariantCulture, $"{at},2026-01-10,{at}"))]);
        string rules = tool.File(
            "rules.json",
            "{\"schema\": 1, \"segments\": [",
            string.Join(",\n", Enumerable.Range(1, 60).Select(at => $$$"""{"id": "s{{{at}}}", "rule": {"column": "spent", "atLeast": {{{at * 3}}}}}""")),
            "]}");
        var run = tool.Run("segment", log, "--rules", rules, "--json", "--locale", "en", "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        HashSet<string>[] rows = [.. File.ReadLines(Path.Combine(tool.At("out"), "segments.csv")).Skip(2).Select(line => line.Split(',')[1].Split('|').ToHashSet())];
        JsonElement[] overlaps = [.. run.Json.GetProperty("overlaps").EnumerateArray()];
        Assert.Equal(60 * 59 / 2, overlaps.Length);
        Assert.All(overlaps, overlap => Assert.Equal(
            rows.Count(row => row.Contains(overlap.GetProperty("one").GetString()!) && row.Contains(overlap.GetProperty("other").GetString()!)), overlap.GetProperty("customers").GetInt32()));
        Assert.Contains("The 100 largest of 1,770; segments.json has all.", File.ReadAllText(Path.Combine(tool.At("out"), "segments.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_WithMarkupInNamesAndQuotedIds_ShowsAndWritesThemAsTheyAre()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", "customer_id,date,amount", "\"a,b\",2026-01-10,20", "\"q\"\"x\",2026-03-10,30");
        string rules = tool.File("rules.json", """{"schema": 1, "segments": [{"id": "<b>&", "name": "<script>alert(1)</script>\u202eevil", "rule": {"column": "occasions", "atLeast": 1}}]}""");
        var run = tool.Run("segment", log, "--rules", rules, "--locale", "en", "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        string page = File.ReadAllText(Path.Combine(tool.At("out"), "segments.html"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.Equal(["\"a,b\",<b>&", "\"q\"\"x\",<b>&"], File.ReadLines(Path.Combine(tool.At("out"), "segments.csv")).Skip(2));

        // crm score reads the same customers and the same segment.
        string offers = tool.File("offers.csv", "offer_id,utility,brand,relationship,cost,time", "one,1,0,0,0,0");
        string weights = tool.File("weights.json", """{"schema": 1, "default": {"utility": 1, "brand": 1, "relationship": 1, "cost": 1, "time": 1}, "segments": [{"segment": "<b>&", "utility": 5}]}""");
        var score = tool.Run("score", offers, "--weights", weights, "--customers", Path.Combine(tool.At("out"), "segments.csv"), "-o", tool.At("scores.csv"));
        Assert.True(score.ExitCode == 0, score.ToString());
        Assert.All(File.ReadLines(tool.At("scores.csv")).Skip(2), line => Assert.Contains(",one,5,", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Segment_AFileThatCannotBeWritten_LeavesNothing()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        Directory.CreateDirectory(Path.Combine(tool.At("out"), "segments.html")); // the last of the three
        var run = tool.Run("segment", log, "-o", tool.At("out"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("segments.html", run.Error, StringComparison.Ordinal);
        Assert.Equal(["segments.html"], Directory.EnumerateFileSystemEntries(tool.At("out")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--rfm")]
    [InlineData("--discover")]
    [InlineData("--rules")]
    public void Segment_Cancelled_WritesNothing(string way)
    {
        using var tool = new Tool();
        string[] how = way == "--rules" ? [way, tool.File("rules.json", Anybody)] : [way];
        var run = Tool.RunWith([], ["segment", tool.File("log.csv", _log), "-o", tool.At("out"), .. how], new CancellationToken(canceled: true));
        Assert.True(run.ExitCode == ExitCode.Cancelled && run.Output.Length == 0, run.ToString());
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Page_WhereSomeAreInNoSegment_SaysHowManyAreInOne()
    {
        using var tool = new Tool();
        string rules = tool.File("rules.json", """{"schema": 1, "segments": [{"id": "rich", "rule": {"column": "spent", "atLeast": 100}}]}""");
        Assert.Equal(0, tool.Run("segment", tool.File("log.csv", _log), "--rules", rules, "-o", tool.At("out")).ExitCode);
        Assert.Contains("1 of 2 customers in 1 segment, by the rules of a file", File.ReadAllText(Path.Combine(tool.At("out"), "segments.html")), StringComparison.Ordinal);
    }
}
