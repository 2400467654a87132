using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm pyramid: tiers, movement, claims and figures of a log worked by hand; of real purchases against a count from the file itself.</summary>
public sealed class PyramidTests
{
    private const string Halves = """{"schema": 1, "name": "halves", "cut": "shareOfCustomers", "tiers": [{"tier": "best", "share": 0.5}, {"tier": "rest", "share": 0.5}]}""";

    // Two spans of ten days: 1 to 10 and 11 to 20 January. Ada falls, bob rises, cem leaves, dora is new, eve bought only before both.
    private static readonly string[] _log =
    [
        "customer_id,date,amount", "eve,2026-01-01,1", "ada,2026-01-05,100", "bob,2026-01-06,10", "cem,2026-01-07,60", "fay,2026-01-08,20", "ada,2026-01-12,30", "bob,2026-01-13,90", "dora,2026-01-14,55",
        "fay,2026-01-20,25",
    ];

    private static JsonElement Json(Tool tool, params string[] args)
    {
        var run = tool.Run(["pyramid", .. args, "--json"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Json;
    }

    private static (string, long)[] Tiers(JsonElement of) => [.. of.EnumerateArray().Select(tier => (tier.GetProperty("tier").GetString()!, tier.GetProperty("customers").GetInt64()))];

    [Fact]
    public void Pyramid_ALogByHand_HasItsTiersAndMoves()
    {
        using var tool = new Tool();
        JsonElement json = Json(tool, tool.File("log.csv", _log), "--scheme", tool.File("halves.json", Halves), "--days", "10");
        Assert.Equal("revenue of 10 days", json.GetProperty("rankedBy").GetString());
        Assert.Equal([("best", 2), ("rest", 2), ("inactive", 2)], Tiers(json.GetProperty("tiers"))); // bob 90, dora 55; ada 30, fay 25; cem, eve
        JsonElement moved = json.GetProperty("movement");
        Assert.Equal("2026-01-10", moved.GetProperty("before").GetString());
        Assert.Equal(20, moved.GetProperty("thresholds")[0].GetProperty("least").GetDouble()); // of ada 100, cem 60, fay 20, bob 10, eve 1 half are three: round(2.5) is 3
        Assert.Equal(
            ["best>best 2", "best>inactive 1", "rest>best 1", "rest>inactive 1", ">best 1"],
            moved.GetProperty("moves").EnumerateArray().Select(move => FormattableString.Invariant($"{move.GetProperty("from").GetString()}>{move.GetProperty("to").GetString()} {move.GetProperty("customers").GetInt32()}")));
        Assert.Equal((1, 2, 2, 1, 0), (Number(moved, "up"), Number(moved, "down"), Number(moved, "stayed"), Number(moved, "came"), Number(moved, "left")));
        JsonElement canMove = Claim(json, "CustomersCanMoveUp");
        Assert.Equal(0.2, canMove.GetProperty("value").GetDouble(), 1e-12); // bob, of the five who were there
        Assert.Equal(0.725, Claim(json, "ExistingCustomersBringRevenue").GetProperty("value").GetDouble(), 1e-12); // all but dora's 55 of 200
        Assert.Equal("cannot tell", Claim(json, "TopFifthBringsProfit").GetProperty("verdict").GetString());
    }

    [Fact]
    public void Pyramid_AMarginAndFixedCosts_SayWhatAMoveDoesToProfit()
    {
        using var tool = new Tool();
        JsonElement json = Json(tool, tool.File("log.csv", _log), "--scheme", tool.File("halves.json", Halves), "--days", "10", "--margin", "50%", "--fixed-costs", "80");
        Assert.Equal(100, json.GetProperty("figures").EnumerateArray().Sum(tier => tier.GetProperty("contribution").GetDouble()), 1e-9);

        // 2 % of the two in the rest: 0.04 of a customer, each bringing 72.5 instead of 27.5; the profit is 100 less 80.
        JsonElement every = json.GetProperty("whatIf")[0];
        Assert.Equal(0.04 * 45 / 200, every.GetProperty("revenue").GetDouble(), 1e-9);
        Assert.Equal(0.04 * 22.5 / 20, every.GetProperty("profit").GetDouble(), 1e-9);
    }

    [Fact]
    public void Pyramid_AFileOfCustomers_ShowsProfitMarketingSatisfactionGroupsAndProspects()
    {
        using var tool = new Tool();
        string customers = tool.File(
            "customers.csv", "customer_id,profit,marketing,satisfaction,rung,layer", "ada,10,1,9,fan,", "bob,40,1,7,regular,", "cem,0,1,3,regular,", "dora,-5,1,,new,", "eve,0,1,,,", "fay,5,1,8,fan,",
            "gus,,3,,,prospect", "hal,,2,,,suspect");
        JsonElement json = Json(tool, tool.File("log.csv", _log), "--scheme", tool.File("halves.json", Halves), "--days", "10", "--customers", customers, "--group", "rung", "--other-marketing", "9");
        Assert.Equal([("best", 2), ("rest", 2), ("inactive", 2), ("prospect", 1), ("suspect", 1)], Tiers(json.GetProperty("tiers")));
        Assert.Equal(14.0 / 20, json.GetProperty("marketingShareOfNonCustomers").GetDouble(), 1e-12);
        JsonElement fans = json.GetProperty("groups")[0];
        Assert.Equal(("fan", 55, 15, 8.5), (fans.GetProperty("name").GetString(), fans.GetProperty("revenue").GetDouble(), fans.GetProperty("contribution").GetDouble(), fans.GetProperty("satisfaction").GetDouble()));
        Assert.Equal(["fan", "new", "regular", "(none)"], json.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.NotEqual(JsonValueKind.Null, json.GetProperty("satisfaction").ValueKind);

        // Ranked by a column of the file nobody's move is known.
        JsonElement byProfit = Json(tool, tool.File("log.csv", _log), "--scheme", tool.File("halves.json", Halves), "--days", "10", "--customers", customers, "--by", "profit");
        Assert.Equal(JsonValueKind.Null, byProfit.GetProperty("movement").ValueKind);
        Assert.Equal(("best", 55), (byProfit.GetProperty("tiers")[0].GetProperty("tier").GetString(), byProfit.GetProperty("tiers")[0].GetProperty("value").GetDouble()));
    }

    [Fact]
    public void Pyramid_Files_HoldEverybodyAndOnePage()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--scheme", tool.File("halves.json", Halves), "--days", "10", "-o", tool.At("out"), "--locale", "de-DE", "--currency", "EUR");
        Assert.True(run.ExitCode == 0, run.ToString());
        string[] lines = File.ReadAllLines(Path.Combine(tool.At("out"), "pyramid.csv"));
        Assert.Equal("customer_id,tier,value,tier_before,tier_by_earlier_thresholds,value_before,gain_one_tier_up", lines[0]);
        Assert.Equal(["ada,rest,30,best,best,100,42.5", "bob,best,90,rest,best,10,", "cem,inactive,0,best,inactive,60,", "dora,best,55,,best,,"], lines[1..5]);
        Assert.Equal(7, lines.Length);
        string page = File.ReadAllText(Path.Combine(tool.At("out"), "pyramid.html"));
        Assert.Contains("1 moved up, 2 down, 2 stayed, 1 is new.", page, StringComparison.Ordinal);
        Assert.Contains("does not hold", page, StringComparison.Ordinal);
        Assert.Contains("20,00&#160;EUR", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        using var kept = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.At("out"), "pyramid.json")));
        Assert.Equal("halves", kept.RootElement.GetProperty("scheme").GetString());
    }

    [Fact]
    public void Pyramid_IdsThatAreMarkup_StayText()
    {
        using var tool = new Tool();
        string[] log = [.. _log.Select(line => line.Replace("ada", "<b>ada</b>", StringComparison.Ordinal))];
        Assert.Equal(0, tool.Run("pyramid", tool.File("log.csv", log), "--scheme", tool.File("halves.json", Halves), "--days", "10", "-o", tool.At("out")).ExitCode);
        string page = File.ReadAllText(Path.Combine(tool.At("out"), "pyramid.html"));
        Assert.Contains("&lt;b&gt;ada", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ada", page, StringComparison.Ordinal);
    }

    // Nothing before: no movement, and it is said; one customer alone is no pyramid and still an answer.
    [Theory]
    [InlineData("--days 400")]
    [InlineData("--until 2026-01-01")]
    public void Pyramid_NothingBefore_SaysSo(string more)
    {
        using var tool = new Tool();
        var run = tool.Run(["pyramid", tool.File("log.csv", _log), .. more.Split(' ')]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("no earlier pyramid", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Pyramid_AllWorthNothing_IsAnAnswer()
    {
        using var tool = new Tool();
        JsonElement json = Json(tool, tool.File("log.csv", "customer_id,date,amount", "a,2026-01-01,0", "b,2026-01-05,0", "a,2026-01-09,0"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("concentration").GetProperty("gini").ValueKind);
        Assert.All(json.GetProperty("selfCheck").EnumerateArray(), claim => Assert.NotEqual("does not hold", claim.GetProperty("claim").GetString() == "CustomersCanMoveUp" ? "" : claim.GetProperty("verdict").GetString()));
    }

    [SharedDataFact]
    public void Pyramid_RealPurchases_CountsWhatTheFileHolds()
    {
        using var tool = new Tool();
        string file = Path.Combine(SharedData.Folder, "data", "cdnow_sample.csv");
        JsonElement json = Json(tool, file, "--customer-column", "customer_id", "--currency", "USD", "--until", "1998-06-30", "--days", "273");
        var spent = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .Where(row => string.CompareOrdinal(row[1].Replace("-", "", StringComparison.Ordinal), "19971001") >= 0)
            .GroupBy(row => row[0]).Select(rows => rows.Sum(row => decimal.Parse(row[^1], CultureInfo.InvariantCulture))).OrderDescending().ToList();
        long top = (long)Math.Floor((0.01m * spent.Count) + 0.5m);
        JsonElement first = json.GetProperty("tiers")[0];
        Assert.Equal(top, first.GetProperty("customers").GetInt64());
        Assert.Equal((double)spent.Take((int)top).Sum(), first.GetProperty("value").GetDouble(), 1e-6);
        JsonElement expected = json.GetProperty("movement").GetProperty("expected");
        Assert.True(expected.GetProperty("up").GetProperty("expected").GetDouble() > 0);
        Assert.Equal(
            json.GetProperty("movement").GetProperty("up").GetInt64(), expected.GetProperty("up").GetProperty("actual").GetInt64());
        Assert.True(expected.GetProperty("cells").GetInt32() >= 15);
    }

    // Satisfaction that tells nothing changes no probability, and the file and the answer say the same.
    [SharedDataFact]
    public void Pyramid_Probabilities_AreTheSameEverywhere()
    {
        using var tool = new Tool();
        string file = Path.Combine(SharedData.Folder, "data", "cdnow_sample.csv");
        var random = new Random(5);
        string[] customers = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(',')[0]).Distinct().Select(id => FormattableString.Invariant($"{id},{random.Next(1, 11)}"))];
        var run = tool.Run("pyramid", file, "--customers", tool.File("customers.csv", ["customer_id,satisfaction", .. customers]), "--json", "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("CannotTell", run.Json.GetProperty("satisfaction").GetProperty("verdict").GetString());
        var written = File.ReadLines(Path.Combine(tool.At("out"), "pyramid.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row[6]);
        Assert.All(run.Json.GetProperty("candidates").EnumerateArray(), candidate => Assert.Equal(
            candidate.GetProperty("probability").GetDouble(), double.Parse(written[candidate.GetProperty("customer").GetString()!], CultureInfo.InvariantCulture), 1e-9));
    }

    // Ranked by lifetime value nobody's move is one of revenue, and satisfaction has nothing to be held against.
    [SharedDataFact]
    public void Pyramid_ByLifetimeValueWithSatisfaction_IsAnAnswerWithoutIt()
    {
        using var tool = new Tool();
        string file = Path.Combine(SharedData.Folder, "data", "cdnow_sample.csv");
        string[] customers = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(',')[0]).Distinct().Select((id, row) => FormattableString.Invariant($"{id},{row % 7}"))];
        JsonElement json = Json(tool, file, "--by", "clv", "--customers", tool.File("customers.csv", ["customer_id,satisfaction", .. customers]));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("satisfaction").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, json.GetProperty("movement").ValueKind);
    }

    // One who gave all back is gone, and does not take the comparison with the model away.
    [SharedDataFact]
    public void Pyramid_OneWhoGaveAllBack_IsGoneAndTheModelIsStillCompared()
    {
        using var tool = new Tool();
        string file = Path.Combine(SharedData.Folder, "data", "cdnow_sample.csv");
        string[] lines = File.ReadAllLines(file);
        string[] header = lines[0].Split(',');
        string[] first = lines[1].Split(',');
        decimal spent = lines.Skip(1).Select(line => line.Split(',')).Where(row => row[0] == first[0]).Sum(row => decimal.Parse(row[^1], CultureInfo.InvariantCulture));
        string back = string.Join(',', header.Select(name => name == "customer_id" ? first[0] : name == "date" ? "1998-06-30" : name == "amount" ? FormattableString.Invariant($"-{spent}") : "1"));
        JsonElement moved = Json(tool, tool.File("log.csv", [.. lines, back])).GetProperty("movement");
        Assert.Equal(1, Number(moved, "left"));
        Assert.NotEqual(JsonValueKind.Null, moved.GetProperty("expected").ValueKind);
    }

    [Fact]
    public void Pyramid_NobodyActiveBefore_TellsNoMoves()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", "customer_id,date,amount", "a,2025-01-01,5", "b,2025-01-02,7", "a,2026-01-09,9", "b,2026-01-10,3"), "--days", "30");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("no thresholds by which to count moves", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    // Amounts a hundred million times smaller: nobody stands elsewhere, and nobody's move is another.
    [Fact]
    public void Pyramid_AmountsInAnotherUnit_MoveNobody()
    {
        using var tool = new Tool();
        string scheme = tool.File("halves.json", Halves);
        string[] small = [_log[0], .. _log.Skip(1).Select(line => line.Split(',')).Select(row => FormattableString.Invariant($"{row[0]},{row[1]},{decimal.Parse(row[2], CultureInfo.InvariantCulture) / 100_000_000m}"))];
        JsonElement whole = Json(tool, tool.File("log.csv", _log), "--scheme", scheme, "--days", "10");
        JsonElement tiny = Json(tool, tool.File("small.csv", small), "--scheme", scheme, "--days", "10");
        Assert.Equal(Tiers(whole.GetProperty("tiers")), Tiers(tiny.GetProperty("tiers")));
        Assert.Equal(Number(whole.GetProperty("movement"), "up"), Number(tiny.GetProperty("movement"), "up"));
    }

    // Whoever is in the file of customers only, and is not said to be a prospect, is nobody's prospect.
    [Fact]
    public void Pyramid_CustomersThatTheLogDoesNotKnow_AreLeftOutAndTold()
    {
        using var tool = new Tool();
        var run = tool.Run("pyramid", tool.File("log.csv", _log), "--customers", tool.File("customers.csv", "customer_id,layer", "C1,customer", "C2,", "gus,prospect"), "--days", "10");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("has 2 rows of whom", run.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("prospect", run.Output, StringComparison.Ordinal);
    }

    private static JsonElement Claim(JsonElement json, string name) => json.GetProperty("selfCheck").EnumerateArray().Single(claim => claim.GetProperty("claim").GetString() == name);

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();
}
