using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Report.Charts;

/// <summary>The pyramid with movement: between every two tiers how many customers crossed upwards, and how many downwards.</summary>
internal static class MovementPyramid
{
    private const double Slice = 44;
    private const double Gap = 26;
    private const double Above = 34;
    private const double Edge = 4;
    private const double Arrow = 7;

    /// <summary>Draws the tiers of a movement from the top down.</summary>
    internal static string Draw(Frame frame, string id, string title, string description, MovementSection movement, ReportNumbers numbers)
    {
        var (halfBase, namesFrom, upAt, downAt) = frame.IsNarrow ? (48.0, 108.0, 186.0, 250.0) : (74.0, 168.0, 270.0, 350.0);
        int tiers = movement.Tiers.Count;
        double whole = (tiers * Slice) + ((tiers - 1) * Gap);
        var svg = new Svg(frame, id, Above + whole + 10, title, description);
        frame.Legend(svg, frame.IsNarrow ? namesFrom - 10 : upAt - 40, ("moved-up", "up"), ("moved-down", "down"));
        for (int tier = 0; tier < tiers; tier++)
        {
            double top = Above + (tier * (Slice + Gap));
            Slab(svg, tier, halfBase, top, (top - Above) / whole, (top + Slice - Above) / whole);
            svg.Label("tier", namesFrom, top + 19, "start", movement.Tiers[tier]);
            svg.Label("tick", namesFrom, top + 36, "start", $"{numbers.Count(Stayed(movement, tier))} stayed");
            if (tier > 0)
            {
                double middle = top - (Gap / 2);
                Crossed(svg, "moved-up", upAt, middle, -1, numbers.Count(Crossing(movement, tier, isUp: true)));
                Crossed(svg, "moved-down", downAt, middle, 1, numbers.Count(Crossing(movement, tier, isUp: false)));
            }
        }

        return svg.ToString();
    }

    /// <summary>How many crossed the line above a tier, of those who were there on both sides of the time between.</summary>
    internal static long Crossing(MovementSection movement, int tier, bool isUp) => movement.Moves
        .Where(move => move.From is not null && move.To is not null)
        .Select(move => (move.Customers, From: IndexOf(movement, move.From!), To: IndexOf(movement, move.To!)))
        .Where(move => isUp ? move.From >= tier && move.To < tier : move.From < tier && move.To >= tier)
        .Sum(move => move.Customers);

    private static long Stayed(MovementSection movement, int tier) =>
        movement.Moves.Where(move => move.From == movement.Tiers[tier] && move.To == move.From).Sum(move => move.Customers);

    private static int IndexOf(MovementSection movement, string tier) => movement.Tiers.Index().First(entry => entry.Item == tier).Index;

    private static void Crossed(Svg svg, string kind, double x, double y, int direction, string count)
    {
        svg.Polygon(kind, [(x - Arrow, y - (direction * Arrow)), (x + Arrow, y - (direction * Arrow)), (x, y + (direction * Arrow))]);
        svg.Label("mark", x + Arrow + 5, y + 4.5, "start", count);
    }

    // A slab of the triangle between two heights, given as parts of the whole from its apex down.
    private static void Slab(Svg svg, int tier, double half, double top, double from, double to) => svg.Polygon(FormattableString.Invariant($"slab slab-{Math.Min(tier, 4)}"),
    [
        (half + Edge - (half * from), top), (half + Edge + (half * from), top),
        (half + Edge + (half * to), top + Slice), (half + Edge - (half * to), top + Slice),
    ]);
}
