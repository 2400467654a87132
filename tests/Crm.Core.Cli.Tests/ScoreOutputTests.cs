using System.Globalization;
using System.Text.Json;
using Crm.Core.Benefits;
using Crm.Core.Cli.Commands;
using Crm.Core.Cli.Tests.Support;
using Crm.Core.Offers;

namespace Crm.Core.Cli.Tests;

/// <summary>crm score: what the answers look like, as JSON, on a screen, in a file, and in the help.</summary>
public sealed class ScoreOutputTests
{
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
        var run = ScoreRuns.Run(tool, ScoreRuns.Offers, weights, "--json", "--top", "2");
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
        string[] offers = [ScoreRuns.Header + ",name", .. ScoreRuns.Offers[1..].Select(line => line + ",[The] " + line[0])];
        string shown = string.Join(' ', ScoreRuns.Run(tool, offers, ScoreRuns.Weights, "--top", "1").Output.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("c ([The] c)", shown, StringComparison.Ordinal);
        Assert.Contains("c before b. Benefit 12: utility +20, brand 0, relationship 0, cost -8, time 0. 2 ahead of the runner-up at 10: cost +32, utility -30", shown, StringComparison.Ordinal);
        Assert.Contains("at the same benefit: utility 0.25, brand 0.125, relationship 0.0625; one unit of time saved 0.125.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ManyOffersOnAScreen_ShowsTenAndCountsTheRest()
    {
        using var tool = new Tool();
        string[] offers = [ScoreRuns.Header, .. Enumerable.Range(0, 1_234).Select(i => FormattableString.Invariant($"o{i},{i},0,0,0,0"))];
        Assert.Contains("and 1,224 more", ScoreRuns.Run(tool, offers, ScoreRuns.Weights).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("more, which", ScoreRuns.Run(tool, offers, ScoreRuns.Weights, "--top", "20").Output, StringComparison.Ordinal);
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
            rows = [.. ScoreRuns.Scores(tool, offers, weights)[2..], .. ScoreRuns.Scores(tool, offers, weights, "--customers", customers)[2..].Select(row => row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..])];
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
    public void Score_Help_ShowsWeightsThatWork()
    {
        using var tool = new Tool();
        var run = tool.Run("score", "--help");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(ScoreCommand.SampleWeights, run.Output, StringComparison.Ordinal);
        string[] lines = run.Output.ReplaceLineEndings("\n").Split('\n');
        string[] offers = [.. lines.SkipWhile(line => line != ScoreRuns.Header).TakeWhile(line => line.Length > 0)];
        string[] customers = [.. lines.SkipWhile(line => line != "customer_id,segment").TakeWhile(line => line.Length > 0)];
        var scored = ScoreRuns.Run(tool, offers, ScoreCommand.SampleWeights, "--customers", tool.File("customers.csv", customers), "-o", "-");
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
}
