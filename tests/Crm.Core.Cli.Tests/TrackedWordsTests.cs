using Crm.Core.Cli.Output;
using static Crm.Core.Cli.Tests.Support.ReportRuns;

namespace Crm.Core.Cli.Tests;

/// <summary>What the tool says of the course of purchases: by how much a forecast missed, and when purchases left their band.</summary>
public sealed class TrackedWordsTests
{
    // Sums so far and their bands, week by week.
    private static readonly TrackedWeek[] _within = [.. Enumerable.Range(1, 10).Select(i => Week(i, 100 * i, (90 * i, 110 * i)))];

    [Fact]
    public void Excursions_OfSumsWithinTheirBand_AreNone() => Assert.Empty(BandExcursion.Of(_within));

    [Fact]
    public void Excursions_OfSumsAtTheEndsOfTheirBand_AreNone() => Assert.Empty(BandExcursion.Of([Week(1, 90, (90, 110)), Week(2, 110, (90, 110))]));

    [Fact]
    public void Excursions_WithoutBands_AreNone() => Assert.Empty(BandExcursion.Of([Week(1, 90, null), Week(2, 900, null)]));

    [Fact]
    public void Excursions_AreTheStretchesOutsideWithTheFurthestOfEach()
    {
        TrackedWeek[] weeks = [.. _within];
        weeks[1] = Week(2, 222, (180, 220));
        weeks[2] = Week(3, 340, (270, 330));
        weeks[3] = Week(4, 444, (360, 440));
        weeks[8] = Week(9, 800, (810, 990));
        weeks[9] = Week(10, 880, (900, 1_100));
        Assert.Equal(
            [
                new("2026-01-02", "2026-01-04", "2026-01-03", -10, null, true, false),
                new("2026-01-09", "2026-01-10", "2026-01-10", 20, null, false, true),
            ],
            BandExcursion.Of(weeks).Select(found => found with { MissOfActual = null }));
        Assert.Equal(-10 / 340.0, BandExcursion.Of(weeks)[0].MissOfActual!.Value, 1e-12);
        Assert.Equal(20 / 880.0, BandExcursion.Of(weeks)[1].MissOfActual!.Value, 1e-12);
    }

    [Fact]
    public void OfSums_WithinTheBand_SaysSoAndTheMissOfTheTestPeriod() => Assert.Equal(
        "The 1,500 customers who first bought before the test period are followed, and no later ones. Told only when each of them first bought, the model expects "
        + "1,900 repeat purchases in the test period; they made 2,000: the forecast is 5.0 % too low. The sum never leaves its 90 % band.",
        TrackedWords.OfSums(Sums(), _within[^1]));

    [Fact]
    public void OfSums_OutsideTheBandTillTheEnd_SaysSinceWhenAndHowFar() => Assert.EndsWith(
        "The sum leaves its 90 % band in the week to 2026-01-02, before the test period, and once more. It is furthest outside in the week to 2026-01-10, when the "
        + "lower end of the band is 20 purchases (2.3 %) too high. It has not come back by the end.",
        TrackedWords.OfSums(Sums(new("2026-01-02", "2026-01-04", "2026-01-03", -10, -0.03, true, false), new("2026-01-09", "2026-01-10", "2026-01-10", 20, 0.0227, false, true)), _within[^1]),
        StringComparison.Ordinal);

    [Fact]
    public void OfSums_BackInTheBand_SaysAfterWhen() => Assert.EndsWith(
        "The sum leaves its 90 % band in the week to 2026-01-08, in the test period. It is furthest outside in the week to 2026-01-08, when the upper end of the band is "
        + "less than 1 purchase (0.1 %) too low. After the week to 2026-01-08 it is back in the band, and stays there.",
        TrackedWords.OfSums(Sums(new BandExcursion("2026-01-08", "2026-01-08", "2026-01-08", -0.4, -0.001, true, true)), _within[^1]),
        StringComparison.Ordinal);

    [Fact]
    public void Words_OfOne_AreInTheSingular()
    {
        TrackedSums one = Sums() with { Customers = 1, Expected = 0.9, Actual = 1, Bias = -0.1, WeeksInBand = new(1, 1, 0.9, false) };
        Assert.StartsWith("The 1 customer who first bought before the test period is followed, and no later ones. Told only when they first bought, the model expects "
            + "1 repeat purchase in the test period; they made 1: the forecast is 10.0 % too low.", TrackedWords.OfSums(one, _within[0]), StringComparison.Ordinal);
        Assert.StartsWith("1 of 1 week lies in the 90 % band; about 1 does if", TrackedWords.OfWeeks(one), StringComparison.Ordinal);
    }

    [Fact]
    public void Words_WithoutABand_SayWhy()
    {
        TrackedSums none = Sums() with { WeeksInBand = null };
        Assert.EndsWith("There is no band, since the data do not determine the parameters well enough for intervals.", TrackedWords.OfSums(none, _within[0]), StringComparison.Ordinal);
        Assert.StartsWith("There is no band", TrackedWords.OfWeeks(none), StringComparison.Ordinal);
    }

    // Forecast less what happened, as a share of that: in every figure, sentence and column that holds one against the other.
    [Fact]
    public void Document_EveryMiss_IsTheForecastAgainstWhatHappened()
    {
        var (page, document) = Shop;
        var validation = document.GetProperty("validation");
        var tracked = validation.GetProperty("tracked");
        double bias = (tracked.GetProperty("expected").GetDouble() / tracked.GetProperty("actual").GetInt64()) - 1;
        Assert.Equal(bias, tracked.GetProperty("bias").GetDouble(), 1e-12);
        string said = FormattableString.Invariant($"the forecast is {Math.Abs(bias):P1} too {(bias < 0 ? "low" : "high")}");
        Assert.Contains(said, tracked.GetProperty("words")[0].GetString(), StringComparison.Ordinal);
        Assert.Contains(said.Replace(" %", "\u00A0%", StringComparison.Ordinal), page.Descendants("figcaption").First().Value, StringComparison.Ordinal);
        foreach (var model in validation.GetProperty("models").EnumerateArray())
        {
            var purchases = model.GetProperty("purchases");
            double miss = (purchases.GetProperty("expected").GetDouble() / purchases.GetProperty("actual").GetDouble()) - 1;
            Assert.Equal(miss, purchases.GetProperty("bias").GetDouble(), 1e-12);
            string cell = (Math.Round(miss, 3) > 0 ? "+" : "") + miss.ToString("0.0 %;\u22120.0 %", System.Globalization.CultureInfo.InvariantCulture).Replace(' ', '\u00A0');
            Assert.Contains(page.Descendants("tr"), row => row.Elements().First().Value.Split(' ')[0] == model.GetProperty("name").GetString() && row.Elements().Any(each => each.Value == cell));
        }
    }

    [Fact]
    public void Document_WeeksInBand_AreCountedFromTheWeeks()
    {
        var validation = Shop.Document.GetProperty("validation");
        var weeks = validation.GetProperty("weeks").EnumerateArray().ToArray();
        var band = validation.GetProperty("tracked").GetProperty("weeksInBand");
        Assert.Equal(weeks.Length, band.GetProperty("weeks").GetInt64());
        Assert.Equal(0.9 * weeks.Length, band.GetProperty("due").GetDouble(), 1e-9);
        Assert.Equal(
            weeks.LongCount(week => week.GetProperty("actual").GetDouble() >= week.GetProperty("outcomeLow").GetDouble() && week.GetProperty("actual").GetDouble() <= week.GetProperty("outcomeHigh").GetDouble()),
            band.GetProperty("held").GetInt64());
    }

    private static TrackedSums Sums(params BandExcursion[] excursions) =>
        new(1_500, 200, 100, 1_900, 2_000, Miss.Of(1_900, 2_000), 0.9, new(40, 36, 36, false), excursions, []);

    private static TrackedWeek Week(int day, long soFar, (double Low, double High)? band) => new(
        FormattableString.Invariant($"2026-01-{day:00}"), 1, 0, 2, 1, soFar, band?.Low, band?.High, soFar, day > 7);
}
