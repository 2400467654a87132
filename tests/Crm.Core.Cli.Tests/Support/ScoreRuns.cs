namespace Crm.Core.Cli.Tests.Support;

/// <summary>A small file of offers and its weights, and crm score run on it.</summary>
internal static class ScoreRuns
{
    internal const string Header = "offer_id,utility,brand,relationship,cost,time";
    internal const string Columns = "rank,offer_id,benefit,utility,brand,relationship,cost,time";

    // Powers of two, so that every product is exact.
    internal const string Weights = """
        {"schema": 1,
         "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0.5},
         "segments": [{"segment": "students", "cost": 4}, {"segment": "doctoral", "parent": "students", "time": 4}]}
        """;

    internal static string[] Offers { get; } = [Header, "a,60,4,8,20,2", "b,50,2,4,10,4", "c,20,0,0,2,0"];

    internal static string[] Scores(Tool tool, string[] offers, string weights, params string[] options)
    {
        var run = Run(tool, offers, weights, ["-o", tool.At("scores.csv"), .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return File.ReadAllLines(tool.At("scores.csv"));
    }

    internal static ToolRun Run(Tool tool, string[] offers, string weights, params string[] options) =>
        tool.Run(["score", tool.File("offers.csv", offers), "--weights", tool.File("weights.json", weights), .. options]);
}
