using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>Runs of crm analyze and the reports that they write, taken apart.</summary>
internal static class ReportRuns
{
    private static readonly Lazy<(XDocument Page, JsonElement Document)> _shop = new(() =>
    {
        using var tool = new Tool();
        ToolRun run = Analyze(tool, "--json", "--currency", "EUR", "--margin", "30%");
        return (Page(tool, run), run.Json);
    });

    private static readonly Lazy<(XDocument Page, JsonElement Document)> _withoutAmounts = new(() =>
    {
        using var tool = new Tool();
        string[] lines = [.. SmallShop.Lines.Select(line => line[..line.LastIndexOf(',')])];
        ToolRun run = tool.Run("analyze", tool.File("shop.csv", lines), "-o", tool.At("out"), "--locale", "en", "--json");
        return (Page(tool, run), run.Json);
    });

    /// <summary>Gets one run that many facts are about.</summary>
    internal static (XDocument Page, JsonElement Document) Shop => _shop.Value;

    /// <summary>Gets the same of the same shop, of whose purchases no amounts are known.</summary>
    internal static (XDocument Page, JsonElement Document) WithoutAmounts => _withoutAmounts.Value;

    internal static ToolRun Analyze(Tool tool, params string[] options) =>
        tool.Run(["analyze", tool.File("shop.csv", SmallShop.Lines), "-o", tool.At("out"), .. options, .. options.Contains("--locale") ? Array.Empty<string>() : ["--locale", "en"]]);

    internal static XDocument Page(Tool tool, ToolRun run)
    {
        Assert.True(run.ExitCode == 0, run.ToString());
        return XDocument.Parse(File.ReadAllText(tool.At("out/report.html")).Replace("<!doctype html>", "", StringComparison.Ordinal));
    }

    internal static IEnumerable<XElement> Drawings(XDocument page) => page.Descendants("svg").Where(svg => svg.Attribute("aria-hidden") is null);

    /// <summary>The drawings of one frame: roomy or narrow.</summary>
    internal static IEnumerable<XElement> Drawings(XDocument page, string frame) => Drawings(page).Where(svg => (string?)svg.Attribute("class") == frame);

    internal static List<string[]> Table(XDocument page, string drawing) =>
    [
        .. Drawings(page).Single(svg => svg.Element("title")!.Attribute("id")!.Value == drawing + "-title").Parent!
            .Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];

    internal static IEnumerable<double> Values(XElement mark, params string[] names) =>
        names.Select(name => (string?)mark.Attribute(name)).OfType<string>().Select(value => double.Parse(value, CultureInfo.InvariantCulture));

    internal static double[] Points(XElement mark) => (string?)mark.Attribute("points") is { } points ? Numbers(points) : [];

    internal static double[] Numbers(string text) => [.. text.Split(' ', ',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
