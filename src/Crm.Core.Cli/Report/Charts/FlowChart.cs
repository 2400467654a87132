namespace Crm.Core.Cli.Report.Charts;

/// <summary>Who went from where to where: on the left how things were, on the right how they are, between them bands as wide as they hold customers.</summary>
internal static class FlowChart
{
    private const double Top = 26;
    private const double Gap = 7;
    private const double Node = 9;
    private const int Curve = 14;
    private const double LetterWidth = 7.2;
    private const double HalfLetter = 4;
    private const double Space = 5; // from a node to its name
    private const double Leader = 16; // where a line leads to one

    /// <summary>Draws the streams. Of each name both ends stand in the order given; what neither comes nor goes is left out.</summary>
    internal static string Draw(
        Frame frame, string id, string title, string description, (string Before, string After) days, IReadOnlyList<string> names, IReadOnlyList<FlowStream> streams, Func<double, string> label)
    {
        double[] before = Amounts(names, streams, stream => stream.From);
        double[] after = Amounts(names, streams, stream => stream.To);
        double total = before.Sum();
        int most = Math.Max(before.Count(amount => amount > 0), after.Count(amount => amount > 0));
        double bands = Math.Max(180, most * 22); // room for a line of text each
        double bottom = Top + bands + ((most - 1) * Gap);
        var svg = new Svg(frame, id, bottom + 12, title, description);
        double side = frame.IsNarrow ? 100 : 150;
        var (left, right) = (side, frame.Width - side);
        svg.Label("legend", left, 14, "end", days.Before);
        svg.Label("legend", right, 14, "start", days.After);
        double scale = total > 0 ? bands / total : 0;
        double[] from = Starts(before, scale);
        double[] to = Starts(after, scale);
        Nodes(svg, names, before, from, scale, bottom, (left, side, -1), label);
        Nodes(svg, names, after, to, scale, bottom, (right, side, 1), label);
        foreach (FlowStream stream in streams.OrderBy(stream => stream.From).ThenBy(stream => stream.To))
        {
            double width = stream.Amount * scale;
            svg.Polygon(
                stream.From == stream.To ? "stream stayed" : "stream",
                Band(left, right, from[stream.From], to[stream.To], width),
                $"{names[stream.From]} to {names[stream.To]}: {label(stream.Amount)}");
            from[stream.From] += width;
            to[stream.To] += width;
        }

        return svg.ToString();
    }

    private static double[] Amounts(IReadOnlyList<string> names, IReadOnlyList<FlowStream> streams, Func<FlowStream, int> end)
    {
        var amounts = new double[names.Count];
        foreach (FlowStream stream in streams)
        {
            amounts[end(stream)] += stream.Amount;
        }

        return amounts;
    }

    private static double[] Starts(double[] amounts, double scale)
    {
        var starts = new double[amounts.Length];
        double y = Top;
        for (int name = 0; name < amounts.Length; name++)
        {
            starts[name] = y;
            y += amounts[name] > 0 ? (amounts[name] * scale) + Gap : 0;
        }

        return starts;
    }

    // The nodes of a side, and the name of each beside it: a line leads to a name that others push away.
    private static void Nodes(
        Svg svg, IReadOnlyList<string> names, double[] amounts, double[] starts, double scale, double bottom, (double At, double Side, int Direction) column, Func<double, string> label)
    {
        int[] shown = [.. Enumerable.Range(0, names.Count).Where(name => amounts[name] > 0)];
        double[] marks = [.. shown.Select(name => starts[name] + (amounts[name] * scale / 2) + HalfLetter)];
        double[] places = LabelColumn.Fit(marks, Top + (2 * HalfLetter), bottom);
        bool isAnyAside = marks.Zip(places).Any(pair => IsAside(pair.First, pair.Second));
        double outside = column.At + (column.Direction * Node);
        double labelAt = outside + (column.Direction * (isAnyAside ? Leader : Space));
        int letters = (int)((column.Side - Node - (isAnyAside ? Leader : Space) - 4) / LetterWidth);
        foreach (var (place, name) in shown.Index())
        {
            svg.Rectangle("node", Math.Min(column.At, outside), starts[name], Node, Math.Max(1, amounts[name] * scale), $"{names[name]}: {label(amounts[name])}");
            if (IsAside(marks[place], places[place]))
            {
                svg.Line("leader", outside + column.Direction, marks[place] - HalfLetter, labelAt - (2 * column.Direction), places[place] - HalfLetter);
            }

            string text = names[name].Length <= letters ? names[name] : string.Concat(names[name].AsSpan(0, letters - 1), "…");
            svg.Label("tick", labelAt, places[place], column.Direction < 0 ? "end" : "start", text);
        }
    }

    private static bool IsAside(double mark, double place) => Math.Abs(mark - place) > HalfLetter;

    private static IEnumerable<(double X, double Y)> Band(double left, double right, double from, double to, double width)
    {
        IEnumerable<(double X, double Y)> upper = Enumerable.Range(0, Curve + 1).Select(i => ((double)i / Curve) is var part
            ? (left + ((right - left) * part), from + ((to - from) * Eased(part))) : default);
        return upper.Concat(upper.Reverse().Select(point => (point.X, point.Y + width)));
    }

    // Level at both ends.
    private static double Eased(double part) => part * part * (3 - (2 * part));
}
