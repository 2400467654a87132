using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers went from one segment to another, or stayed. Null is none of them; of newcomers, who had not bought by the earlier day, the first is.</summary>
internal sealed record SegmentStream(string? From, string? To, long Customers, bool AreNew = false)
{
    /// <summary>Gets whether they were in the same segment on both days, or in none.</summary>
    internal bool Stayed => !AreNew && From == To;

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

        string? Name(int place) => place is newcomer or < 0 ? null : segmented.Segments[place].Id.ToString();
        return [.. counts.Select(entry => new SegmentStream(Name(entry.Key.From), Name(entry.Key.To), entry.Value, entry.Key.From == newcomer))];
    }
}
