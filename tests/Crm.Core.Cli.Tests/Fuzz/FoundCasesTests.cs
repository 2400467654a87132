using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests.Fuzz;

/// <summary>What fuzzing found, kept as examples.</summary>
public sealed class FoundCasesTests
{
    // Of a customer who bought every day and then stopped, less is expected than the square root of the least number: the spread of the total overflowed.
    [Fact]
    public void Predict_CustomerWhoIsSurelyGone_HasIntervalsThatAreNumbers()
    {
        using var tool = new Tool();
        tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("s.csv"));
        tool.Run("fit", "mbg-nbd", tool.At("s.csv"), "-o", tool.At("fit.json"));
        string gone = tool.File("gone.csv", "# crm: unit=week; until=2025-12-31", "x,t_x,T", "299,1,59");
        var run = tool.Run("predict", "mbg-nbd", gone, "--horizon", "39w", "--fit", tool.At("fit.json"), "-o", tool.At("p.csv"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.InRange(run.Json.GetProperty("expectedPurchases").GetDouble(), 0, 1e-155);
        Assert.True(double.IsFinite(run.Json.GetProperty("expectedPurchasesForecast").GetProperty("outcomeHigh").GetDouble()));
    }

    [Fact]
    public void Predict_FitWithAParameterThatCannotBe_NamesIt()
    {
        using var tool = new Tool();
        tool.Run("summarize", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("s.csv"));
        tool.Run("fit", "mbg-nbd", tool.At("s.csv"), "-o", tool.At("fit.json"));
        string json = File.ReadAllText(tool.At("fit.json"));
        int from = json.IndexOf("\"r\": ", StringComparison.Ordinal) + "\"r\": ".Length;
        string wrong = tool.File("wrong.json", json[..from] + "-" + json[from..]);
        var run = tool.Run("predict", "mbg-nbd", tool.At("s.csv"), "--horizon", "39w", "--fit", wrong, "-o", tool.At("p.csv"));
        Assert.Equal(ExitCode.Data, run.ExitCode);
        Assert.Contains("wrong.json: The parameter r of this saved mbg-nbd is wrong.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.Error, StringComparison.Ordinal);
    }
}
