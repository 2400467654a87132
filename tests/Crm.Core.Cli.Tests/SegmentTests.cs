using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm segment: by rules worked by hand, by RFM and discovery on a simulated shop, and what is refused.</summary>
public sealed class SegmentTests
{
    private static readonly string[] _log =
    [
        "customer_id,date,amount,product,channel",
        "ada,2026-01-10,50,lamp,web-shop",
        "ada,2026-06-20,60,lamp,web-shop",
        "ada,2026-06-28,-60,,",
        "bob,2026-02-01,500,desk,store",
        "eve,2026-06-30,20,lamp,self-service:vending-machine",
        "eve,2026-06-29,20,lamp,web-shop",
    ];

    private const string Rules = """
        {"schema": 1, "segments": [
          {"id": "lamps", "name": "Lamps by machine", "rule": {"measure": "count", "events": {"kinds": ["purchase"], "products": ["lamp"], "channelKinds": ["self-service"], "lastDays": 30}, "atLeast": 1}},
          {"id": "lamps/two", "name": "Two of them", "parent": "lamps", "rule": {"measure": "days", "events": {"products": ["lamp"]}, "atLeast": 2}},
          {"id": "spenders", "rule": {"measure": "money", "currency": "EUR", "events": {"kinds": ["purchase", "return"]}, "above": 45}},
          {"id": "locals", "rule": {"all": [{"column": "town", "is": "Bern"}, {"column": "age", "atLeast": 18}]}}]}
        """;

    [Fact]
    public void Segment_ByRules_IsTheOneWorkedByHand()
    {
        using var tool = new Tool();
        string rules = tool.File("rules.json", Rules);
        string customers = tool.File("customers.csv", "customer_id,town,age", "ada,Bern,30", "bob,Bern,", "eve,Thun,40");
        var run = tool.Run("segment", tool.File("log.csv", _log), "--currency", "EUR", "--rules", rules, "--customers", customers, "--since", "2026-06-15", "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            [
                "# crm: unit=week; until=2026-06-30; currency=EUR; zone=UTC",
                "customer_id,segment,segment_before,is_new",
                "ada,lamps|lamps/two|spenders|locals,spenders|locals,false", // 50 and 60, and 60 given back
                "bob,spenders,spenders,false",
                "eve,lamps|lamps/two,,true",
            ],
            File.ReadAllLines(Path.Combine(tool.At("out"), "segments.csv")));
        JsonElement document = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.At("out"), "segments.json"))).RootElement;
        Assert.Equal("rules", document.GetProperty("by").GetString());
        JsonElement spenders = document.GetProperty("segments")[2];
        Assert.Equal((2, 550.0, 0, 0), (spenders.GetProperty("customers").GetInt32(), spenders.GetProperty("spent").GetDouble(), spenders.GetProperty("entered").GetInt32(), spenders.GetProperty("left").GetInt32()));
        Assert.Equal(
            ["lamps lamps/two 2", "lamps spenders 1", "lamps locals 1", "lamps/two spenders 1", "lamps/two locals 1", "spenders locals 1"],
            document.GetProperty("overlaps").EnumerateArray().Select(overlap => $"{overlap.GetProperty("one").GetString()} {overlap.GetProperty("other").GetString()} {overlap.GetProperty("customers").GetInt32()}"));
        Assert.Equal(
            ["spenders lamps/two 1", "spenders spenders 1", " lamps/two 1"],
            document.GetProperty("flow").EnumerateArray().Select(stream => $"{stream.GetProperty("from").GetString()} {stream.GetProperty("to").GetString()} {stream.GetProperty("customers").GetInt32()}"));
        Assert.Equal(["segments.csv", "segments.html", "segments.json"], Directory.EnumerateFiles(tool.At("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Segment_Unasked_ScoresRecencyFrequencyAndMoney()
    {
        using var tool = new Tool();
        string log = tool.Bytes("log.csv", SmallShop.Csv);
        var run = tool.Run("segment", log, "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement document = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.At("out"), "segments.json"))).RootElement;
        string[][] rows = [.. File.ReadLines(Path.Combine(tool.At("out"), "segments.csv")).Skip(2).Select(line => line.Split(','))];
        Assert.Equal(1_500, rows.Length);
        foreach (JsonElement line in document.GetProperty("segments").EnumerateArray())
        {
            string id = line.GetProperty("id").GetString()!;
            Assert.Equal(line.GetProperty("customers").GetInt64(), rows.Count(row => row[1] == id));
            Assert.Equal(line.GetProperty("entered").GetInt64(), rows.Count(row => row[1] == id && row[2] != id));
            Assert.Equal(line.GetProperty("left").GetInt64(), rows.Count(row => row[1] != id && row[2] == id));
        }

        Assert.Equal(1_500, document.GetProperty("flow").EnumerateArray().Sum(stream => stream.GetProperty("customers").GetInt64()));
        Assert.Equal(1_500, document.GetProperty("rfm").GetProperty("squares").EnumerateArray().Sum(square => square.GetProperty("customers").GetInt64()));
        Assert.All(rows, row => Assert.All(row[4..], score => Assert.InRange(int.Parse(score, CultureInfo.InvariantCulture), 1, 5)));

        // The same on standard output, and nothing else there.
        var json = tool.Run("segment", log, "--rfm", "--json");
        Assert.Equal(document.GetProperty("segments").ToString(), json.Json.GetProperty("segments").ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(10)]
    public void Segment_WithAnotherNumberOfBins_ScoresAndNamesAll(int bins)
    {
        using var tool = new Tool();
        var run = tool.Run("segment", tool.Bytes("log.csv", SmallShop.Csv), "--bins", bins.ToString(CultureInfo.InvariantCulture), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        string[][] rows = [.. File.ReadLines(Path.Combine(tool.At("out"), "segments.csv")).Skip(2).Select(line => line.Split(','))];
        int Of(string[] row, int dimension) => int.Parse(row[4 + dimension], CultureInfo.InvariantCulture);

        // No two have spent the same, so that the bins of money are of one size but for the rounding of the cuts; more money never scores less.
        Assert.Equal(Enumerable.Range(1, bins), rows.Select(row => Of(row, 2)).Distinct().Order());
        Assert.All(rows.GroupBy(row => Of(row, 2)), bin => Assert.InRange(bin.Count(), (1_500 / bins) - 1, (1_500 / bins) + 1));
        var spent = SmallShop.Lines.Skip(1).Select(line => line.Split(',')).GroupBy(line => line[0]).ToDictionary(same => same.Key, same => same.Sum(line => decimal.Parse(line[2], CultureInfo.InvariantCulture)));
        int[] byMoney = [.. rows.OrderBy(row => spent[row[0]]).Select(row => Of(row, 2))];
        Assert.Equal(byMoney.Order(), byMoney);

        // Names are of fifths, onto which the scores are spread: 1 + 4(s - 1)/(B - 1), rounded, halves down.
        foreach (string[] row in rows)
        {
            int[] fifths = [.. Enumerable.Range(0, 3).Select(dimension => 1 + (int)Math.Ceiling((4m * (Of(row, dimension) - 1) / (bins - 1)) - 0.5m))];
            Assert.Equal(row[1] == "rfm:champions", fifths is [5, >= 4, >= 4]);
            Assert.Equal(row[1] == "rfm:cannot-lose", fifths is [<= 2, >= 4, >= 4]);
            Assert.Equal(row[1] == "rfm:new", fifths is [5, 1, _]);
            Assert.Equal(row[1] == "rfm:lost", fifths is [1, <= 2, _]);
        }
    }

    // Two kinds of customers that no one could take for one another.
    private static readonly string[] _twoKinds = ["customer_id,date,amount", .. Kind("ada", 150, 12, 100), .. Kind("bob", 150, 1, 5)];

    private static IEnumerable<string> Kind(string name, int count, int days, int amount) => Enumerable.Range(0, count).SelectMany(customer => Enumerable.Range(0, days).Select(day =>
        FormattableString.Invariant($"{name}{customer},2026-{1 + (day * 5 % 6):00}-{1 + ((day + customer) % 28):00},{amount + ((customer * 7 + day) % 10)}")));

    [Fact]
    public void Segment_Discovered_FindsTwoKindsOrSaysThatThereAreNone()
    {
        using var tool = new Tool();

        string two = tool.File("two.csv", _twoKinds);
        var found = tool.Run("segment", two, "--discover", "--json");
        Assert.True(found.ExitCode == 0, found.ToString());
        var largest = found.Json.GetProperty("segments").EnumerateArray().Select(line => line.GetProperty("customers").GetInt32()).ToArray();
        Assert.True(found.Json.GetProperty("discovery").GetProperty("found").GetBoolean());
        Assert.InRange(largest.Length, 2, 8);
        Assert.NotEqual("", found.Json.GetProperty("segments")[0].GetProperty("words").GetString());

        string few = tool.File("few.csv", ["customer_id,date,amount", .. Kind("ada", 5, 3, 10)]);
        var none = tool.Run("segment", few, "--discover", "-o", tool.At("out"));
        Assert.True(none.ExitCode == 0, none.ToString());
        Assert.Contains("No segments", File.ReadAllText(Path.Combine(tool.At("out"), "segments.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfEachWay_NeedsNothingElseAndAgreesWithTheDocument()
    {
        using var tool = new Tool();
        string log = tool.File("log.csv", _log);
        string kinds = tool.File("kinds.csv", _twoKinds);
        foreach (string[] how in (string[][])[["--rules", tool.File("rules.json", Rules[..Rules.LastIndexOf(",\n", StringComparison.Ordinal)] + "]}")], [], ["--discover"]])
        {
            var run = tool.Run(["segment", how is ["--discover"] ? kinds : log, "--currency", "EUR", "--since", "2026-06-15", "--locale", "de-DE", "-o", tool.At("out"), .. how]);
            Assert.True(run.ExitCode == 0, run.ToString());
            string html = File.ReadAllText(Path.Combine(tool.At("out"), "segments.html"));
            XDocument page = XDocument.Parse(html[html.IndexOf('<', StringComparison.Ordinal)..].Replace("<!doctype html>", "", StringComparison.Ordinal));
            Assert.Contains(page.Descendants("h2"), heading => heading.Value == "How large, and what they spent");
            Assert.Contains(page.Descendants("h2"), heading => heading.Value == "Who moved since 2026-06-15");
            Assert.DoesNotContain(page.Descendants("h2"), heading => heading.Value == "No segments");
            Assert.Empty(page.Descendants("script"));
            Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "src" or "href");
            Assert.All(page.Descendants("svg"), drawing => Assert.False(string.IsNullOrEmpty(drawing.Element("title")?.Value) || string.IsNullOrEmpty(drawing.Element("desc")?.Value)));
            Assert.DoesNotContain("ada", page.ToString(), StringComparison.Ordinal); // the page is of segments, and names nobody
            Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string[], string> Refused => new()
    {
        { "unknown column", ["{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"ltv\", \"atLeast\": 1}}]}"], "segments[0].rule (of a): there is no column ltv; declared are value, p-alive, tier, occasions, spent, last-purchase" },
        { "no JSON", ["{\"schema\": 1"], "rules.json: The segments are no JSON" },
        { "another currency", [Rules.Replace("EUR", "USD", StringComparison.Ordinal).Replace("{\"column\": \"town\", \"is\": \"Bern\"}, {\"column\": \"age\", \"atLeast\": 18}", "{\"column\": \"occasions\", \"atLeast\": 1}", StringComparison.Ordinal)], "the amounts of" },
        { "what transactions do not say", ["{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"membership\": \"club\", \"is\": true}}]}"], "member of club: transactions do not say it" },
        { "visits", ["{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"measure\": \"count\", \"events\": {\"kinds\": [\"visit\"]}, \"atLeast\": 1}}]}"], "transactions are purchases and returns only" },
        { "never", ["{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"occasions\", \"above\": 3, \"below\": 2}}]}"], "matches nobody" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Segment_RulesThatAreWrong_AreRefusedWithTheirPlace(string name, string[] rules, string said)
    {
        using var tool = new Tool();
        var run = tool.Run("segment", tool.File("log.csv", _log), "--currency", "EUR", "--rules", tool.File("rules.json", rules), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 1 && run.Output.Length == 0, $"{name}: {run}");
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    // crm score would read other segments out of segments.csv, so none of these is ever written there.
    [Fact]
    public void Segment_IdsThatAFileCannotHold_AreAllRefused()
    {
        using var tool = new Tool();
        string rules = tool.File("rules.json", """
            {"schema": 1, "segments": [
              {"id": "a|b", "rule": {"column": "occasions", "atLeast": 1}}, {"id": "b", "rule": {"column": "occasions", "atLeast": 5}},
              {"id": "default", "rule": {"column": "occasions", "atLeast": 1}}, {"id": " sp ", "rule": {"column": "occasions", "atLeast": 1}}]}
            """);
        var run = tool.Run("segment", tool.File("log.csv", _log), "--rules", rules, "-o", tool.At("out"));
        Assert.True(run.ExitCode == 1 && run.Output.Length == 0, run.ToString());
        Assert.All(["rules.json", "segments[0].id is 'a|b'", "segments[2].id is 'default'", "segments[3].id is ' sp '"], said => Assert.Contains(said, run.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("segments[1]", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Segment_FilesWithout_SaysWhatIsMissing()
    {
        using var tool = new Tool();
        string plain = tool.File("plain.csv", "customer_id,date", "ada,2026-01-10");
        Assert.Contains("the file has no amounts", tool.Run("segment", plain).Error, StringComparison.Ordinal);
        string rules = tool.File("rules.json", "{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"measure\": \"count\", \"events\": {\"products\": [\"lamp\"]}, \"atLeast\": 1}}]}");
        Assert.Contains("has no column product", tool.Run("segment", plain, "--rules", rules).Error, StringComparison.Ordinal);
        Assert.Contains("cannot be read", tool.Run("segment", plain, "--rules", tool.At("gone.json")).Error, StringComparison.Ordinal);
        Assert.Contains("is a directory", tool.Run("segment", plain, "--rules", tool.Folder).Error, StringComparison.Ordinal);
        string inEuros = tool.File("euros.json", "{\"schema\": 1, \"segments\": [{\"id\": \"a\", \"rule\": {\"column\": \"spent\", \"unit\": \"EUR\", \"atLeast\": 1}}]}");
        Assert.Contains("say --currency", tool.Run("segment", tool.File("amounts.csv", "customer_id,date,amount", "ada,2026-01-10,5"), "--rules", inEuros).Error, StringComparison.Ordinal);
        Assert.Contains("must lie before the last day", tool.Run("segment", plain, "--since", "2026-01-10", "--rules", rules).Error, StringComparison.Ordinal);
        string log = tool.File("log.csv", _log);
        Assert.Contains("nobody had bought by 2025-01-01", tool.Run("segment", log, "--since", "2025-01-01").Error, StringComparison.Ordinal);
        string twice = tool.File("customers.csv", "customer_id,town", "ada,Bern", "ada,Thun");
        Assert.Contains("customers.csv", tool.Run("segment", log, "--rules", rules, "--customers", twice).Error, StringComparison.Ordinal);
        string taken = tool.File("customers.csv", "customer_id,tier", "ada,gold");
        Assert.Contains("the column tier has the name of one that is computed", tool.Run("segment", log, "--rules", rules, "--customers", taken).Error, StringComparison.Ordinal);
        var two = tool.Run("segment", log, "--rfm", "--discover");
        Assert.Equal(2, two.ExitCode);
        Assert.Contains("Give one of them", two.Error, StringComparison.Ordinal);
        Assert.Equal(2, tool.Run("segment", log, "--customers", twice).ExitCode);
        Assert.Equal(2, tool.Run("segment", log, "--bins", "1").ExitCode);
    }

    // The rules' models are those of crm analyze.
    [Fact]
    public void Segment_RulesAboutModels_AgreeWithTheAnalysis()
    {
        using var tool = new Tool();
        string log = tool.Bytes("log.csv", SmallShop.Csv);
        string rules = tool.File("rules.json", "{\"schema\": 1, \"segments\": [{\"id\": \"top\", \"rule\": {\"column\": \"tier\", \"is\": \"top\"}}, {\"id\": \"alive\", \"rule\": {\"column\": \"p-alive\", \"atLeast\": 0.5}}]}");
        var run = tool.Run("segment", log, "--rules", rules, "-o", tool.At("s"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(0, tool.Run("analyze", log, "-o", tool.At("a")).ExitCode);
        var analysed = File.ReadLines(Path.Combine(tool.At("a"), "customers.csv")).Skip(2).Select(line => line.Split(',')).ToDictionary(row => row[0]);
        foreach (string[] row in File.ReadLines(Path.Combine(tool.At("s"), "segments.csv")).Skip(2).Select(line => line.Split(',')))
        {
            Assert.Equal(analysed[row[0]][1] == "top", row[1].Split('|').Contains("top"));
            Assert.Equal(double.Parse(analysed[row[0]][7], CultureInfo.InvariantCulture) >= 0.5, row[1].Split('|').Contains("alive"));
        }
    }
}
