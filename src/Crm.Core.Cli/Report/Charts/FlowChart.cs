namespace Crm.Core.Cli.Report.Charts;

/// <summary>Who went from where to where: on the left how things were, on the right how they are, between them bands as wide as they hold customers.</summary>
internal static class FlowChart
{
    private const double Top = 26;
    private const double Gap = 7;
    private const double Node = 9;
    private const int Curve = 14;
    private const double LetterWidth = 7.2;

    /// <summary>Draws the streams. Of each name both ends stand in the order given; what neither comes nor goes is left out.</summary>
    internal static string Draw(
        Frame frame, string id, string title, string description, (string Before, string After) days, IReadOnlyList<string> names, IReadOnlyList<FlowStream> streams, Func<double, string> label)
    {
        double total = streams.Sum(stream => stream.Amount);
        int most = Math.Max(streams.Select(stream => stream.From).Distinct().Count(), streams.Select(stream => stream.To).Distinct().Count());
        double bands = Math.Max(180, most * 22);
        double height = Top + bands + ((most - 1) * Gap) + 12;
        var svg = new Svg(frame, id, height, title, description);
        double side = frame.IsNarrow ? 100 : 150;
        var (left, right) = (side, frame.Width - side);
        svg.Label("legend", left, 14, "end", days.Before);
        svg.Label("legend", right, 14, "start", days.After);
        double scale = total > 0 ? bands / total : 0;
        double[] before = Starts(names, streams, stream => stream.From, scale);
        double[] after = Starts(names, streams, stream => stream.To, scale);
        Nodes(svg, frame, names, streams, stream => stream.From, before, scale, left - Node, left - Node - 5, "end", label);
        Nodes(svg, frame, names, streams, stream => stream.To, after, scale, right, right + Node + 5, "start", label);
        foreach (FlowStream stream in streams.OrderBy(stream => stream.From).ThenBy(stream => stream.To))
        {
            double width = stream.Amount * scale;
            svg.Polygon(
                stream.From == stream.To ? "stream stayed" : "stream",
                Band(left, right, before[stream.From], after[stream.To], width),
                $"{names[stream.From]} to {names[stream.To]}: {label(stream.Amount)}");
            before[stream.From] += width;
            after[stream.To] += width;
        }

        return svg.ToString();
    }

    private static double[] Starts(IReadOnlyList<string> names, IReadOnlyList<FlowStream> streams, Func<FlowStream, int> end, double scale)
    {
        var starts = new double[names.Count];
        double y = Top;
        for (int name = 0; name < names.Count; name++)
        {
            double amount = streams.Where(stream => end(stream) == name).Sum(stream => stream.Amount);
            starts[name] = y;
            y += amount > 0 ? (amount * scale) + Gap : 0;
        }

        return starts;
    }

    private static void Nodes(
        Svg svg, Frame frame, IReadOnlyList<string> names, IReadOnlyList<FlowStream> streams, Func<FlowStream, int> end, double[] starts, double scale,
        double x, double labelAt, string anchor, Func<double, string> label)
    {
        double free = double.NegativeInfinity;
        int letters = (int)((frame.IsNarrow ? 82 : 132) / LetterWidth);
        for (int name = 0; name < names.Count; name++)
        {
            double amount = streams.Where(stream => end(stream) == name).Sum(stream => stream.Amount);
            if (amount <= 0)
            {
                continue;
            }

            svg.Rectangle("node", x, starts[name], Node, Math.Max(1, amount * scale), $"{names[name]}: {label(amount)}");

            // A name beside its node, unless the one above needs the room.
            double y = Math.Max(starts[name] + (amount * scale / 2) + 4, free);
            free = y + 14;
            string shown = names[name].Length <= letters ? names[name] : string.Concat(names[name].AsSpan(0, letters - 1), "…");
            svg.Label("tick", labelAt, y, anchor, shown);
        }
    }

    private static IEnumerable<(double X, double Y)> Band(double left, double right, double from, double to, double width)
    {
        IEnumerable<(double X, double Y)> upper = Enumerable.Range(0, Curve + 1).Select(i => ((double)i / Curve) is var part
            ? (left + ((right - left) * part), from + ((to - from) * Eased(part))) : default);
        return upper.Concat(upper.Reverse().Select(point => (point.X, point.Y + width)));
    }

    // Level at both ends.
    private static double Eased(double part) => part * part * (3 - (2 * part));
}
