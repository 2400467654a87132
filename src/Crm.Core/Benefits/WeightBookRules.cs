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

        for (int place = 0; place < entries.Length; place++)
        {
            CheckParent(entries, place, places, faults);
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

    private static void CheckParent(SegmentWeights[] entries, int place, Dictionary<SegmentId, int> places, RowFaultList faults)
    {
        SegmentId parent = entries[place].Parent;
        if (parent != SegmentId.None && !places.ContainsKey(parent))
        {
            faults.Add(place, "parent", $"'{parent}'", "a segment of the book, or none");
        }
        else if (IsOwnAncestor(entries, place, places))
        {
            faults.Add(place, "parent", $"'{parent}'", $"one that is not below '{entries[place].Segment}' itself");
        }
    }

    // More steps up than there are entries would be a loop elsewhere, which its own members report.
    private static bool IsOwnAncestor(SegmentWeights[] entries, int place, Dictionary<SegmentId, int> places)
    {
        int at = place;
        for (int steps = 0; steps < entries.Length; steps++)
        {
            if (!places.TryGetValue(entries[at].Parent, out at))
            {
                return false;
            }

            if (at == place)
            {
                return true;
            }
        }

        return false;
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
