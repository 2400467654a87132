using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>What a table of RFM segments must be; all faults are found together.</summary>
internal static class RfmSegmentRules
{
    internal static IReadOnlyList<string> Faults(int bins, IReadOnlyList<RfmSegmentRule> rules)
    {
        if (rules.Count is < 1 or > RfmSegments.MaxSegments)
        {
            return [string.Create(CultureInfo.InvariantCulture, $"there are {rules.Count}, expected 1 to {RfmSegments.MaxSegments}")];
        }

        var faults = new List<string>();
        var places = new Dictionary<SegmentId, int>();
        foreach (var (place, rule) in rules.Index())
        {
            if (!places.TryAdd(rule.Segment.Id, place))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"segment {rule.Segment.Id} comes again in place {place}, as in {places[rule.Segment.Id]}"));
            }

            foreach (RfmBox box in rule.Boxes.Where(box => Math.Max(box.Recency.Most, Math.Max(box.Frequency.Most, box.Money.Most)) > bins))
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"a range of segment {rule.Segment.Id} ({box}) goes beyond {bins} bins"));
            }
        }

        CheckCells(new(bins, bins, bins), rules, faults);
        return faults;
    }

    private static void CheckCells(RfmShape shape, IReadOnlyList<RfmSegmentRule> rules, List<string> faults)
    {
        var inNone = new List<RfmScore>();
        for (int cell = 0; cell < shape.Cells; cell++)
        {
            RfmScore score = shape.ScoreOf(cell);
            SegmentId[] holding = [.. rules.Where(rule => rule.Holds(score)).Select(rule => rule.Segment.Id)];
            if (holding.Length == 0)
            {
                inNone.Add(score);
            }
            else if (holding.Length > 1)
            {
                faults.Add($"cell {score} is in {string.Join(" and ", holding)}");
            }
        }

        if (inNone.Count > 0)
        {
            faults.Add($"in no segment {Plural.Of(inNone.Count, "is the cell", "are the cells")} {string.Join(", ", inNone)}");
        }
    }
}
