namespace Crm.Core.Cli.Report.Charts;

/// <summary>Labels under each other: each as near to its mark as the others leave room, and none outside of the drawing.</summary>
internal static class LabelColumn
{
    /// <summary>How far one line of text stands below another.</summary>
    internal const double Line = 14;

    /// <summary>Finds places, a line apart at least, with the least squares of the ways from the marks.</summary>
    /// <param name="marks">Where the labels would stand, from the top down.</param>
    /// <param name="top">The highest place.</param>
    /// <param name="bottom">The lowest; there is room for all.</param>
    internal static double[] Fit(IReadOnlyList<double> marks, double top, double bottom)
    {
        // Less a line for each label above, the places only have to be in order. Neighbours that are not share the mean of their marks.
        var blocks = new Stack<(double Mean, int Count)>();
        foreach (var (place, mark) in marks.Index())
        {
            var (mean, count) = (mark - (place * Line), 1);
            while (blocks.TryPeek(out var above) && above.Mean > mean)
            {
                blocks.Pop();
                (mean, count) = (((mean * count) + (above.Mean * above.Count)) / (count + above.Count), count + above.Count);
            }

            blocks.Push((mean, count));
        }

        double lowest = bottom - ((marks.Count - 1) * Line);
        return [.. blocks.Reverse().SelectMany(block => Enumerable.Repeat(block.Mean, block.Count)).Select((mean, place) => Math.Clamp(mean, top, Math.Max(top, lowest)) + (place * Line))];
    }
}
