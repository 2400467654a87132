using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm score: who gets which offer at which place, worked by hand.</summary>
public sealed class ScoreTests
{
    [Fact]
    public void Score_OfSegments_IsTheOneWorkedByHand()
    {
        using var tool = new Tool();
        Assert.Equal(
            [
                "# crm: currency=XXX",
                "segment," + ScoreRuns.Columns,
                "students,1,c,12,20,0,0,-8,0",
                "students,2,b,10,50,1,1,-40,-2",
                "students,3,a,-17,60,2,2,-80,-1",
                "doctoral,1,c,12,20,0,0,-8,0",
                "doctoral,2,b,-4,50,1,1,-40,-16",
                "doctoral,3,a,-24,60,2,2,-80,-8",
                "default,1,b,30,50,1,1,-20,-2",
                "default,2,a,23,60,2,2,-40,-1",
                "default,3,c,16,20,0,0,-4,0",
            ],
            ScoreRuns.Scores(tool, ScoreRuns.Offers, ScoreRuns.Weights));
    }

    // The deepest segment decides; what is empty, unknown or called default weighs as the default.
    [Fact]
    public void Score_OfCustomers_GoesByTheDecidingSegment()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "7,students", "8, students | doctoral ", "9,", "10,default", "11,strangers", "12,strangers|students");
        var run = ScoreRuns.Run(tool, ScoreRuns.Offers, ScoreRuns.Weights, "--customers", customers, "--top", "1", "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            [
                "# crm: currency=XXX",
                "customer_id,segment," + ScoreRuns.Columns,
                "7,students,1,c,12,20,0,0,-8,0",
                "8,doctoral,1,c,12,20,0,0,-8,0",
                "9,default,1,b,30,50,1,1,-20,-2",
                "10,default,1,b,30,50,1,1,-20,-2",
                "11,default,1,b,30,50,1,1,-20,-2",
                "12,students,1,c,12,20,0,0,-8,0",
            ],
            File.ReadAllLines(tool.At("s.csv")));
        Assert.Contains("weights do not know: 2, the first in line 6; for 1 of them the default decides", run.Error, StringComparison.Ordinal);
        Assert.Contains("students (2 customers)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_Ties_GoToTheEarlierOfferInTheFile()
    {
        using var tool = new Tool();
        string[] offers = [ScoreRuns.Header, .. Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"o{(i * 37) % 50},10,0,{(i % 2) * 4},{(i % 2) * 0.5},0"))];
        string[] lines = ScoreRuns.Scores(tool, offers, ScoreRuns.Weights);
        Assert.Equal(offers[1..].Select(line => line.Split(',')[0]), lines.Where(line => line.StartsWith("default", StringComparison.Ordinal)).Select(line => line.Split(',')[2]));
    }

    [Theory]
    [InlineData(new[] { "--top", "2" }, 2, 2, 2)]
    [InlineData(new[] { "--minimum", "10" }, 2, 1, 3)]
    [InlineData(new[] { "--minimum", "-4" }, 2, 2, 3)]
    [InlineData(new[] { "--minimum", "16", "--top", "1" }, 0, 0, 1)]
    [InlineData(new[] { "--top", "100" }, 3, 3, 3)]
    public void Score_TopAndMinimum_LeaveTheBest(string[] asked, params int[] counts)
    {
        using var tool = new Tool();
        string[] lines = ScoreRuns.Scores(tool, ScoreRuns.Offers, ScoreRuns.Weights, asked)[2..];
        Assert.Equal(counts, new[] { "students", "doctoral", "default" }.Select(segment => lines.Count(line => line.StartsWith(segment + ",", StringComparison.Ordinal))));
        Assert.All(lines.GroupBy(line => line.Split(',')[0]), group =>
            Assert.Equal(Enumerable.Range(1, group.Count()), group.Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Score_MinimumThatNoOfferReaches_IsSaid()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "7,students", "8,");
        Assert.Contains("No offer reaches the minimum for 'students', 'doctoral'.", ScoreRuns.Run(tool, ScoreRuns.Offers, ScoreRuns.Weights, "--minimum", "15").Error, StringComparison.Ordinal);
        var run = ScoreRuns.Run(tool, ScoreRuns.Offers, ScoreRuns.Weights, "--minimum", "15", "--customers", customers, "-o", "-");
        Assert.Contains("no offer reaches the minimum: 1", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("7,students", run.Output, StringComparison.Ordinal);
    }

    // Customer 8 brings a relationship of 16, which counts 16 / 4 = 4; d has none, so that it adds to the 8 that stand in.
    [Fact]
    public void Score_OwnRelationship_AddsToThatOfEveryOffer()
    {
        using var tool = new Tool();
        const string weights = """
            {"schema": 1, "scales": {"relationship": {"kind": "linearRange", "low": 4, "high": 8, "missing": 8}},
             "default": {"utility": 1, "brand": 0, "relationship": 0.5, "cost": 0, "time": 0}}
            """;
        string customers = tool.File("customers.csv", "customer_id,segment,relationship", "7,,", "8,,16", "9,,0", "10,,-4");
        var run = ScoreRuns.Run(tool, ["offer_id,utility,relationship", "a,1,4", "d,1,"], weights, "--customers", customers, "-o", tool.At("s.csv"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            [
                "7,default,1,d,1.5,1,0,0.5,0,0", "7,default,2,a,1,1,0,0,0,0",
                "8,default,1,d,3.5,1,0,2.5,0,0", "8,default,2,a,3,1,0,2,0,0",
                "9,default,1,d,1.5,1,0,0.5,0,0", "9,default,2,a,1,1,0,0,0,0",
                "10,default,1,d,1,1,0,0,0,0", "10,default,2,a,0.5,1,0,-0.5,0,0",
            ],
            File.ReadAllLines(tool.At("s.csv"))[2..]);
        Assert.Equal(2, run.Json.GetProperty("customers").GetProperty("withOwnRelationship").GetInt64());
        JsonElement factor = Assert.Single(run.Json.GetProperty("factors").EnumerateArray());
        Assert.Equal((0, 2L), (factor.GetProperty("beyond").GetInt32(), factor.GetProperty("customersBeyond").GetInt64()));
    }

    // An id is data: a file that is read again must give the same one.
    [Fact]
    public void Score_Ids_AreWrittenAsTheyCame()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "=1+1,");
        string[] lines = ScoreRuns.Scores(tool, [ScoreRuns.Header, "@a,1,0,0,0,0"], ScoreRuns.Weights, "--customers", customers);
        Assert.Equal("=1+1,default,1,@a,1,1,0,0,0,0", lines[2]);
        Assert.Contains("spreadsheet", tool.Run("score", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ManyCustomers_AreAnsweredAsTheyGoBy()
    {
        using var tool = new Tool();
        const int many = 200_000;
        string customers = tool.At("customers.csv");
        using (var writer = new StreamWriter(customers))
        {
            writer.Write("customer_id,segment,relationship\n");
            for (int i = 0; i < many; i++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 3 == 0 ? "students" : "")},{(i % 4 == 0 ? "4" : "")}\n"));
            }
        }

        var run = ScoreRuns.Run(tool, ScoreRuns.Offers, ScoreRuns.Weights, "--customers", customers, "--top", "2", "-o", tool.At("s.csv"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(many, run.Json.GetProperty("customers").GetProperty("count").GetInt64());
        Assert.Equal((many + 2) / 3, run.Json.GetProperty("segments")[0].GetProperty("customers").GetInt64());
        Assert.Equal(2 + (2L * many), File.ReadLines(tool.At("s.csv")).LongCount());
        Assert.Equal("199998,students,2,b,10,50,1,1,-40,-2", File.ReadLines(tool.At("s.csv")).ElementAt((2 * 199_998) + 3));
        Assert.Equal("199996,default,1,b,31,50,1,2,-20,-2", File.ReadLines(tool.At("s.csv")).ElementAt((2 * 199_996) + 2));
    }
}
