using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>The customer pyramid: its tiers from the top down, and beside each what part of the customers and of the value it holds.</summary>
internal static class PyramidChart
{
    private const double Slice = 50;
    private const double Gap = 4;
    private const double Above = 30;
    private const double Edge = 4;

    internal static string Draw(Frame frame, string id, string title, string description, IReadOnlyList<TierLine> tiers, ReportNumbers numbers)
    {
        // From the left: the pyramid, the names of its tiers, their bars.
        var (halfBase, namesFrom, barsFrom, barsLength) = frame.IsNarrow ? (48.0, 108.0, 186.0, 60.0) : (74.0, 168.0, 262.0, 118.0);
        double height = Above + (tiers.Count * (Slice + Gap)) + 8;
        var svg = new Svg(frame, id, height, title, description);
        for (int i = 0; i < tiers.Count; i++)
        {
            double top = Above + (i * (Slice + Gap));
            double whole = tiers.Count * (Slice + Gap);
            Slab(svg, i, halfBase, top, (top - Above) / whole, (top + Slice - Above) / whole);
            svg.Label("tier", namesFrom, top + 22, "start", tiers[i].Tier);
            svg.Label("tick", namesFrom, top + 39, "start", numbers.Count(tiers[i].Customers));
            Bar(svg, "actual", barsFrom, barsLength, top + 6, tiers[i].ShareOfCustomers, numbers);
            Bar(svg, "expected", barsFrom, barsLength, top + 27, tiers[i].ShareOfValue ?? 0, numbers);
        }

        frame.Legend(svg, frame.IsNarrow ? namesFrom : barsFrom, ("actual", "customers"), ("expected", "value"));
        return svg.ToString();
    }

    // A slab of the triangle between two heights, given as parts of the whole from its apex down.
    private static void Slab(Svg svg, int tier, double half, double top, double from, double to) => svg.Polygon(FormattableString.Invariant($"slab slab-{Math.Min(tier, 4)}"),
    [
        (half + Edge - (half * from), top), (half + Edge + (half * from), top),
        (half + Edge + (half * to), top + Slice), (half + Edge - (half * to), top + Slice),
    ]);

    private static void Bar(Svg svg, string kind, double from, double greatest, double y, double share, ReportNumbers numbers)
    {
        double length = Math.Max(1.5, share * greatest);
        svg.Rectangle(kind, from, y, length, 16);
        svg.Label("tick", from + length + 5, y + 12.5, "start", numbers.Percent(share));
    }
}
