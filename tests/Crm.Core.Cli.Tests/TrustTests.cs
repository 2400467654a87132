using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>What the tool says of how far its figures can be trusted: intervals, the held-out period, priors, saved fits of other data.</summary>
public sealed class TrustTests
{
    [Fact]
    public void Analyze_EnoughData_TestsTheModelsOnTheLastThird()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());

        JsonElement validation = run.Json.GetProperty("validation");
        Assert.Equal("HoldoutLogScore", validation.GetProperty("basis").GetString());
        Assert.NotEqual("NotValidated", validation.GetProperty("grade").GetString());
        Assert.Equal(["mbg-nbd", "bg-nbd", "pareto-nbd"], validation.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString()!));
        JsonElement chosen = Assert.Single(validation.GetProperty("models").EnumerateArray(), model => model.GetProperty("chosen").GetBoolean());
        Assert.Equal(10, chosen.GetProperty("deciles").GetArrayLength());
        Assert.Equal(2, validation.GetProperty("baselines").GetArrayLength());
        string used = Assert.Single(run.Json.GetProperty("estimated").GetProperty("models").EnumerateArray(), model => model.GetProperty("chosen").GetBoolean()).GetProperty("name").GetString()!;
        Assert.Equal(chosen.GetProperty("name").GetString(), used);
        JsonElement[] weeks = [.. validation.GetProperty("weeks").EnumerateArray()];
        Assert.False(weeks[0].GetProperty("heldOut").GetBoolean());
        Assert.True(weeks[^1].GetProperty("heldOut").GetBoolean());
    }

    [Fact]
    public void Analyze_TooLittleData_SaysItIsNotValidated()
    {
        using var tool = new Tool();
        string[] few = [.. SmallShop.Lines.Where(line => line.StartsWith("customer", StringComparison.Ordinal) || int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture) <= 300)];
        var run = tool.Run("analyze", tool.File("shop.csv", few), "-o", tool.At("out"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("Not validated: too little data", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not validated: too little data", File.ReadAllText(tool.At("out/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Level_WidensTheIntervalsOfCustomersAndTotals()
    {
        using var tool = new Tool();
        string file = tool.File("shop.csv", SmallShop.Lines);
        var narrow = tool.Run("analyze", file, "-o", tool.At("narrow"), "--json", "--level", "50%");
        var wide = tool.Run("analyze", file, "-o", tool.At("wide"), "--json", "--level", "0.99");
        Assert.True(narrow.ExitCode == 0 && wide.ExitCode == 0, narrow + "" + wide);
        JsonElement inside = Forecast(narrow.Json, "totalClvForecast");
        JsonElement outside = Forecast(wide.Json, "totalClvForecast");
        Assert.Equal(0.5, inside.GetProperty("level").GetDouble());
        Assert.InRange(inside.GetProperty("estimateLow").GetDouble(), outside.GetProperty("estimateLow").GetDouble(), inside.GetProperty("value").GetDouble());
        Assert.InRange(outside.GetProperty("outcomeHigh").GetDouble(), outside.GetProperty("estimateHigh").GetDouble(), double.MaxValue);
        string[] rowNarrow = File.ReadLines(tool.At("narrow/customers.csv")).ElementAt(2).Split(',');
        string[] rowWide = File.ReadLines(tool.At("wide/customers.csv")).ElementAt(2).Split(',');
        Assert.Equal(rowNarrow[^3], rowWide[^3]);
        Assert.True(Number(rowWide[^2]) < Number(rowNarrow[^2]) && Number(rowNarrow[^2]) < Number(rowNarrow[^3]));
        Assert.True(Number(rowWide[^1]) > Number(rowNarrow[^1]) && Number(rowNarrow[^1]) > Number(rowNarrow[^3]));
    }

    [Theory]
    [InlineData("--level", "0", "--level was '0'")]
    [InlineData("--level", "100%", "--level was '100%'")]
    [InlineData("--level", "ninety", "--level was 'ninety'")]
    [InlineData("--calibrate-until", "soon", "--calibrate-until was 'soon'")]
    public void Analyze_WrongOption_IsAUsageError(string option, string value, string said)
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("shop.csv", SmallShop.Lines[..50]), "-o", tool.At("out"), option, value);
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-12-31")]
    [InlineData("2031-01-01")]
    public void Analyze_SplitOutsideTheData_IsRefusedNamingTheDays(string day)
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out"), "--calibrate-until", day);
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains(day, run.Error, StringComparison.Ordinal);
        Assert.Contains("2025-01-01", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(tool.At("out")));
    }

    [Fact]
    public void Fit_WithAPrior_SaysSoInTheDocumentAndBesideIt()
    {
        using var tool = new Tool();
        string summary = tool.File("s.csv", ["# crm: unit=week", "x,t_x,T", "1,30,39", "1,10,39", "2,20,39", "0,0,39"]);
        var refused = tool.Run("fit", "mbg-nbd", summary);
        Assert.Equal(ExitCode.Data, refused.ExitCode);
        Assert.Contains("--prior weak", refused.Error, StringComparison.Ordinal);

        var run = tool.Run("fit", "mbg-nbd", summary, "--prior", "weak", "--json", "-o", tool.At("fit.json"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(1.5, run.Json.GetProperty("priorLogDeviation").GetDouble());
        Assert.Contains("under a prior", run.Error, StringComparison.Ordinal);
        var predicted = tool.Run("predict", "mbg-nbd", summary, "--horizon", "39w", "--fit", tool.At("fit.json"), "-o", tool.At("p.csv"));
        Assert.True(predicted.ExitCode == 0, predicted.ToString());
        Assert.Contains("under a prior", predicted.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, tool.Run("fit", "mbg-nbd", summary, "--prior", "strong").ExitCode);
    }

    [Fact]
    public void Predict_SavedFit_GivesTheIntervalsOfAFreshOne()
    {
        using var tool = new Tool();
        string summary = Summary(tool, "s.csv", []);
        Assert.Equal(0, tool.Run("fit", "bg-nbd", summary, "-o", tool.At("fit.json")).ExitCode);
        Assert.Equal(0, tool.Run("fit", "gamma-gamma", summary, "-o", tool.At("spend.json")).ExitCode);
        var fresh = tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "-o", tool.At("fresh.csv"), "--json");
        var saved = tool.Run("predict", "bg-nbd", summary, "--horizon", "39w", "--fit", tool.At("fit.json"), "--fit", tool.At("spend.json"), "-o", tool.At("saved.csv"), "--json");
        Assert.True(fresh.ExitCode == 0 && saved.ExitCode == 0, fresh + "" + saved);
        Assert.Equal(File.ReadAllText(tool.At("fresh.csv")), File.ReadAllText(tool.At("saved.csv")));
        Assert.Equal(fresh.Json.GetProperty("clvForecast").GetRawText(), saved.Json.GetProperty("clvForecast").GetRawText());
        Assert.DoesNotContain("other data", saved.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_FitOfOtherData_SaysOfWhich()
    {
        using var tool = new Tool();
        string early = Summary(tool, "early.csv", ["--until", "2025-10-01"]);
        string late = Summary(tool, "late.csv", ["--until", "2025-12-01"]);
        tool.Run("fit", "mbg-nbd", early, "-o", tool.At("fit.json"));

        var run = tool.Run("predict", "mbg-nbd", late, "--horizon", "39w", "--fit", tool.At("fit.json"), "-o", tool.At("p.csv"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("a window through 2025-10-01, and these histories are through 2025-12-01", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_FitWithoutCovariance_GivesValuesAndSaysThereAreNoIntervals()
    {
        using var tool = new Tool();
        string summary = Summary(tool, "s.csv", []);
        tool.Run("fit", "mbg-nbd", summary, "-o", tool.At("fit.json"));
        string bare = "{" + string.Join(",", JsonDocument.Parse(File.ReadAllText(tool.At("fit.json"))).RootElement.EnumerateObject()
            .Where(property => property.Name != "logCovariance").Select(property => $"\"{property.Name}\":{property.Value.GetRawText()}")) + "}";

        var run = tool.Run("predict", "mbg-nbd", summary, "--horizon", "39w", "--fit", tool.File("bare.json", bare), "-o", tool.At("p.csv"));

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("no intervals", run.Error, StringComparison.Ordinal);
        string[] row = File.ReadLines(tool.At("p.csv")).ElementAt(2).Split(',');
        Assert.True(Number(row[5]) > 0);
        Assert.Equal(["", ""], row[6..]);
    }

    [Fact]
    public void Predict_CovarianceThatIsNone_IsRefusedByName()
    {
        using var tool = new Tool();
        string summary = Summary(tool, "s.csv", []);
        tool.Run("fit", "mbg-nbd", summary, "-o", tool.At("fit.json"));
        string json = File.ReadAllText(tool.At("fit.json"));
        int from = json.IndexOf("\"logCovariance\": [", StringComparison.Ordinal) + "\"logCovariance\": [".Length;
        string wrong = tool.File("wrong.json", string.Concat(json.AsSpan(0, from), "[1],", json.AsSpan(from)));

        var run = tool.Run("predict", "mbg-nbd", summary, "--horizon", "39w", "--fit", wrong, "-o", tool.At("p.csv"));

        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("wrong.json: The logCovariance", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FitAndPredict_HistoriesWithATestPeriod_ShowHowTheyDid()
    {
        using var tool = new Tool();
        string summary = Summary(tool, "s.csv", ["--until", "2025-09-30", "--holdout-until", "2025-12-31"]);
        var fit = tool.Run("fit", "mbg-nbd", summary, "--json");
        var predict = tool.Run("predict", "mbg-nbd", summary, "--horizon", "92d", "-o", tool.At("p.csv"), "--json");
        Assert.True(fit.ExitCode == 0 && predict.ExitCode == 0, fit + "" + predict);
        JsonElement holdout = fit.Json.GetProperty("holdout");
        Assert.Equal(92 / 7.0, holdout.GetProperty("length").GetDouble());
        double actual = File.ReadLines(summary).Skip(2).Sum(line => Number(line.Split(',')[5]));
        Assert.Equal(actual, holdout.GetProperty("actualPurchases").GetDouble());
        Assert.Equal(predict.Json.GetProperty("expectedPurchases").GetDouble(), holdout.GetProperty("expectedPurchases").GetDouble(), 1e-9 * actual);
        Assert.Equal(holdout.GetProperty("meanAbsoluteError").GetDouble(), predict.Json.GetProperty("holdout").GetProperty("meanAbsoluteError").GetDouble(), 1e-12);
        Assert.Contains("On the 13.14 weeks held out", tool.Run("fit", "mbg-nbd", summary).Output, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Analyze_CdnowSplitAsPublished_SaysByHowMuchEveryModelUnderpredicts()
    {
        using var tool = new Tool();
        var run = tool.Run("analyze", SharedData.Data("cdnow_sample.csv"), "-o", tool.At("out"), "--calibrate-until", "1997-09-30", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        JsonElement validation = run.Json.GetProperty("validation");
        Assert.All(validation.GetProperty("models").EnumerateArray(), model => Assert.InRange(model.GetProperty("purchases").GetProperty("bias").GetDouble(), -0.17, -0.11));
        Assert.Contains("did not hold the actual total", validation.GetProperty("words").ToString(), StringComparison.Ordinal);
        Assert.Equal("CannotTell", validation.GetProperty("season").GetString());
    }

    private static JsonElement Forecast(JsonElement document, string name) => document.GetProperty("estimated").GetProperty(name);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Summary(Tool tool, string name, string[] options)
    {
        var run = tool.Run(["summarize", tool.File("shop.csv", SmallShop.Lines), "--currency", "EUR", .. options, "-o", tool.At(name)]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return tool.At(name);
    }
}
