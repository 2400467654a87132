using System.Text.Json;
using System.Xml.Linq;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Rows that are left out because the user says so: those at fault, counted by reason, and those that repeat others.</summary>
public sealed class SkipTests
{
    private const string Header = "customer_id,date,amount";

    // One row for each reason, and one with two faults, which counts under the first.
    private static readonly string[] _faulty =
    [
        ",2025-06-01,5", "1,yesterday,5", "1,yesterday,free", "1,31/12/2025,5", "1,1970-01-01,5", "1,2031-01-01,5", "1,2025-06-01,free", "1,2025-06-01,1e300", "1,2025-06-01",
    ];

    [Fact]
    public void Analyze_Skip_GivesTheAnswerOfTheGoodRowsAndCountsTheOthersByReason()
    {
        using var tool = new Tool();
        string[] mixed = [.. SmallShop.Lines[..100], .. _faulty, .. SmallShop.Lines[100..]];
        var good = tool.Run("analyze", tool.File("good.csv", SmallShop.Lines), "-o", tool.At("good"));
        var run = tool.Run("analyze", tool.File("mixed.csv", mixed), "-o", tool.At("mixed"), "--on-bad-row", "skip", "--json");
        Assert.True(good.ExitCode == 0 && run.ExitCode == 0, good + "" + run);
        Assert.Equal(File.ReadAllText(tool.At("good/customers.csv")), File.ReadAllText(tool.At("mixed/customers.csv")));
        JsonElement measured = run.Json.GetProperty("measured");
        Assert.Equal(mixed.Length - 1, measured.GetProperty("rows").GetInt64());
        JsonElement skipped = measured.GetProperty("skipped");
        Assert.Equal(9, skipped.GetProperty("rows").GetInt64());
        Assert.Equal(
            [
                ("date", "no day", 2, 102), ("amount", "no amount", 2, 107), ("customer_id", "no id", 1, 101), ("date", "a day in another form", 1, 104),
                ("date", "a day before --not-before", 1, 105), ("date", "a day after --not-after", 1, 106), (null, "another number of fields than the header", 1, 109),
            ],
            skipped.GetProperty("reasons").EnumerateArray().Select(reason =>
                (reason.GetProperty("column").GetString(), reason.GetProperty("reason").GetString()!, reason.GetProperty("rows").GetInt32(), reason.GetProperty("firstLine").GetInt32())));
        const string words = "Rows left out because of faults: 9 (date, no day: 2, the first in line 102; amount, no amount: 2";
        Assert.Contains(run.Json.GetProperty("cautions").EnumerateArray(), caution => caution.GetString()!.StartsWith(words, StringComparison.Ordinal));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.Contains(words, File.ReadAllText(tool.At("mixed/report.html")), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">date</th><td>2</td><td>102</td><td>no day</td>", File.ReadAllText(tool.At("mixed/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_Skip_ShowsTheRowsInTheTableAndBesideAFileOnStandardOutput()
    {
        using var tool = new Tool();
        string file = tool.File("file.csv", [.. SmallShop.Lines, .. _faulty]);
        string table = tool.Run("summarize", file, "-o", tool.At("s.csv"), "--on-bad-row", "skip").Output;
        Assert.Contains("Rows left out because of faults: 9", table, StringComparison.Ordinal);
        var run = tool.Run("summarize", file, "-o", "-", "--on-bad-row", "skip");
        Assert.Equal(File.ReadAllText(tool.At("s.csv")), run.Output);
        Assert.Contains("Rows left out because of faults: 9", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Summarize_SkipAndNothingIsLeft_SaysWhy()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", [Header, .. _faulty]), "-o", tool.At("s.csv"), "--on-bad-row", "skip");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.All(["file.csv has ", "no row is left", "line 2, column customer_id: nothing", "line 3, column date: 'xxxxxxxx…'"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal(["file.csv"], tool.Names());
    }

    // What breaks the file, and not a row of it, cannot be left out.
    [Theory]
    [InlineData("1,\"2025-06-01,5", "never closed")]
    [InlineData("customer,when\n1,2", "no column customer_id")]
    public void Summarize_SkipAndABrokenFile_IsRefused(string text, string said)
    {
        using var tool = new Tool();
        string[] lines = text.StartsWith("customer,", StringComparison.Ordinal) ? [text] : [Header, "1,yesterday,5", "1,2025-05-01,5", text];
        var run = tool.Run("summarize", tool.File("file.csv", lines), "-o", tool.At("s.csv"), "--on-bad-row", "skip");
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Equal(["file.csv"], tool.Names());
    }

    [Fact]
    public void PredictAndFit_Skip_LeaveOutCustomersAndCountThem()
    {
        using var tool = new Tool();
        tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "--until", "2025-09-30", "-o", tool.At("good.csv"));
        string[] good = File.ReadAllLines(tool.At("good.csv"));
        string bad = tool.File("bad.csv", [.. good[..5], "x,2,5,1,7", "y,1.5,5,10,7", good[2], ",0,0,5,0", "z,1,1", .. good[5..]]);
        tool.Run("fit", "mbg-nbd", tool.At("good.csv"), "-o", tool.At("good.json"));
        var fit = tool.Run("fit", "mbg-nbd", bad, "-o", tool.At("bad.json"), "--on-bad-row", "skip");
        Assert.True(fit.ExitCode == 0, fit.ToString());
        Assert.Equal(File.ReadAllText(tool.At("good.json")), File.ReadAllText(tool.At("bad.json")));
        Assert.Contains("Rows left out because of faults: 5", fit.Error, StringComparison.Ordinal);

        string[] predict = ["predict", "mbg-nbd", "--horizon", "39w", "--fit", tool.At("good.json")];
        Assert.Equal(0, tool.Run([.. predict, tool.At("good.csv"), "-o", tool.At("p.csv")]).ExitCode);
        var run = tool.Run([.. predict, bad, "-o", tool.At("q.csv"), "--on-bad-row", "skip", "--json"]);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(File.ReadAllText(tool.At("p.csv")), File.ReadAllText(tool.At("q.csv")));
        Assert.Equal(5, run.Json.GetProperty("skipped").GetProperty("rows").GetInt64());
        Assert.Contains("came before", run.Json.GetProperty("skipped").GetRawText(), StringComparison.Ordinal);
    }

    // The last customer's relationship is a number, but too large for the weights: found only when it is ranked.
    [Fact]
    public void Score_Skip_LeavesOutCustomersAndNeverOffers()
    {
        using var tool = new Tool();
        string weights = tool.File("w.json", """{"schema": 1, "default": {"utility": 1, "brand": 0, "relationship": 1e300, "cost": 0, "time": 0}}""");
        string offers = tool.File("o.csv", "offer_id,utility,relationship", "a,1,0");
        string customers = tool.File("c.csv", "customer_id,segment,relationship", "1,,", ",,", "2,,close", "3,,0", "4,,1e90");
        var run = tool.Run("score", offers, "--weights", weights, "--customers", customers, "-o", tool.At("s.csv"), "--json", "--on-bad-row", "skip");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["1", "3"], File.ReadAllLines(tool.At("s.csv"))[2..].Select(line => line[..1]));
        JsonElement counted = run.Json.GetProperty("customers");
        Assert.Equal((2, 3), (counted.GetProperty("count").GetInt32(), counted.GetProperty("skipped").GetProperty("rows").GetInt32()));
        Assert.Contains("Rows left out because of faults: 3", run.Error, StringComparison.Ordinal);

        var refused = tool.Run("score", tool.File("bad.csv", "offer_id,utility,relationship", "a,1,0", "b,x,0"), "--weights", weights, "--on-bad-row", "skip");
        Assert.Equal(ExitCode.Data, refused.ExitCode);
    }

    // 1 and "1" are the same text; 5.00 and 5 are not, and another order number makes another row.
    [Fact]
    public void Summarize_RepeatedRows_AreCountedAndKeptUnlessTheyAreToBeDropped()
    {
        using var tool = new Tool();
        string file = tool.File(
            "file.csv", Header + ",order", "1,2025-01-01,5,a", "\"1\",2025-01-01,5,a", "1,2025-01-01,5,a", "1,2025-01-01,5.00,a", "1,2025-01-01,5,b", "2,2025-02-01,7,c");
        var kept = tool.Run("summarize", file, "-o", tool.At("kept.csv"), "--json");
        var dropped = tool.Run("summarize", file, "-o", tool.At("dropped.csv"), "--json", "--duplicates", "drop");
        Assert.True(kept.ExitCode == 0 && dropped.ExitCode == 0, kept + "" + dropped);
        Assert.Equal((2, false, 32m), Found(kept));
        Assert.Equal((2, true, 22m), Found(dropped));
        Assert.Contains("Rows that repeat an earlier row in every field: 2, each of which counts; --duplicates drop leaves them out.", tool.Run("summarize", file, "-o", tool.At("s.csv")).Output, StringComparison.Ordinal);

        static (int, bool, decimal) Found(ToolRun run) => (
            run.Json.GetProperty("duplicates").GetProperty("rows").GetInt32(), run.Json.GetProperty("duplicates").GetProperty("dropped").GetBoolean(),
            run.Json.GetProperty("totalSpend").GetDecimal());
    }

    // What counts was not left out, and is not said to have been.
    [Theory]
    [InlineData("keep", "Counted, and how", "2, each of which counts")]
    [InlineData("drop", "Left out, and why", "2, left out by --duplicates drop")]
    public void Report_RepeatedRows_StandWhereTheyBelong(string duplicates, string heading, string said)
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines, SmallShop.Lines[5], SmallShop.Lines[9], "3,2025-12-01,-1.5"];
        var run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--json", "--duplicates", duplicates);
        XElement[] headings = [.. ReportRuns.Page(tool, run).Descendants("h3").Where(found => found.Value is "Counted, and how" or "Left out, and why")];
        Assert.Equal(["Counted, and how", "Left out, and why"], headings.Select(found => found.Value));
        foreach (XElement found in headings)
        {
            string list = found.ElementsAfterSelf("ul").First().Value;
            Assert.Equal(found.Value == heading, list.Contains(said, StringComparison.Ordinal));
            Assert.Equal(found.Value == "Counted, and how", list.Contains("taken as returns: 1.", StringComparison.Ordinal));
            Assert.DoesNotContain("every row counted", list, StringComparison.Ordinal);
        }
    }

    // Fields that run into each other are not the same row.
    [Fact]
    public void Summarize_RowsThatOnlyLookAlikeJoined_AreNotRepeated()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header + ",a,b", "1,2025-01-01,5,xy,z", "1,2025-01-01,5,x,yz", "1,2025-01-01,5,,xyz"), "-o", tool.At("s.csv"), "--json");
        Assert.Equal(0, run.Json.GetProperty("duplicates").GetProperty("rows").GetInt32());
    }
}
