namespace Crm.Core.Cli.Report.Charts;

/// <summary>Figures over two things at once: the stronger the cell, the greater the figure, which also stands in it.</summary>
internal static class HeatMap
{
    private const double Top = 8;
    private const double RowHeight = 26;

    // Between these neither dark nor light figures could be read well on a cell, in light or in dark.
    private const double WeakMost = 0.48;
    private const double StrongLeast = 0.80;

    /// <summary>Draws rows from the top down; a cell without a figure stays empty.</summary>
    internal static string Draw(
        Frame frame, string id, string title, string description, (string Rows, string Columns) names,
        IReadOnlyList<string> rows, IReadOnlyList<string> columns, Func<int, int, double?> at, double most, Func<double, string> label)
    {
        double bottom = Top + (rows.Count * RowHeight);
        double left = frame.IsNarrow ? 32 : 40;
        var svg = new Svg(frame, id, bottom + (frame.IsNarrow ? 60 : 44), title, description);
        double width = (frame.Right - left) / columns.Count;
        for (int row = 0; row < rows.Count; row++)
        {
            double y = Top + (row * RowHeight);
            svg.Label("tick", left - 7, y + 17, "end", rows[row]);
            for (int column = 0; column < columns.Count; column++)
            {
                if (at(row, column) is { } value)
                {
                    double strength = Strength(most > 0 ? Math.Min(1, value / most) : 0);
                    svg.Rectangle("heat", left + (column * width), y, width - 1.5, RowHeight - 1.5, "", strength);
                    svg.Label(strength > WeakMost ? "cell strong" : "cell", left + ((column + 0.5) * width), y + 17, "middle", label(value));
                }
            }
        }

        int namedEvery = (int)Math.Ceiling(columns.Max(name => name.Length) * 6.6 / width);
        for (int column = 0; column < columns.Count; column += namedEvery)
        {
            svg.Label("tick", left + ((column + 0.5) * width), bottom + 15, "middle", columns[column]);
        }

        double middle = (left + frame.Right) / 2;
        if (frame.IsNarrow)
        {
            svg.Label("tick", middle, bottom + 35, "middle", names.Columns);
            svg.Label("tick", middle, bottom + 52, "middle", "rows: " + names.Rows);
        }
        else
        {
            svg.Label("tick", middle, bottom + 36, "middle", $"{names.Columns}; rows: {names.Rows}");
        }

        return svg.ToString();
    }

    /// <summary>How strong a cell is for a part of the greatest figure, 0 to 1.</summary>
    internal static double Strength(double part) => part <= 0.5
        ? 0.05 + ((WeakMost - 0.05) * 2 * part)
        : StrongLeast + ((0.95 - StrongLeast) * 2 * (part - 0.5));
}
