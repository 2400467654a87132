using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Crm.Core.Cli.Tests.Support;
using static Crm.Core.Cli.Tests.Support.ReportRuns;

namespace Crm.Core.Cli.Tests;

/// <summary>report.html: one page that anyone can read, that agrees with the other files, and that shows of customers only what was asked for.</summary>
public sealed class ReportTests
{
    [Fact]
    public void Report_OfAShop_HasEverySectionAndDrawing()
    {
        XDocument page = Shop.Page;
        Assert.Equal(
            ["trust", "pyramid", "value", "outlook", "models", "data", "glossary"], page.Descendants("h2").Select(heading => (string)heading.Attribute("id")!));
        Assert.Equal(
            ["course-sum", "course-weeks", "tiers", "concentration", "values", "doubt", "alive", "ahead", "frequencies", "deciles"],
            Drawings(page, "roomy").Select(drawing => drawing.Element("title")!.Attribute("id")!.Value.Replace("-title", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Report_NeedsNothingElse_NoScriptNoNetwork()
    {
        XDocument page = Shop.Page;
        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("link"));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute =>
            attribute.Name.LocalName is "src" or "href" or "srcset" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Figures_AreThoseOfTheDocument()
    {
        var (page, document) = Shop;
        JsonElement estimated = document.GetProperty("estimated");
        string total = estimated.GetProperty("totalClv").GetDouble().ToString("N0", CultureInfo.InvariantCulture);
        Assert.Equal($"{total}\u00A0EUR", page.Descendants("strong").First().Value);
        Assert.Equal(
            estimated.GetProperty("frequencies").EnumerateArray().Select(bin => bin.GetProperty("actual").GetInt64().ToString("N0", CultureInfo.InvariantCulture)),
            Table(page, "frequencies").Select(row => row[1]));
        Assert.Equal(
            estimated.GetProperty("tiers").EnumerateArray().Select(tier => tier.GetProperty("customers").GetInt64().ToString("N0", CultureInfo.InvariantCulture)),
            Table(page, "tiers").Select(row => row[1]));
        Assert.Equal(document.GetProperty("validation").GetProperty("weeks").GetArrayLength(), Table(page, "course-sum").Count);
    }

    [Fact]
    public void Document_CurvesAndBands_AddUpToTheBase()
    {
        JsonElement document = Shop.Document;
        JsonElement estimated = document.GetProperty("estimated");
        long customers = document.GetProperty("measured").GetProperty("customers").GetInt64();
        double total = estimated.GetProperty("totalClv").GetDouble();
        foreach (string bands in (string[])["valueBands", "aliveBands"])
        {
            Assert.Equal(customers, estimated.GetProperty(bands).EnumerateArray().Sum(band => band.GetProperty("customers").GetInt64()));
            Assert.Equal(total, estimated.GetProperty(bands).EnumerateArray().Sum(band => band.GetProperty("value").GetDouble()), 1e-9 * total);
        }

        Assert.Equal(customers, estimated.GetProperty("frequencies").EnumerateArray().Sum(bin => bin.GetProperty("actual").GetInt64()));
        Assert.Equal(customers, estimated.GetProperty("frequencies").EnumerateArray().Sum(bin => bin.GetProperty("expected").GetDouble()), 1e-6);
        double[] curve = [.. estimated.GetProperty("concentration").EnumerateArray().Select(point => point.GetProperty("shareOfValue").GetDouble())];
        Assert.Equal((0, 1.0), (curve[0], Math.Round(curve[^1], 12)));
        Assert.Equal(curve.Order(), curve);
        foreach (JsonElement week in document.GetProperty("validation").GetProperty("weeks").EnumerateArray())
        {
            Assert.True(week.GetProperty("outcomeLow").GetDouble() <= week.GetProperty("expected").GetDouble());
            Assert.True(week.GetProperty("expectedSoFar").GetDouble() <= week.GetProperty("outcomeHighSoFar").GetDouble());
        }
    }

    [Fact]
    public void Report_WithoutAmounts_SaysNothingOfMoney()
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines.Select(line => line[..line.LastIndexOf(',')])];
        XDocument page = Page(tool, tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--json"));
        Assert.Contains(Drawings(page), drawing => drawing.Element("title")!.Value == "Distribution of discounted expected purchases");
        Assert.DoesNotContain("Lifetime value of today", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("Discounted purchases", page.ToString(), StringComparison.Ordinal);
        Assert.All(["argin", "profit", "ifetime value", "spend per", "gamma-gamma"], word => Assert.DoesNotContain(word, page.Root!.Element("body")!.Value, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Report_OfTooLittleData_SaysThatItIsNotTested()
    {
        using var tool = new Tool();
        XDocument page = Page(tool, Analyze(tool, "--until", "2025-02-10", "--prior", "weak"));
        Assert.StartsWith("Forecast not tested", page.Descendants("span").First(span => ((string)span.Attribute("class")!).StartsWith("grade", StringComparison.Ordinal)).Value);
        Assert.DoesNotContain(Drawings(page), drawing => drawing.Element("title")!.Attribute("id")!.Value == "deciles-title");
    }

    [Fact]
    public void Report_Locale_WritesItsNumbersAndTheSentencesToo()
    {
        using var tool = new Tool();
        XDocument english = Page(tool, Analyze(tool, "--locale", "en"));
        XDocument german = Page(tool, Analyze(tool, "--locale", "de_DE.UTF-8"));
        string Swapped(string text) => text.Replace(',', '\0').Replace('.', ',').Replace('\0', '.');
        Assert.Equal(Swapped(english.Descendants("strong").First().Value), german.Descendants("strong").First().Value);
        Assert.Equal(Swapped(Words(english)).TrimEnd(',', '.'), Words(german).TrimEnd(',', '.'));

        string Words(XDocument page) => page.Descendants("p").First(p => (string?)p.Attribute("class") == "verdict").Value.Replace(", ", " ", StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Spend_IsTestedToo()
    {
        using var tool = new Tool();
        string[] dearer = [.. SmallShop.Lines.Select(line => string.CompareOrdinal(line.Split(',')[1], "2025-09-01") > 0 ? line.Replace(".", "9.", StringComparison.Ordinal) : line)];
        XDocument page = Page(tool, tool.Run("analyze", tool.File("dearer.csv", [SmallShop.Lines[0], .. dearer[1..]]), "-o", tool.At("out"), "--json"));
        string[] badges = [.. page.Descendants("span").Where(span => ((string?)span.Attribute("class"))?.StartsWith("grade", StringComparison.Ordinal) == true).Select(span => span.Value)];
        Assert.Contains("Forecast of spend tested: poor", badges);
        Assert.Contains(page.Descendants("li"), item => item.Value.StartsWith("Spend: poor: ", StringComparison.Ordinal) && item.Value.Contains("too low", StringComparison.Ordinal));
    }

    [Fact]
    public void Report_TestPeriod_IsSummedToTheDayAndTheBandNamesItsLevel()
    {
        var (page, document) = Shop;
        JsonElement tracked = document.GetProperty("validation").GetProperty("tracked");
        string says = page.Descendants("figcaption").First().Element("p")!.Value;
        Assert.Contains("they made " + tracked.GetProperty("actual").GetInt64().ToString("N0", CultureInfo.InvariantCulture), says, StringComparison.Ordinal);
        Assert.Contains(tracked.GetProperty("customers").GetInt64().ToString("N0", CultureInfo.InvariantCulture) + " customers", says, StringComparison.Ordinal);
        Assert.Contains("in the 90\u00A0% band; about ", page.Descendants("figcaption").ElementAt(1).Element("p")!.Value, StringComparison.Ordinal);
        string[] seen = [.. SmallShop.Lines[1..].Select(line => line.Split(',')[1]).Order(StringComparer.Ordinal)];
        DateOnly first = DateOnly.Parse(seen[0], CultureInfo.InvariantCulture);
        string until = first.AddDays(tracked.GetProperty("knownDays").GetInt32() - 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(document.GetProperty("validation").GetProperty("calibrationUntil").GetString(), until);
    }

    [Fact]
    public void Report_MarginOfAFraction_IsShownAsGiven()
    {
        using var tool = new Tool();
        Assert.Contains("12.5\u00A0% margin", Page(tool, Analyze(tool, "--margin", "12.5%")).Root!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_WithSignsThatTurnTheText_ShowsThemByNumber() =>
        Assert.Equal("a&lt;\u27E8U+202E\u27E9b", Report.ReportPage.Text("a<\u202Eb"));

    [Fact]
    public void Help_OfEveryCommand_NamesNoType()
    {
        using var tool = new Tool();
        Assert.All(["analyze", "demo", "summarize", "fit", "predict", "score"], command =>
            Assert.DoesNotContain("Crm.Core", tool.Run(command, "--help").Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Report_UnknownLocale_IsAUsageErrorThatNamesTheKnownOnes()
    {
        using var tool = new Tool();
        ToolRun run = Analyze(tool, "--locale", "klingon");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("de-CH", run.Error, StringComparison.Ordinal);
    }
}
