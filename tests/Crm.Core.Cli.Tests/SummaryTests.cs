using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.LifetimeValue;
using Crm.Core.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm summarize, crm fit and crm predict, run as a user runs them, one on the other's files.</summary>
public sealed class SummaryTests
{
    [Fact]
    public void Summarize_ThenFit_KnowsUnitWindowZoneAndCurrency()
    {
        using var tool = new Tool();
        string summary = Summarize(tool, "--currency", "EUR", "--zone", "Europe/Berlin", "--unit", "days");
        Assert.StartsWith("# crm: unit=day; until=2025-09-30; currency=EUR; zone=Europe/Berlin\n", File.ReadAllText(summary), StringComparison.Ordinal);
        var fit = tool.Run("fit", "mbg-nbd", summary, "--json");
        Assert.True(fit.ExitCode == 0, fit.ToString());
        Assert.Equal("day", fit.Json.GetProperty("unit").GetString());
        Assert.Equal("EUR", fit.Json.GetProperty("currency").GetString());
        Assert.Equal("2025-09-30", fit.Json.GetProperty("window").GetString());
        Assert.True(fit.Json.GetProperty("converged").GetBoolean());
        Assert.Equal(["r", "alpha", "a", "b"], fit.Json.GetProperty("parameters").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Summarize_Holdout_CountsThePurchasesAfterUntilApart()
    {
        using var tool = new Tool();
        string summary = Summarize(tool, "--holdout-until", "2025-12-31");
        string[] lines = File.ReadAllLines(summary);
        Assert.Equal("customer_id,frequency,recency,age,mean_spend,holdout_frequency,holdout_mean_spend", lines[1]);
        int held = lines[2..].Sum(line => int.Parse(line.Split(',')[5], CultureInfo.InvariantCulture));
        int expected = SmallShop.Lines[1..].Select(line => line.Split(',')).Where(row => string.CompareOrdinal(row[1], "2025-09-30") > 0 && string.CompareOrdinal(row[1], "2025-12-31") <= 0)
            .Select(row => (row[0], row[1])).Distinct().Count();
        Assert.Equal(expected, held);
    }

    [Fact]
    public void Predict_SavedFit_GivesTheSameBitsAsFittingAgain()
    {
        using var tool = new Tool();
        string summary = Summarize(tool);
        Assert.Equal(0, tool.Run("fit", "bg-nbd", summary, "-o", tool.At("fit.json")).ExitCode);
        Assert.Equal(0, tool.Run("fit", "gamma-gamma", summary, "-o", tool.At("spend.json")).ExitCode);
        Assert.Equal(0, tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "-o", tool.At("a.csv")).ExitCode);
        var saved = tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "--fit", tool.At("fit.json"), "--fit", tool.At("spend.json"), "-o", tool.At("b.csv"));
        Assert.True(saved.ExitCode == 0, saved.ToString());
        Assert.Equal(File.ReadAllText(tool.At("a.csv")), File.ReadAllText(tool.At("b.csv")));
    }

    [Fact]
    public void Predict_Columns_AreWhatTheModelsSay()
    {
        using var tool = new Tool();
        string summary = Summarize(tool, "--currency", "USD");
        tool.Run("fit", "mbg-nbd", summary, "-o", tool.At("fit.json"));
        tool.Run("fit", "gamma-gamma", summary, "-o", tool.At("spend.json"));
        var run = tool.Run("predict", "mbg-nbd", summary, "--horizon", "1y", "--discount", "15%/y", "--margin", "0.3", "-o", tool.At("p.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        var buying = FitDocument.FromJson(File.ReadAllText(tool.At("fit.json"))).ToPurchaseModel();
        var spend = FitDocument.FromJson(File.ReadAllText(tool.At("spend.json"))).ToSpendModel();
        string[] summaryLines = File.ReadAllLines(summary)[2..];
        string[] lines = File.ReadAllLines(tool.At("p.csv"));
        Assert.Equal("customer_id,p_alive,expected_purchases,expected_spend,dert,clv,clv_estimate_low,clv_estimate_high", lines[1]);
        for (int row = 0; row < 20; row++)
        {
            double[] h = [.. summaryLines[row].Split(',').Select(Number)];
            double[] p = [.. lines[row + 2].Split(',').Select(Number)];
            var history = Histories.PurchaseHistory.Of((int)h[1], h[2], h[3], TimeUnit.Week, h[4], Currency.Usd);
            double dert = buying.DiscountedPurchases(history, DiscountRate.PerYear(0.15), Horizon.Unlimited);
            Assert.Equal(buying.ProbabilityAlive(history), p[1]);
            Assert.Equal(buying.ExpectedPurchases(history, Horizon.Years(1)), p[2]);
            Assert.Equal(spend.ExpectedSpend(history), p[3]);
            Assert.Equal(dert, p[4]);
            Assert.Equal(0.3 * p[3] * dert, p[5], 1e-12 * p[5]);
            Assert.InRange(p[5], p[6], p[7]);
        }
    }

    [Fact]
    public void Predict_UnnamedUnit_RefusesCalendarHorizonsAndRates()
    {
        using var tool = new Tool();
        string summary = tool.File("s.csv", [.. File.ReadAllLines(Summarize(tool))[1..]]);
        var calendar = tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "-o", tool.At("p.csv"));
        Assert.Equal(ExitCode.Data, calendar.ExitCode);
        Assert.Contains("unnamed", calendar.Error, StringComparison.Ordinal);
        Assert.Contains("week", calendar.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Data, tool.Run("predict", "bg-nbd", summary, "--horizon", "39", "--discount", "10%/y", "-o", tool.At("p.csv")).ExitCode);
        Assert.False(File.Exists(tool.At("p.csv")));
        Assert.Equal(0, tool.Run("predict", "bg-nbd", summary, "--horizon", "39", "--delta", "0.002", "-o", tool.At("p.csv")).ExitCode);
        Assert.Equal(0, tool.Run("predict", "bg-nbd", summary, "--unit", "week", "--horizon", "39w", "-o", tool.At("q.csv")).ExitCode);
    }

    [Fact]
    public void Predict_FitOfAnotherKind_IsRefusedNamingBothSides()
    {
        using var tool = new Tool();
        string weeks = Summarize(tool, "--currency", "EUR");
        tool.Run("fit", "bg-nbd", weeks, "-o", tool.At("weeks.json"));
        tool.Run("fit", "gamma-gamma", weeks, "-o", tool.At("euros.json"));
        string days = Summarize(tool, "--unit", "day", "--currency", "EUR");
        string dollars = Summarize(tool, "--currency", "USD");
        AssertRefused(tool.Run("predict", "bg-nbd", days, "--horizon", "39w", "--fit", tool.At("weeks.json"), "-o", tool.At("p.csv")), "weeks.json", "week", "day");
        AssertRefused(tool.Run("predict", "bg-nbd", dollars, "--horizon", "39w", "--fit", tool.At("euros.json"), "-o", tool.At("p.csv")), "euros.json", "EUR", "USD");
        AssertRefused(tool.Run("predict", "mbg-nbd", weeks, "--horizon", "39w", "--fit", tool.At("weeks.json"), "-o", tool.At("p.csv")), "bg-nbd", "mbg-nbd");
        AssertRefused(tool.Run("predict", "bg-nbd", weeks, "--horizon", "39w", "--fit", tool.File("junk.json", "{\"schema\":1"), "-o", tool.At("p.csv")), "junk.json", "not a saved fit");
        AssertRefused(tool.Run("predict", "bg-nbd", weeks, "--horizon", "39w", "--fit", tool.At("none.json"), "-o", tool.At("p.csv")), "none.json");
        AssertRefused(tool.Run("fit", "bg-nbd", weeks, "--unit", "day"), "week", "day");
        AssertRefused(tool.Run("fit", "bg-nbd", weeks, "--currency", "USD"), "EUR", "USD");
        Assert.False(File.Exists(tool.At("p.csv")));
    }

    [Fact]
    public void Predict_SavedFitThatDidNotConverge_IsRefused()
    {
        using var tool = new Tool();
        string summary = Summarize(tool);
        tool.Run("fit", "bg-nbd", summary, "-o", tool.At("fit.json"));
        string json = File.ReadAllText(tool.At("fit.json"));
        string failed = tool.File("failed.json", json.Replace("\"converged\": true", "\"converged\": false", StringComparison.Ordinal));
        string zone = tool.File("zone.json", json.Replace("\"UTC\"", "\"Europe/Berlin\"", StringComparison.Ordinal));
        AssertRefused(tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "--fit", failed, "-o", tool.At("p.csv")), "did not converge");
        AssertRefused(tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "--fit", zone, "-o", tool.At("p.csv")), "Europe/Berlin", "UTC");
        AssertRefused(
            tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "--fit", tool.At("fit.json"), "--fit", tool.At("fit.json"), "-o", tool.At("p.csv")),
            "second fit");
    }

    [Fact]
    public void Predict_BareHorizon_CountsInTheUnitOfTheFile()
    {
        using var tool = new Tool();
        string summary = Summarize(tool);
        Assert.Equal(0, tool.Run("predict", "bg-nbd", summary, "--horizon", "39", "-o", tool.At("bare.csv")).ExitCode);
        Assert.Equal(0, tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "-o", tool.At("weeks.csv")).ExitCode);
        Assert.Equal(File.ReadAllText(tool.At("weeks.csv")), File.ReadAllText(tool.At("bare.csv")));
    }

    [Fact]
    public void Predict_NoDiscount_LeavesTheInfiniteOutAndGivesTheRest()
    {
        using var tool = new Tool();
        var run = tool.Run("predict", "bg-nbd", Summarize(tool), "--horizon", "39w", "--delta", "0", "-o", tool.At("p.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("infinite", run.Error, StringComparison.Ordinal);
        string[] row = File.ReadLines(tool.At("p.csv")).ElementAt(2).Split(',');
        Assert.True(Number(row[2]) > 0);
        Assert.Equal("", row[4]);
    }

    [Fact]
    public void Predict_SharedRows_KeepTheirNumberOfCustomers()
    {
        using var tool = new Tool();
        string summary = tool.File("s.csv", ["# crm: unit=week", "x,t_x,T,customers", .. File.ReadAllLines(Summarize(tool))[2..].Select(line => string.Join(',', line.Split(',')[1..4]) + ",3")]);
        var run = tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "-o", tool.At("p.csv"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        double expected = File.ReadLines(tool.At("p.csv")).Skip(2).Select(line => line.Split(',')).Sum(row => Number(row[1]) * Number(row[3]));
        Assert.Equal(expected, run.Json.GetProperty("expectedPurchases").GetDouble(), 1e-9 * expected);
    }

    [Fact]
    public void Fit_SharedRows_EqualRowsOfOneCustomerEach()
    {
        using var tool = new Tool();
        string summary = Summarize(tool);
        var groups = File.ReadAllLines(summary)[2..].Select(line => string.Join(',', line.Split(',')[1..4])).GroupBy(row => row);
        string shared = tool.File("shared.csv", ["x,t_x,T,customers", .. groups.Select(group => $"{group.Key},{group.Count()}")]);
        var one = tool.Run("fit", "mbg-nbd", summary, "--json").Json;
        var many = tool.Run("fit", "mbg-nbd", shared, "--json").Json;
        Assert.Equal(one.GetProperty("customers").GetInt64(), many.GetProperty("customers").GetInt64());
        Assert.Equal(one.GetProperty("logLikelihood").GetDouble(), many.GetProperty("logLikelihood").GetDouble());
        Assert.Equal(one.GetProperty("parameters").GetRawText(), many.GetProperty("parameters").GetRawText());
    }

    [Theory]
    [InlineData("x,t_x,T\n1,5\n", "line 2", "2 fields")]
    [InlineData("x,t_x,T\n1.5,5,10\n", "line 2, column x", "whole number")]
    [InlineData("x,t_x,T\n-1,5,10\n", "line 2, column x", "whole number")]
    [InlineData("x,t_x,T\n1,11,10\n", "line 2", "column t_x", "11")]
    [InlineData("x,t_x,T\n0,5,10\n", "line 2", "column t_x", "0 exactly when")]
    [InlineData("x,t_x,T\n1,NaN,10\n", "line 2, column t_x", "'NaN'")]
    [InlineData("x,t_x,T,m_x\n0,0,10,5\n", "line 2", "column m_x")]
    [InlineData("customer_id,x,t_x,T\n7,0,0,10\n7,0,0,10\n", "line 3, column customer_id", "came before, in line 2")]
    [InlineData("x,t_x,T,customers\n1,5,10,0\n", "line 2, column customers", "from 1 to")]
    [InlineData("x,t_x\n1,5\n", "line 1", "no column age", "crm summarize")]
    [InlineData("x,t_x,T,holdout_mean_spend\n1,5,10,5\n", "line 1", "no column holdout_frequency")]
    [InlineData("x,t_x,T,holdout_frequency,holdout_mean_spend\n1,5,10,0,5\n", "line 2, column holdout_mean_spend", "0 where")]
    [InlineData("x,t_x,T,m_x\n1,5,10,1e200\n", "line 2, column m_x", "1e100")]
    [InlineData("x,t_x,T\n", "no rows")]
    [InlineData("x,t_x,T\n0,0,10\n0,0,12\n", "second day")]
    public void Fit_BadSummary_SaysWhatAndWhere(string content, params string[] said)
    {
        using var tool = new Tool();
        var run = tool.Run("fit", "bg-nbd", tool.Bytes("s.csv", System.Text.Encoding.UTF8.GetBytes(content)));
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    [Fact]
    public void Fit_Fails_JsonSaysSoAndExitCodeIsOne()
    {
        using var tool = new Tool();
        var run = tool.Run("fit", "bg-nbd", tool.File("s.csv", "x,t_x,T", "0,0,10", "0,0,12"), "--json", "-o", tool.At("fit.json"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.False(run.Json.GetProperty("converged").GetBoolean());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("parameters").ValueKind);
        Assert.Equal("NoRepeatPurchases", run.Json.GetProperty("diagnostics")[0].GetProperty("diagnosis").GetString());
        Assert.False(File.Exists(tool.At("fit.json")));
    }

    // Reference: bgnbd_cdnow_summary.json; published: r .243, alpha 4.414, a .793, b 2.426 (Fader, Hardie & Lee 2005).
    [SharedDataFact]
    public void Fit_CdnowSummary_IsThePublishedFit()
    {
        using var tool = new Tool();
        var fit = tool.Run("fit", "bg-nbd", SharedData.Data("cdnow_summary.csv"), "--json").Json;
        Assert.Equal(-9582.4255605674, fit.GetProperty("logLikelihood").GetDouble(), 1e-6);
        Assert.Equal("unnamed", fit.GetProperty("unit").GetString());
        Assert.Equal(2.42575343649, fit.GetProperty("parameters").GetProperty("b").GetDouble(), 1e-6);
    }

    // Reference: cdnow_summary.csv is the sample through 1997-09-30 in weeks, rounded to two decimals.
    [SharedDataFact]
    public void Summarize_CdnowSample_IsThePublishedSummary()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", SharedData.Data("cdnow_sample.csv"), "--until", "1997-09-30", "--unit", "weeks", "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        var ours = File.ReadLines(tool.At("s.csv")).Skip(2).Select(line => line.Split(','))
            .Select(row => (row[0], row[1], Number(row[2]).ToString("F2", CultureInfo.InvariantCulture), Number(row[3]).ToString("F2", CultureInfo.InvariantCulture)));
        var published = File.ReadLines(SharedData.Data("cdnow_summary.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => (row[0], row[1], Number(row[2]).ToString("F2", CultureInfo.InvariantCulture), Number(row[3]).ToString("F2", CultureInfo.InvariantCulture)));
        Assert.Equal(published, ours);
    }

    private static void AssertRefused(ToolRun run, params string[] said)
    {
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    private static string Summarize(Tool tool, params string[] options)
    {
        string path = tool.At($"summary-{string.Join("", options).GetHashCode(StringComparison.Ordinal):x}.csv");
        var run = tool.Run(["summarize", tool.File("shop.csv", SmallShop.Lines), "--until", "2025-09-30", "-o", path, .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return path;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
