using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>The customer pyramid: its tiers from the top down, and beside each what part of the customers and of the value it holds.</summary>
internal static class PyramidChart
{
    private const double Slice = 50;
    private const double Gap = 4;
    private const double Above = 30;
    private const double Apex = 78;
    private const double HalfBase = 74;
    private const double BarsFrom = 262;
    private const double BarsLength = 118;

    internal static string Draw(string id, string title, string description, IReadOnlyList<TierLine> tiers, ReportNumbers numbers)
    {
        double height = Above + (tiers.Count * (Slice + Gap)) + 8;
        var svg = new Svg(id, Frame.Width, height, title, description);
        for (int i = 0; i < tiers.Count; i++)
        {
            double top = Above + (i * (Slice + Gap));
            double whole = tiers.Count * (Slice + Gap);
            Slab(svg, i, top, (top - Above) / whole, (top + Slice - Above) / whole);
            svg.Label("tier", 168, top + 22, "start", tiers[i].Tier);
            svg.Label("tick", 168, top + 39, "start", numbers.Count(tiers[i].Customers));
            Bar(svg, "actual", top + 6, tiers[i].ShareOfCustomers, numbers);
            Bar(svg, "expected", top + 27, tiers[i].ShareOfValue ?? 0, numbers);
        }

        svg.Rectangle("actual", BarsFrom, 8, 14, 10);
        svg.Label("legend", BarsFrom + 19, 17, "start", "customers");
        svg.Rectangle("expected", BarsFrom + 96, 8, 14, 10);
        svg.Label("legend", BarsFrom + 115, 17, "start", "value");
        return svg.ToString();
    }

    // A slab of the triangle between two heights, given as parts of the whole from its apex down.
    private static void Slab(Svg svg, int tier, double top, double from, double to) => svg.Polygon(FormattableString.Invariant($"slab slab-{Math.Min(tier, 4)}"),
    [
        (Apex - (HalfBase * from), top), (Apex + (HalfBase * from), top),
        (Apex + (HalfBase * to), top + Slice), (Apex - (HalfBase * to), top + Slice),
    ]);

    private static void Bar(Svg svg, string kind, double y, double share, ReportNumbers numbers)
    {
        double length = Math.Max(1.5, share * BarsLength);
        svg.Rectangle(kind, BarsFrom, y, length, 16);
        svg.Label("tick", BarsFrom + length + 5, y + 12.5, "start", numbers.Percent(share));
    }
}
