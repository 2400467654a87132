using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm demo: simulation and recovery, as a newcomer sees it.</summary>
public sealed class DemoTests
{
    [Fact]
    public void Demo_FixedSeed_RecoversTheTruthAndForecastsTheNextYear()
    {
        using var tool = new Tool();
        var run = tool.Run("demo", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        var parameters = run.Json.GetProperty("parameters").EnumerateArray().ToArray();
        Assert.Equal(7, parameters.Length);
        Assert.All(parameters, parameter => Assert.InRange(parameter.GetProperty("standardErrorsOff").GetDouble(), -3, 3));
        double actual = run.Json.GetProperty("actualPurchases12Months").GetDouble();
        double expected = run.Json.GetProperty("analysis").GetProperty("estimated").GetProperty("expectedPurchases12Months").GetDouble();
        Assert.Equal(actual, expected, 0.05 * actual);
        Assert.Empty(tool.Names());
    }

    [Fact]
    public void Demo_SameSeed_SaysTheSame()
    {
        using var tool = new Tool();
        string first = tool.Run("demo", "--customers", "1000", "--seed", "3").Output;
        Assert.Equal(first, tool.Run("demo", "--customers", "1000", "--seed", "3").Output);
        Assert.NotEqual(first, tool.Run("demo", "--customers", "1000", "--seed", "4").Output);
    }

    [Fact]
    public void Demo_Output_WritesTheFilesOfAnAnalysis()
    {
        using var tool = new Tool();
        Assert.Equal(0, tool.Run("demo", "--customers", "1000", "-o", tool.At("out")).ExitCode);
        Assert.True(File.Exists(tool.At("out/report.html")));
    }
}
