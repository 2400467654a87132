using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers went from one segment to another, or stayed. Null is none of them; for who had not bought by the earlier day the first is "new".</summary>
internal sealed record SegmentStream(string? From, string? To, long Customers)
{
    /// <summary>Where those come from who had not bought by the earlier day.</summary>
    internal const string New = "new";

    internal static IReadOnlyList<SegmentStream> Of(Segmented segmented)
    {
        if (segmented.Before is null)
        {
            return [];
        }

        const int newcomer = int.MaxValue;
        var counts = new SortedDictionary<(int From, int To), long>();
        for (int row = 0; row < segmented.Now.Count; row++)
        {
            var key = (segmented.Before[row] is { } before ? segmented.Main(before) : newcomer, segmented.Main(segmented.Now[row]));
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        string? Name(int place) => place == newcomer ? New : place < 0 ? null : segmented.Segments[place].Id.ToString();
        return [.. counts.Select(entry => new SegmentStream(Name(entry.Key.From), Name(entry.Key.To), entry.Value))];
    }
}
