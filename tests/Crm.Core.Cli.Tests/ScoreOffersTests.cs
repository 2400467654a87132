using System.Text;
using System.Text.Json;
using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>crm score: what rows of offers mean, with channels, moments and missing values, in every form of file.</summary>
public sealed class ScoreOffersTests
{
    // a costs a trip before it and a delivery after it, but no delivery in the store; b is not in the store, c holds anywhere.
    [Theory]
    [InlineData(null, "1,c,16,20,0,0,-4,0")]
    [InlineData("web-shop", "1,a,22.5,60,2,2,-40,-1.5", "2,c,16,20,0,0,-4,0", "3,b,12,20,0,0,-8,0")]
    [InlineData("store", "1,a,42,60,2,2,-20,-2", "2,c,16,20,0,0,-4,0")]
    [InlineData("phone", "1,c,16,20,0,0,-4,0")]
    public void Score_ThroughAChannel_AddsUpTheMomentsOfItsRows(string? channel, params string[] ranked)
    {
        using var tool = new Tool();
        string[] offers =
        [
            "offer_id,channel,moment,utility,brand,relationship,cost,time",
            "a,web-shop,before,0,0,0,0,1", "a,web-shop,AT,50,4,8,18,0", "a,web-shop,after,10,0,0,2,2",
            "a,store,before,0,0,0,0,4", "a,store,,60,4,8,10,0",
            "b,web-shop,at,20,0,0,4,0",
            "c,,at,20,0,0,2,0",
        ];
        string[] asked = channel is null ? [] : ["--channel", channel];
        string[] lines = ScoreRuns.Scores(tool, offers, """{"schema": 1, "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0.5}}""", asked);
        Assert.Equal(channel is null ? "# crm: currency=XXX" : $"# crm: channel={channel}; currency=XXX", lines[0]);
        Assert.Equal(ranked.Select(line => "default," + line), lines[2..]);
    }

    [Fact]
    public void Score_ChannelThatNoRowHas_SaysSo()
    {
        using var tool = new Tool();
        string[] offers = [ScoreRuns.Header + ",channel", "a,1,2,3,4,5,web-shop", "a,1,2,3,4,6,"];
        Assert.Contains("No row is for the channel 'web-shp' (the file has 'web-shop')", ScoreRuns.Run(tool, offers, ScoreRuns.Weights, "--channel", "web-shp").Error, StringComparison.Ordinal);
        Assert.Contains("No row has a channel", ScoreRuns.Run(tool, ScoreRuns.Offers, ScoreRuns.Weights, "--channel", "store").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b,web-shop", "Left out: 1 of 2 offers", "--channel ('web-shop')")]
    [InlineData("a,web-shop", "", "")]
    public void Score_OfferForOtherChannelsOnly_IsLeftOutAndCounted(string row, string said, string channels)
    {
        using var tool = new Tool();
        var run = ScoreRuns.Run(tool, ["offer_id,channel,utility,brand,relationship,cost,time", "a,,1,0,0,0,0", row + ",2,0,0,0,0"], ScoreRuns.Weights);
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains(channels.Replace("(", "(the file has ", StringComparison.Ordinal), run.Error, StringComparison.Ordinal);
        Assert.Equal(said.Length > 0, run.Error.Contains("Left out", StringComparison.Ordinal));
    }

    // The stand-in of cost is 8 in its own unit, and counts 8 / 4 = 2; nobody weighs time, so that it may be missing without one.
    [Theory]
    [InlineData("offer_id,utility,brand,relationship,cost,time", "a,60,4,8,,")]
    [InlineData("offer_id,utility,brand,relationship", "a,60,4,8")]
    public void Score_MissingValues_AreStoodInForWhereTheWeightsSaySo(string header, string row)
    {
        using var tool = new Tool();
        const string weights = """
            {"schema": 1, "scales": {"cost": {"kind": "money", "currency": "EUR", "step": 4, "missing": 8}, "time": {"kind": "linearRange", "low": 1, "high": 3}},
             "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0}}
            """;
        var run = ScoreRuns.Run(tool, [header, row], weights, "--json", "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["# crm: currency=EUR", "segment," + ScoreRuns.Columns, "default,1,a,60,60,2,2,-4,0"], File.ReadAllLines(tool.At("s.csv")));
        JsonElement factor = Assert.Single(run.Json.GetProperty("factors").EnumerateArray());
        Assert.Equal(("cost", 1, 8.0), (factor.GetProperty("factor").GetString(), factor.GetProperty("missing").GetInt32(), factor.GetProperty("standIn").GetDouble()));
        JsonElement[] effects = [.. run.Json.GetProperty("segments")[0].GetProperty("explanation").GetProperty("effects").EnumerateArray()];
        Assert.Equal(JsonValueKind.Null, effects[3].GetProperty("value").ValueKind);
        Assert.Equal(2, effects[3].GetProperty("scaledValue").GetDouble());
        Assert.Contains("For 1 of 1 offer cost is missing; 8 stands in", run.Error, StringComparison.Ordinal);
    }

    // In the store time is missing at both moments, so that the 4 that stands in counts once; elsewhere 2 + 7 = 9, and the moment before adds 0.
    [Theory]
    [InlineData(null, "default,1,a,-9,0,0,0,0,-9")]
    [InlineData("store", "default,1,a,-4,0,0,0,0,-4")]
    public void Score_MomentsWithoutAnyValue_AreOneMissingValue(string? channel, string expected)
    {
        using var tool = new Tool();
        const string weights = """
            {"schema": 1, "scales": {"time": {"kind": "identity", "missing": 4}},
             "default": {"utility": 0, "brand": 0, "relationship": 0, "cost": 0, "time": 1}}
            """;
        string[] offers = ["offer_id,channel,moment,time", "a,,before,0", "a,,at,2", "a,,after,7", "a,store,before,", "a,store,at,"];
        Assert.Equal([expected], ScoreRuns.Scores(tool, offers, weights, channel is null ? [] : ["--channel", channel])[2..]);
    }

    [Fact]
    public void Score_Formats_AreReadAlike()
    {
        using var tool = new Tool();
        string[] expected = ScoreRuns.Scores(tool, ScoreRuns.Offers, ScoreRuns.Weights);
        Assert.Equal(expected, ScoreRuns.Scores(tool, [.. ScoreRuns.Offers.Select(line => line.Replace(',', ';'))], ScoreRuns.Weights));
        Assert.Equal(expected, ScoreRuns.Scores(tool, [.. ScoreRuns.Offers.Select(line => line.Replace(',', '\t') + "\r")], ScoreRuns.Weights));
        byte[] plain = Encoding.UTF8.GetBytes(string.Join('\n', ScoreRuns.Offers) + "\n");
        string weights = tool.File("weights.json", ScoreRuns.Weights);
        string[] unpacked = tool.Run("score", tool.Bytes("o.csv.gz", Packed.Gzip(plain)), "--weights", weights, "-o", "-").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(expected, unpacked);
        Assert.Equal(expected, Tool.RunWith(plain, ["score", "-", "--weights", weights, "-o", "-"]).Output.TrimEnd('\n').Split('\n'));
        byte[] people = Encoding.UTF8.GetBytes("customer_id\tsegment\n1\tstudents\n");
        string answer = Tool.RunWith(people, ["score", tool.File("o.csv", ScoreRuns.Offers), "--weights", weights, "--customers", "-", "--top", "1", "-o", "-"]).Output;
        Assert.EndsWith("\n1,students,1,c,12,20,0,0,-8,0\n", answer, StringComparison.Ordinal);
    }
}
