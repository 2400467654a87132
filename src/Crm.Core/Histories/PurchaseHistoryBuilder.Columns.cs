using NodaTime;

namespace Crm.Core.Histories;

/// <content>Purchases by the million.</content>
public sealed partial class PurchaseHistoryBuilder
{
    /// <summary>Adds purchases by their columns, one entry a row in each: the door for millions of rows, whose work several threads share.</summary>
    /// <remarks>
    /// The same as adding row by row, to the last bit. Rows are looked at before any is taken. Nothing is allocated per row; 32 bytes for each of
    /// 131,072 rows at most are held while it works. The memory is read by other threads while the call lasts, and not kept.
    /// </remarks>
    /// <param name="customers">Who bought.</param>
    /// <param name="days">The days, in the frame's time zone and of any calendar.</param>
    /// <param name="amounts">
    /// What was paid, 0 or more, in the currency given to <see cref="SetCurrency"/>; empty where nobody knows: the histories then have no amounts
    /// at all.
    /// </param>
    /// <exception cref="ArgumentException">The columns are not of one length.</exception>
    /// <exception cref="RowFaultsException">A row has no customer or a negative amount; the first are named, and nothing was added.</exception>
    public void AddRange(ReadOnlyMemory<CustomerId> customers, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts)
    {
        AddRange(new TextIds(customers), nameof(customers), days, amounts);
    }

    /// <summary>Adds purchases by their columns, with the customers' ids as they stand in files: the door for readers of them.</summary>
    /// <remarks>The same as adding row by row, to the last bit; no text is made for a row. Otherwise as the other way of adding columns.</remarks>
    /// <param name="customers">The ids of the customers who bought, in UTF-8, one after another.</param>
    /// <param name="ends">Where the id of each row ends among them.</param>
    /// <param name="days">The days, in the frame's time zone and of any calendar.</param>
    /// <param name="amounts">
    /// What was paid, 0 or more, in the currency given to <see cref="SetCurrency"/>; empty where nobody knows: the histories then have no amounts
    /// at all.
    /// </param>
    /// <exception cref="ArgumentException">The columns are not of one length, or the ends are not in order inside the ids.</exception>
    /// <exception cref="RowFaultsException">
    /// A row has no id of 1 to 128 characters in UTF-8, or a negative amount; the first are named, and nothing was added.
    /// </exception>
    public void AddRange(ReadOnlyMemory<byte> customers, ReadOnlyMemory<int> ends, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts)
    {
        var ids = new Utf8Ids(customers, ends);
        if (!ids.AreInOrder())
        {
            throw new ArgumentException("Each end has to be that of the row before or a later one, and to lie inside the ids.", nameof(ends));
        }

        AddRange(ids, nameof(ends), days, amounts);
    }

    private void AddRange(IdColumn customers, string parameter, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts)
    {
        Guard.SameLength(customers.Count, days.Length, "customers", nameof(days));
        Guard.SameLength(customers.Count, amounts.IsEmpty ? customers.Count : amounts.Length, "customers", nameof(amounts));
        if (customers.Count == 0)
        {
            return;
        }

        var columns = new PurchaseColumns(customers, days, amounts, OnThreads(CancellationToken.None));
        columns.Check(parameter);
        columns.AddTo(_purchases);
        _amountsKnown &= !amounts.IsEmpty;
        _earliestDay = Math.Min(_earliestDay, columns.EarliestDay);
        _latestDay = Math.Max(_latestDay, columns.LatestDay);
    }
}
