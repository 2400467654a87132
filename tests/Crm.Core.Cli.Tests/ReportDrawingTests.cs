using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Crm.Core.Cli.Report;
using Crm.Core.Cli.Report.Charts;
using static Crm.Core.Cli.Tests.Support.ReportRuns;

namespace Crm.Core.Cli.Tests;

/// <summary>The drawings of report.html: told to who cannot see them, whole, and large enough to read on whatever shows them.</summary>
public sealed partial class ReportDrawingTests
{
    // The widths of phones in css pixels, and the least size of letters that can be read there.
    private const double NarrowestPhone = 360;
    private const double LeastLetters = 11;

    [Fact]
    public void Report_EveryDrawing_IsToldToWhoCannotSeeIt()
    {
        XDocument page = Shop.Page;
        Assert.Equal(Drawings(page, "roomy").Count(), Drawings(page, "narrow").Count());
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Distinct().Count(), ids.Length);
        foreach (XElement drawing in Drawings(page))
        {
            Assert.Equal("img", (string)drawing.Attribute("role")!);
            Assert.All(drawing.Attribute("aria-labelledby")!.Value.Split(' '), id => Assert.False(string.IsNullOrWhiteSpace(
                drawing.Elements().Single(element => (string?)element.Attribute("id") == id).Value)));
            XElement figure = drawing.Parent!;
            Assert.Equal("figure", figure.Name.LocalName);
            Assert.NotEmpty(figure.Element("figcaption")!.Element("p")!.Value);
            Assert.NotEmpty(figure.Element("details")!.Descendants("tbody").Single().Elements("tr"));
        }

        foreach (XElement table in page.Descendants("table"))
        {
            Assert.Equal("caption", table.Elements().First().Name.LocalName);
            Assert.False(string.IsNullOrWhiteSpace(table.Element("caption")!.Value));
            int columns = table.Element("thead")!.Element("tr")!.Elements().Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        }
    }

    [Fact]
    public void Report_EveryMark_LiesWithinItsDrawing()
    {
        foreach (XElement drawing in Drawings(Shop.Page))
        {
            double[] box = Numbers(drawing.Attribute("viewBox")!.Value);
            foreach (XElement mark in drawing.Descendants())
            {
                double[] xs = [.. Values(mark, "x", "x1", "x2", "cx"), .. Points(mark).Where((_, i) => i % 2 == 0)];
                double[] ys = [.. Values(mark, "y", "y1", "y2", "cy"), .. Points(mark).Where((_, i) => i % 2 == 1)];
                double width = Values(mark, "width").SingleOrDefault();
                double height = Values(mark, "height").SingleOrDefault();
                Assert.All(xs, x => Assert.True(x >= -0.1 && x + width <= box[2] + 0.1, mark.ToString()));
                Assert.All(ys, y => Assert.True(y >= -0.1 && y + height <= box[3] + 0.1, mark.ToString()));
            }
        }
    }

    [Fact]
    public void Report_EveryLabel_FitsItsDrawing()
    {
        foreach (XElement drawing in Drawings(Shop.Page).Concat(Drawings(WithoutAmounts.Page)))
        {
            double width = Numbers(drawing.Attribute("viewBox")!.Value)[2];
            foreach (XElement label in drawing.Descendants("text"))
            {
                double size = (string?)label.Attribute("class") == "tier" ? 15 : 12.5;
                double length = size * label.Value.Sum(WidthOf);
                double x = Values(label, "x").Single();
                double from = (string?)label.Attribute("text-anchor") switch { "start" => x, "end" => x - length, _ => x - (length / 2) };
                Assert.True(from >= -2 && from + length <= width + 2, FormattableString.Invariant($"{label} reaches from {from:0} to {from + length:0} of {width}"));
            }
        }
    }

    [Fact]
    public void Report_OnAPhone_HasLettersThatCanBeRead()
    {
        string css = ReportStyle.Css;
        string onPhones = css[css.IndexOf("@media (max-width: 34rem)", StringComparison.Ordinal)..];
        double around = 2 * 16 * (Rem(onPhones, @"main { padding: \S+ ([\d.]+)rem") + Rem(onPhones, @"figure, \.plain { padding: \S+ ([\d.]+)rem"));
        double width = NarrowestPhone - around - 2; // a border of 1 px on each side
        double switched = 16 * Rem(css, @"@container \(max-width: ([\d.]+)rem\)");
        double[] sizes = [.. LetterSizes().Matches(css).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.True(sizes.Length >= 3, css);
        Assert.True(width < switched);
        foreach (XElement drawing in Drawings(Shop.Page))
        {
            // The narrow drawings as they are on the phone, the roomy ones where they are smallest.
            bool isNarrow = (string?)drawing.Attribute("class") == "narrow";
            double scale = (isNarrow ? width : switched) / Numbers(drawing.Attribute("viewBox")!.Value)[2];
            Assert.True(sizes.Min() * scale >= LeastLetters, FormattableString.Invariant($"{sizes.Min() * scale:0.0} px"));
        }

        static double Rem(string text, string pattern) => double.Parse(Regex.Match(text, pattern).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Report_WithoutAmounts_ShowsTheDistributionOfWhatCustomersAreRankedBy()
    {
        var (page, document) = WithoutAmounts;
        JsonElement estimated = document.GetProperty("estimated");
        JsonElement[] bands = [.. estimated.GetProperty("valueBands").EnumerateArray()];
        Assert.True(bands.Length > 2);
        Assert.Equal(document.GetProperty("measured").GetProperty("customers").GetInt64(), bands.Sum(band => band.GetProperty("customers").GetInt64()));
        double ranked = estimated.GetProperty("tiers").EnumerateArray().Sum(tier => tier.GetProperty("value").GetDouble());
        Assert.Equal(ranked, bands.Sum(band => band.GetProperty("value").GetDouble()), 1e-9 * ranked);
        Assert.Equal(
            bands.Select(band => band.GetProperty("customers").GetInt64().ToString("N0", CultureInfo.InvariantCulture)), Table(page, "values").Select(row => row[2]));
        Assert.Contains(page.Descendants("h3"), heading => heading.Value == "Discounted expected purchases, customer by customer");
        Assert.DoesNotContain(Drawings(page).SelectMany(drawing => drawing.Descendants("text")), label => label.Value.Contains("0.000000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(0.5, 0.48)]
    [InlineData(0.51, 0.803)]
    [InlineData(1, 0.95)]
    public void HeatMap_Strength_SkipsWhatCannotBeRead(double part, double strength) => Assert.Equal(strength, HeatMap.Strength(part), 1e-9);

    // As parts of the size of the letters, about as wide as the widest of the usual fonts, DejaVu Sans, has them.
    private static double WidthOf(char c) => c switch
    {
        '%' => 0.95,
        '+' or '\u2212' => 0.84,
        _ when char.IsDigit(c) || char.IsUpper(c) => 0.64,
        _ when char.IsLetter(c) => 0.55,
        _ => 0.35,
    };

    [GeneratedRegex(@"^svg [^{]*{[^}]*?font(?:-size)?: ([\d.]+)px", RegexOptions.Multiline)]
    private static partial Regex LetterSizes();
}
