using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Histories of a source, held to what it promises.</summary>
internal static class SourceHistories
{
    private const string Promise = "Histories are of the window, unit and zone that were asked for, one customer a row, with all amounts.";

    /// <summary>Reads the histories of a window, sorted by id, as a builder gives them.</summary>
    /// <exception cref="StoreContractException">They are not what was asked for.</exception>
    internal static async Task<PurchaseHistories> ReadInOrderAsync(
        this IHistorySource source, Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken)
    {
        PurchaseHistories histories = await source.ReadAsync(window, unit, zone, cancellationToken).ConfigureAwait(false);
        string? fault = histories is null ? "gave none"
            : histories.Frame.Window != window ? FormattableString.Invariant($"gave some of {histories.Frame.Window?.ToString() ?? "no window"} for {window}")
            : histories.Unit != unit || !histories.Frame.Zone.Equals(zone) ? $"counted in the unit '{histories.Unit}' and the zone {histories.Frame.Zone.Id}, not in '{unit}' and {zone.Id}"
            : histories.CustomersColumn.Length > 0 ? "let customers share a row"
            : histories.Count > 0 && (histories.MeanSpendColumn.Length == 0 || histories.TotalSpendColumn.Length == 0) ? "left out the means or the totals"
            : window.HoldoutDays > 0 && histories.Count > 0 && histories.HoldoutFrequencyColumn.Length == 0 ? "left out what was bought in the test period"
            : null;
        return fault is null ? InOrder(histories!) : throw new StoreContractException(source.GetType().Name, Promise, fault);
    }

    // The sums of a fit go row by row: in one order they have one result.
    private static PurchaseHistories InOrder(PurchaseHistories histories)
    {
        int[] order = [.. Enumerable.Range(0, histories.Count)];
        CustomerId[] ids = [.. histories.IdColumn];
        Array.Sort(ids, order);
        T[] Sorted<T>(T[] column) => column.Length == 0 ? column : Array.ConvertAll(order, row => column[row]);
        return new(histories.Frame, histories.LeftOut)
        {
            IdColumn = ids,
            FrequencyColumn = Sorted(histories.FrequencyColumn),
            RecencyColumn = Sorted(histories.RecencyColumn),
            AgeColumn = Sorted(histories.AgeColumn),
            MeanSpendColumn = Sorted(histories.MeanSpendColumn),
            TotalSpendColumn = Sorted(histories.TotalSpendColumn),
            HoldoutFrequencyColumn = Sorted(histories.HoldoutFrequencyColumn),
            HoldoutMeanSpendColumn = Sorted(histories.HoldoutMeanSpendColumn),
        };
    }
}
