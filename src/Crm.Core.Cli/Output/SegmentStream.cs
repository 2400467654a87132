using Crm.Core.Cli.Segmenting;

namespace Crm.Core.Cli.Output;

/// <summary>How many customers went from one segment to another, or stayed; of several segments of a customer the one that counts.</summary>
/// <param name="From">The segment on the earlier day; null for none, and of newcomers.</param>
/// <param name="To">The segment on the later day; null for none, and of who is gone.</param>
/// <param name="Customers">How many.</param>
/// <param name="AreNew">Whether they had not bought by the earlier day.</param>
/// <param name="AreGone">Whether they are customers no more on the later one, having given all back.</param>
internal sealed record SegmentStream(string? From, string? To, long Customers, bool AreNew = false, bool AreGone = false)
{
    /// <summary>Gets whether they were in the same segment on both days, or in none.</summary>
    internal bool Stayed => !AreNew && !AreGone && From == To;

    internal static IReadOnlyList<SegmentStream> Of(Segmented segmented)
    {
        if (segmented.Before is not { } earlier)
        {
            return [];
        }

        const int nowhere = int.MaxValue; // no customer on that day
        var counts = new SortedDictionary<(int From, int To), long>();
        void Count(int from, int to) => counts[(from, to)] = counts.GetValueOrDefault((from, to)) + 1;
        for (int row = 0; row < segmented.Now.Count; row++)
        {
            Count(earlier.OfCustomers[row] is { } before ? segmented.Main(before) : nowhere, segmented.Main(segmented.Now[row]));
        }

        foreach (IReadOnlyList<int> before in earlier.OfGone)
        {
            Count(segmented.Main(before), nowhere);
        }

        string? Name(int place) => place is nowhere or < 0 ? null : segmented.Segments[place].Id.ToString();
        return [.. counts.Select(entry => new SegmentStream(Name(entry.Key.From), Name(entry.Key.To), entry.Value, entry.Key.From == nowhere, entry.Key.To == nowhere))];
    }
}
