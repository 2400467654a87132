namespace Crm.Core.Histories;

/// <summary>One customer's history while the columns are not made yet.</summary>
internal struct HistoryRow
{
    /// <summary>Occasions in the window; 0 for a customer who has no history.</summary>
    internal int Occasions;

    internal int FirstDay;
    internal int LatestDay;
    internal int HoldoutOccasions;
    internal double MeanSpend;
    internal double TotalSpend;
    internal double HoldoutMeanSpend;

    internal static HistoryRow Of(CustomerOccasions found) => found.Count == 0 ? default : new()
    {
        Occasions = found.Count,
        FirstDay = found.FirstDay,
        LatestDay = found.LatestDay,
        HoldoutOccasions = found.HoldoutCount,
        MeanSpend = found.Count == 1 ? 0 : found.RepeatSpend.DividedBy(found.Count - 1),
        TotalSpend = found.TotalSpend.DividedBy(1),
        HoldoutMeanSpend = found.HoldoutCount == 0 ? 0 : found.HoldoutSpend.DividedBy(found.HoldoutCount),
    };
}
