using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Crm.Core.Benefits;
using Crm.Core.Cli.Commands;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Offers;

namespace Crm.Core.Cli.Tests;

/// <summary>crm score: the answers, worked by hand and by the library, in files, tables and JSON.</summary>
public sealed class ScoreTests
{
    private const string Header = "offer_id,utility,brand,relationship,cost,time";
    private const string Columns = "rank,offer_id,benefit,utility,brand,relationship,cost,time";

    // Powers of two, so that every product below is exact.
    private const string Weights = """
        {"schema": 1,
         "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0.5},
         "segments": [{"segment": "students", "cost": 4}, {"segment": "doctoral", "parent": "students", "time": 4}]}
        """;

    private static readonly string[] _offers = [Header, "a,60,4,8,20,2", "b,50,2,4,10,4", "c,20,0,0,2,0"];

    [Fact]
    public void Score_OfSegments_IsTheOneWorkedByHand()
    {
        using var tool = new Tool();
        Assert.Equal(
            [
                "# crm: currency=XXX",
                "segment," + Columns,
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
            Scores(tool, _offers, Weights));
    }

    // The deepest segment decides; what is empty, unknown or called default weighs as the default.
    [Fact]
    public void Score_OfCustomers_GoesByTheDecidingSegment()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "7,students", "8, students | doctoral ", "9,", "10,default", "11,strangers", "12,strangers|students");
        var run = Run(tool, _offers, Weights, "--customers", customers, "--top", "1", "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(
            [
                "# crm: currency=XXX",
                "customer_id,segment," + Columns,
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
        string[] lines = Scores(tool, offers, """{"schema": 1, "default": {"utility": 1, "brand": 0.5, "relationship": 0.25, "cost": 2, "time": 0.5}}""", asked);
        Assert.Equal(channel is null ? "# crm: currency=XXX" : $"# crm: channel={channel}; currency=XXX", lines[0]);
        Assert.Equal(ranked.Select(line => "default," + line), lines[2..]);
    }

    [Fact]
    public void Score_ChannelThatNoRowHas_SaysSo()
    {
        using var tool = new Tool();
        string[] offers = [Header + ",channel", "a,1,2,3,4,5,web-shop", "a,1,2,3,4,6,"];
        Assert.Contains("No row is for the channel 'web-shp' (the file has 'web-shop')", Run(tool, offers, Weights, "--channel", "web-shp").Error, StringComparison.Ordinal);
        Assert.Contains("No row has a channel", Run(tool, _offers, Weights, "--channel", "store").Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b,web-shop", "Left out: 1 of 2 offers", "--channel ('web-shop')")]
    [InlineData("a,web-shop", "", "")]
    public void Score_OfferForOtherChannelsOnly_IsLeftOutAndCounted(string row, string said, string channels)
    {
        using var tool = new Tool();
        var run = Run(tool, ["offer_id,channel,utility,brand,relationship,cost,time", "a,,1,0,0,0,0", row + ",2,0,0,0,0"], Weights);
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
        var run = Run(tool, [header, row], weights, "--json", "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(["# crm: currency=EUR", "segment," + Columns, "default,1,a,60,60,2,2,-4,0"], File.ReadAllLines(tool.At("s.csv")));
        JsonElement factor = Assert.Single(run.Json.GetProperty("factors").EnumerateArray());
        Assert.Equal(("cost", 1, 8.0), (factor.GetProperty("factor").GetString(), factor.GetProperty("missing").GetInt32(), factor.GetProperty("standIn").GetDouble()));
        JsonElement[] effects = [.. run.Json.GetProperty("segments")[0].GetProperty("explanation").GetProperty("effects").EnumerateArray()];
        Assert.Equal(JsonValueKind.Null, effects[3].GetProperty("value").ValueKind);
        Assert.Equal(2, effects[3].GetProperty("scaledValue").GetDouble());
        Assert.Contains("cost is missing; 8 stands in", run.Error, StringComparison.Ordinal);
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
        Assert.Equal([expected], Scores(tool, offers, weights, channel is null ? [] : ["--channel", channel])[2..]);
    }

    // An id is data: a file that is read again must give the same one.
    [Fact]
    public void Score_Ids_AreWrittenAsTheyCame()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "=1+1,");
        string[] lines = Scores(tool, [Header, "@a,1,0,0,0,0"], Weights, "--customers", customers);
        Assert.Equal("=1+1,default,1,@a,1,1,0,0,0,0", lines[2]);
        Assert.Contains("spreadsheet", tool.Run("score", "--help").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_Ties_GoToTheEarlierOfferInTheFile()
    {
        using var tool = new Tool();
        string[] offers = [Header, .. Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"o{(i * 37) % 50},10,0,{(i % 2) * 4},{(i % 2) * 0.5},0"))];
        string[] lines = Scores(tool, offers, Weights);
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
        string[] lines = Scores(tool, _offers, Weights, asked)[2..];
        Assert.Equal(counts, new[] { "students", "doctoral", "default" }.Select(segment => lines.Count(line => line.StartsWith(segment + ",", StringComparison.Ordinal))));
        Assert.All(lines.GroupBy(line => line.Split(',')[0]), group =>
            Assert.Equal(Enumerable.Range(1, group.Count()), group.Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Score_MinimumThatNoOfferReaches_IsSaid()
    {
        using var tool = new Tool();
        string customers = tool.File("customers.csv", "customer_id,segment", "7,students", "8,");
        Assert.Contains("No offer reaches the minimum for 'students', 'doctoral'.", Run(tool, _offers, Weights, "--minimum", "15").Error, StringComparison.Ordinal);
        var run = Run(tool, _offers, Weights, "--minimum", "15", "--customers", customers, "-o", "-");
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
        var run = Run(tool, ["offer_id,utility,relationship", "a,1,4", "d,1,"], weights, "--customers", customers, "-o", tool.At("s.csv"), "--json");
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

    [Fact]
    public void Score_Json_IsWhatTheLibrarySays()
    {
        using var tool = new Tool();
        const string weights = """
            {"schema": 1,
             "scales": {"utility": {"kind": "standardScore", "origin": 40, "step": 12.5}, "cost": {"kind": "money", "currency": "EUR", "step": 10},
                        "time": {"kind": "linearRange", "low": 0, "high": 3}},
             "default": {"utility": 1, "brand": 0.4, "relationship": 0.6, "cost": 1.2, "time": 0.5},
             "segments": [{"segment": "students", "cost": 2.3}, {"segment": "carefree", "cost": 0}]}
            """;
        var run = Run(tool, _offers, weights, "--json", "--top", "2");
        Assert.True(run.ExitCode == 0, run.ToString());
        WeightBook book = WeightBook.FromJson(weights);
        OfferFactors[] offers =
        [
            OfferFactors.Of(new Offer { Id = OfferId.Of("a") }, new BenefitFactors { Utility = 60, Brand = 4, Relationship = 8, Cost = 20, Time = 2 }),
            OfferFactors.Of(new Offer { Id = OfferId.Of("b") }, new BenefitFactors { Utility = 50, Brand = 2, Relationship = 4, Cost = 10, Time = 4 }),
            OfferFactors.Of(new Offer { Id = OfferId.Of("c") }, new BenefitFactors { Utility = 20, Cost = 2 }),
        ];
        Assert.Equal("EUR", run.Json.GetProperty("currency").GetString());
        JsonElement[] sections = [.. run.Json.GetProperty("segments").EnumerateArray()];
        Assert.Equal(["students", "carefree", "default"], sections.Select(section => section.GetProperty("segment").GetString()!));
        foreach (JsonElement section in sections)
        {
            SegmentId segment = section.GetProperty("segment").GetString() is { } name && name != "default" ? SegmentId.Of(name) : SegmentId.None;
            AssertSection(section, book, segment, [.. offers.Select(offer => (offer.Offer.Id.ToString(), book.Score(segment, offer))).OrderByDescending(scored => scored.Item2.Value)]);
        }

        JsonElement beyond = Assert.Single(run.Json.GetProperty("factors").EnumerateArray());
        Assert.Equal(("time", 1), (beyond.GetProperty("factor").GetString(), beyond.GetProperty("beyond").GetInt32()));
        Assert.Contains("time lies beyond the range from 0 to 3", Assert.Single(run.Json.GetProperty("notes").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Score_OnAScreen_ExplainsTheWinnerAgainstTheRunnerUp()
    {
        using var tool = new Tool();
        string[] offers = [Header + ",name", .. _offers[1..].Select(line => line + ",[The] " + line[0])];
        string shown = string.Join(' ', Run(tool, offers, Weights, "--top", "1").Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("c ([The] c)", shown, StringComparison.Ordinal);
        Assert.Contains("c before b. Benefit 12: utility +20, brand 0, relationship 0, cost -8, time 0. 2 ahead of the runner-up at 10: cost +32, utility -30", shown, StringComparison.Ordinal);
        Assert.Contains("at the same benefit: utility 0.25, brand 0.125, relationship 0.0625; one unit of time saved 0.125.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ManyOffersOnAScreen_ShowsTenAndCountsTheRest()
    {
        using var tool = new Tool();
        string[] offers = [Header, .. Enumerable.Range(0, 1_234).Select(i => FormattableString.Invariant($"o{i},{i},0,0,0,0"))];
        Assert.Contains("and 1,224 more", Run(tool, offers, Weights).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("more, which", Run(tool, offers, Weights, "--top", "20").Output, StringComparison.Ordinal);
    }

    // The three ways to write a sum differ in their last bits; what stands in the file adds up from left to right.
    [Theory]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    public void Score_RoundTrip_ContributionsAddUpToTheBenefitExactly(string culture)
    {
        using var tool = new Tool();
        const string weights = """
            {"schema": 1, "scales": {"utility": {"kind": "standardScore", "origin": 0.7, "step": 0.3}, "time": {"kind": "linearRange", "low": 0.1, "high": 0.7}},
             "default": {"utility": 0.1, "brand": 0.7, "relationship": 1.3, "cost": 0.9, "time": 0.011}, "segments": [{"segment": "ISTANBUL", "cost": 1.7}]}
            """;
        string[] offers =
        [
            "OFFER_ID,UTILITY,BRAND,RELATIONSHIP,COST,TIME",
            .. Enumerable.Range(1, 500).Select(i => string.Create(CultureInfo.InvariantCulture,
                $"i{i},{Math.Sin(i)},{Math.Sin(2.0 * i) / 3},{Math.Cos(i) * 1e-3},{Math.Cos(3.0 * i) * 7},{Math.Sin(5.0 * i)}")),
        ];
        string customers = tool.File("customers.csv", "CUSTOMER_ID,SEGMENT,RELATIONSHIP", "1,ISTANBUL,0.1", "2,,1e-9", "3,ISTANBUL,");
        CultureInfo before = CultureInfo.CurrentCulture;
        string[] rows;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            rows = [.. Scores(tool, offers, weights)[2..], .. Scores(tool, offers, weights, "--customers", customers)[2..].Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..])];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(500 * 5, rows.Length);
        Assert.All(rows, row =>
        {
            double[] numbers = [.. row.Split(',')[3..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
            Assert.Equal(numbers[0], numbers[1] + numbers[2] + numbers[3] + numbers[4] + numbers[5]);
        });
    }

    [Fact]
    public void Score_Formats_AreReadAlike()
    {
        using var tool = new Tool();
        string[] expected = Scores(tool, _offers, Weights);
        Assert.Equal(expected, Scores(tool, [.. _offers.Select(line => line.Replace(',', ';'))], Weights));
        Assert.Equal(expected, Scores(tool, [.. _offers.Select(line => line.Replace(',', '\t') + "\r")], Weights));
        byte[] plain = Encoding.UTF8.GetBytes(string.Join('\n', _offers) + "\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        string weights = tool.File("weights.json", Weights);
        string[] unpacked = tool.Run("score", tool.Bytes("o.csv.gz", packed.ToArray()), "--weights", weights, "-o", "-").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(expected, unpacked);
        Assert.Equal(expected, Tool.RunWith(plain, ["score", "-", "--weights", weights, "-o", "-"]).Output.TrimEnd('\n').Split('\n'));
        byte[] people = Encoding.UTF8.GetBytes("customer_id\tsegment\n1\tstudents\n");
        string answer = Tool.RunWith(people, ["score", tool.File("o.csv", _offers), "--weights", weights, "--customers", "-", "--top", "1", "-o", "-"]).Output;
        Assert.EndsWith("\n1,students,1,c,12,20,0,0,-8,0\n", answer, StringComparison.Ordinal);
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

        var run = Run(tool, _offers, Weights, "--customers", customers, "--top", "2", "-o", tool.At("s.csv"), "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(many, run.Json.GetProperty("customers").GetProperty("count").GetInt64());
        Assert.Equal((many + 2) / 3, run.Json.GetProperty("segments")[0].GetProperty("customers").GetInt64());
        Assert.Equal(2 + (2L * many), File.ReadLines(tool.At("s.csv")).LongCount());
        Assert.Equal("199998,students,2,b,10,50,1,1,-40,-2", File.ReadLines(tool.At("s.csv")).ElementAt((2 * 199_998) + 3));
        Assert.Equal("199996,default,1,b,31,50,1,2,-20,-2", File.ReadLines(tool.At("s.csv")).ElementAt((2 * 199_996) + 2));
    }

    [Fact]
    public void Score_Help_ShowsWeightsThatWork()
    {
        using var tool = new Tool();
        var run = tool.Run("score", "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(ScoreCommand.SampleWeights, run.Output, StringComparison.Ordinal);
        string[] lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        string[] offers = [.. lines.SkipWhile(line => line != Header).TakeWhile(line => line.Length > 0)];
        string[] customers = [.. lines.SkipWhile(line => line != "customer_id,segment").TakeWhile(line => line.Length > 0)];
        var scored = Run(tool, offers, ScoreCommand.SampleWeights, "--customers", tool.File("customers.csv", customers), "-o", "-");
        Assert.True(scored.ExitCode == 0, scored.ToString());
        Assert.Equal(2 + (2 * 3), scored.Output.TrimEnd('\n').Split('\n').Length);
    }

    private static void AssertSection(JsonElement section, WeightBook book, SegmentId segment, (string Id, BenefitScore Score)[] expected)
    {
        JsonElement[] offers = [.. section.GetProperty("offers").EnumerateArray()];
        Assert.Equal(expected.Take(2).Select(scored => scored.Id), offers.Select(offer => offer.GetProperty("offerId").GetString()!));
        foreach (var (offer, (_, score)) in offers.Zip(expected))
        {
            Assert.Equal(score.Value, offer.GetProperty("benefit").GetDouble());
            Assert.All(Enum.GetValues<BenefitFactor>(), factor =>
                Assert.Equal(score.Contributions[factor], offer.GetProperty("contributions").GetProperty(NameOf(factor)).GetDouble()));
        }

        BenefitExplanation explanation = expected[0].Score.Explain(expected[1].Score);
        JsonElement said = section.GetProperty("explanation");
        Assert.Equal((expected[0].Id, expected[1].Id), (said.GetProperty("offerId").GetString()!, said.GetProperty("runnerUp").GetString()!));
        Assert.Equal(explanation.Lead, said.GetProperty("lead").GetDouble());
        Assert.Equal(explanation.ToString(), said.GetProperty("words").GetString());
        foreach (var (effect, written) in explanation.Effects.Zip(said.GetProperty("effects").EnumerateArray()))
        {
            Assert.Equal(NameOf(effect.Factor), written.GetProperty("factor").GetString());
            Assert.Equal(
                [effect.Value, effect.ScaledValue, effect.Weight, effect.Contribution, effect.Difference, effect.ChangeToTie],
                new[] { "value", "scaledValue", "weight", "contribution", "difference", "changeToTie" }.Select(name => NumberOf(written.GetProperty(name))));
        }

        JsonElement worth = section.GetProperty("willingnessToPay");
        Assert.Equal(book.WillingnessToPay(segment, BenefitFactor.Utility), NumberOf(worth.GetProperty("utility")));
        Assert.Equal(book.WillingnessToPay(segment, BenefitFactor.Brand), NumberOf(worth.GetProperty("brand")));
        Assert.Equal(book.WillingnessToPay(segment, BenefitFactor.Relationship), NumberOf(worth.GetProperty("relationship")));
        Assert.Equal(book.ValueOfTime(segment), NumberOf(section.GetProperty("valueOfTime")));
    }

    private static double? NumberOf(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();

    private static string NameOf(BenefitFactor factor) => factor.ToString().ToLowerInvariant();

    private static string[] Scores(Tool tool, string[] offers, string weights, params string[] options)
    {
        var run = Run(tool, offers, weights, ["-o", tool.At("scores.csv"), .. options]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return File.ReadAllLines(tool.At("scores.csv"));
    }

    private static ToolRun Run(Tool tool, string[] offers, string weights, params string[] options) =>
        tool.Run(["score", tool.File("offers.csv", offers), "--weights", tool.File("weights.json", weights), .. options]);
}
