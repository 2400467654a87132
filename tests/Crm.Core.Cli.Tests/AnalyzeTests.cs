using System.Globalization;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm analyze, run as a user runs it.</summary>
public sealed class AnalyzeTests
{
    [Fact]
    public void Analyze_GoodFile_WritesTheThreeFilesAndNothingElse()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out"), "--currency", "EUR");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["customers.csv", "report.html", "result.json"], Names(tool.At("out")));
        Assert.Equal(["out", "shop.csv"], tool.Names());
        Assert.Contains("lifetime value of the base", run.Output, StringComparison.Ordinal);
        Assert.Contains("EUR", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Json_IsOneDocumentThatAgreesWithCustomersCsv()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        var estimated = run.Json.GetProperty("estimated");
        var rows = Rows(tool.At("out/customers.csv"));
        Assert.Equal(run.Json.GetProperty("measured").GetProperty("customers").GetInt64(), rows.Count);
        double total = rows.Sum(row => double.Parse(row["clv"], CultureInfo.InvariantCulture));
        Assert.Equal(estimated.GetProperty("totalClv").GetDouble(), total, 1e-9 * total);
        foreach (var tier in estimated.GetProperty("tiers").EnumerateArray())
        {
            Assert.Equal(tier.GetProperty("customers").GetInt64(), rows.Count(row => row["tier"] == tier.GetProperty("tier").GetString()));
        }

        Assert.Equal(File.ReadAllText(tool.At("out/result.json")).Trim(), run.Output.Trim());
    }

    [Fact]
    public void Analyze_Margin_ScalesEveryValue()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);
        double whole = TotalClv(tool.Run("analyze", file, "-o", tool.At("a"), "--json"));
        double third = TotalClv(tool.Run("analyze", file, "-o", tool.At("b"), "--json", "--margin", "30%"));
        Assert.Equal(0.3 * whole, third, 1e-9 * whole);
    }

    [Fact]
    public void Analyze_ShuffledRowsAndGzipAndStandardInput_GiveTheSameCustomers()
    {
        using var tool = new Tool();
        string plain = tool.File("shop.csv", SmallShop.Lines);
        string[] shuffled = [SmallShop.Lines[0], .. SmallShop.Lines[1..].Reverse()];
        Assert.Equal(0, tool.Run("analyze", plain, "-o", tool.At("plain")).ExitCode);
        Assert.Equal(0, tool.Run("analyze", tool.File("shuffled.csv", shuffled), "-o", tool.At("shuffled")).ExitCode);
        Assert.Equal(0, tool.Run("analyze", tool.Bytes("shop.csv.gz", Packed.Gzip(SmallShop.Csv)), "-o", tool.At("gzip")).ExitCode);
        Assert.Equal(0, Tool.RunWith(SmallShop.Csv, ["analyze", "-", "-o", tool.At("stdin")]).ExitCode);
        string expected = File.ReadAllText(tool.At("plain/customers.csv"));
        Assert.All(["shuffled", "gzip", "stdin"], folder => Assert.Equal(expected, File.ReadAllText(Path.Combine(tool.At(folder), "customers.csv"))));
    }

    [Fact]
    public void Analyze_NoAmountColumn_RanksByPurchasesAndSaysNothingOfMoney()
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines.Select(line => line[..line.LastIndexOf(',')])];
        var run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("discounted expected purchases", run.Json.GetProperty("estimated").GetProperty("rankedBy").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, run.Json.GetProperty("estimated").GetProperty("totalClv").ValueKind);
        Assert.All(Rows(tool.At("out/customers.csv")), row => Assert.Equal("", row["clv"]));
    }

    [Fact]
    public void Analyze_AmountsBelowZero_AreReturnsAndAreCounted()
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines, "1,2025-12-30,-5.00", "unknown,2025-12-30,-7.50"];
        var run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(2, run.Json.GetProperty("measured").GetProperty("returns").GetInt64());
        Assert.Equal(7.50, run.Json.GetProperty("measured").GetProperty("leftOut").GetProperty("unmatchedReturnAmount").GetDouble());
    }

    [Fact]
    public void Analyze_HostileIds_AreEscapedInTheReportAndKeptInTheTable()
    {
        using var tool = new Tool();
        const string id = "<script>alert(1)</script>&\"x\"";
        string quoted = "\"" + id.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        string[] lines = [.. SmallShop.Lines, .. Enumerable.Range(1, 28).Select(day => FormattableString.Invariant($"{quoted},2026-01-{day:D2},900"))];
        var run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        string report = File.ReadAllText(tool.At("out/report.html"));
        Assert.DoesNotContain("<script", report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", report, StringComparison.Ordinal);
        Assert.Contains(quoted, File.ReadAllText(tool.At("out/customers.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_SecondRun_ReplacesTheFirst()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);
        tool.Run("analyze", file, "-o", tool.At("out"));
        string first = File.ReadAllText(tool.At("out/customers.csv"));
        Assert.Equal(0, tool.Run("analyze", file, "-o", tool.At("out"), "--until", "2025-09-30").ExitCode);
        Assert.NotEqual(first, File.ReadAllText(tool.At("out/customers.csv")));
        Assert.Equal(3, Names(tool.At("out")).Length);
    }

    [Fact]
    public void Analyze_Cancelled_WritesNothing()
    {
        using var tool = new Tool();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var run = Tool.RunWith([], ["analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out")], cancelled.Token);
        Assert.Equal(ExitCode.Cancelled, run.ExitCode);
        Assert.Equal(["shop.csv"], tool.Names());
    }

    // Reference: the counts of the CDNOW log as its README gives them, and the best fit of the three published ones.
    [SharedDataFact]
    public void Analyze_CdnowMaster_FindsTheKnownCountsAndTheBestModel()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", SharedData.Data("cdnow_master.csv"), "-o", tool.At("out"), "--until", "1997-09-30", "--currency", "USD", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        var measured = run.Json.GetProperty("measured");
        Assert.Equal(69_659, measured.GetProperty("rows").GetInt64());
        Assert.Equal(23_570, measured.GetProperty("customers").GetInt64());
        Assert.Equal(9_451, measured.GetProperty("repeatBuyers").GetInt64());
        Assert.Equal(24_337, measured.GetProperty("repeatOccasions").GetInt64());
        var chosen = run.Json.GetProperty("estimated").GetProperty("models").EnumerateArray().Single(model => model.GetProperty("chosen").GetBoolean());
        Assert.Equal("mbg-nbd", chosen.GetProperty("name").GetString());
        Assert.Equal(-95336.9583198795, chosen.GetProperty("fit").GetProperty("logLikelihood").GetDouble(), 1e-6);
        Assert.Equal(23_571 + 1, File.ReadLines(tool.At("out/customers.csv")).Count());
    }

    private static double TotalClv(ToolRun run) => run.Json.GetProperty("estimated").GetProperty("totalClv").GetDouble();

    private static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private static List<Dictionary<string, string>> Rows(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] header = lines[1].Split(',');
        return [.. lines[2..].Select(line => header.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
