using System.Collections.Frozen;

namespace Crm.Core.Benefits;

/// <summary>What the entries of a weight book must be; all faults of one book are found together.</summary>
internal static class WeightBookRules
{
    /// <summary>The place of each segment.</summary>
    /// <exception cref="RowFaultsException">The entries make no book.</exception>
    internal static FrozenDictionary<SegmentId, int> PlacesOf(SegmentWeights[] entries, string name)
    {
        var faults = new RowFaultList();
        var places = new Dictionary<SegmentId, int>();
        for (int place = 0; place < entries.Length; place++)
        {
            CheckName(entries[place], place, places, faults);
        }

        bool[] isOwnAncestor = OwnAncestors(entries, places);
        for (int place = 0; place < entries.Length; place++)
        {
            CheckParent(entries[place], place, isOwnAncestor[place], places, faults);
            CheckWeights(entries[place], place, faults);
        }

        faults.ThrowIfAny(name);
        return places.ToFrozenDictionary();
    }

    private static void CheckName(SegmentWeights entry, int place, Dictionary<SegmentId, int> places, RowFaultList faults)
    {
        if (entry.Segment == SegmentId.None)
        {
            faults.Add(place, "segment", $"none", "the id of a segment");
        }
        else if (!places.TryAdd(entry.Segment, place))
        {
            faults.Add(place, "segment", $"'{entry.Segment}' again, as in row {places[entry.Segment]}", "each segment once");
        }
    }

    private static void CheckParent(SegmentWeights entry, int place, bool isOwnAncestor, Dictionary<SegmentId, int> places, RowFaultList faults)
    {
        if (entry.Parent != SegmentId.None && !places.ContainsKey(entry.Parent))
        {
            faults.Add(place, "parent", $"'{entry.Parent}'", "a segment of the book, or none");
        }
        else if (isOwnAncestor)
        {
            faults.Add(place, "parent", $"'{entry.Parent}'", $"one that is not below '{entry.Segment}' itself");
        }
    }

    // Climbs from each entry until it meets what was climbed before. Meeting the climb under way is a loop, and who is in it its own ancestor.
    private static bool[] OwnAncestors(SegmentWeights[] entries, Dictionary<SegmentId, int> places)
    {
        var isOwnAncestor = new bool[entries.Length];
        var climbOf = new int[entries.Length];
        for (int start = 0; start < entries.Length; start++)
        {
            int climb = start + 1;
            int at = start;
            while (climbOf[at] == 0)
            {
                climbOf[at] = climb;
                if (!places.TryGetValue(entries[at].Parent, out int parent))
                {
                    break;
                }

                at = parent;
                if (climbOf[at] == climb)
                {
                    MarkLoop(entries, places, at, isOwnAncestor);
                    break;
                }
            }
        }

        return isOwnAncestor;
    }

    private static void MarkLoop(SegmentWeights[] entries, Dictionary<SegmentId, int> places, int first, bool[] isOwnAncestor)
    {
        for (int at = first; !isOwnAncestor[at]; at = places[entries[at].Parent])
        {
            isOwnAncestor[at] = true;
        }
    }

    private static void CheckWeights(SegmentWeights entry, int place, RowFaultList faults)
    {
        foreach (BenefitFactor factor in FactorNames.All)
        {
            if (entry[factor] is { } weight && !(weight >= 0 && double.IsFinite(weight)))
            {
                faults.Add(place, FactorNames.Of(factor), $"{weight}", "a finite number, 0 or more");
            }
        }
    }
}
