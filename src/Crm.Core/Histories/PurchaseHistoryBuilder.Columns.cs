using NodaTime;

namespace Crm.Core.Histories;

/// <content>Purchases by the million.</content>
public sealed partial class PurchaseHistoryBuilder
{
    /// <summary>Adds purchases by their columns, one entry a row in each: the door for millions of rows, whose work several threads share.</summary>
    /// <remarks>
    /// The same as adding row by row, to the last bit. Rows are looked at before any is taken. Nothing is allocated per row; 24 bytes for each of
    /// a quarter of a million rows at most are held while it works. The memory is read by other threads while the call lasts, and not kept.
    /// </remarks>
    /// <param name="customers">Who bought.</param>
    /// <param name="days">The days, in the frame's time zone.</param>
    /// <param name="amounts">
    /// What was paid, 0 or more, in the currency given to <see cref="SetCurrency"/>; empty where nobody knows: the histories then have no amounts
    /// at all.
    /// </param>
    /// <exception cref="ArgumentException">The columns are not of one length.</exception>
    /// <exception cref="RowFaultsException">A row has no customer or a negative amount; the first are named, and nothing was added.</exception>
    public void AddRange(ReadOnlyMemory<CustomerId> customers, ReadOnlyMemory<LocalDate> days, ReadOnlyMemory<decimal> amounts)
    {
        Guard.SameLength(customers.Length, days.Length, "customers", nameof(days));
        Guard.SameLength(customers.Length, amounts.IsEmpty ? customers.Length : amounts.Length, "customers", nameof(amounts));
        if (customers.IsEmpty)
        {
            return;
        }

        var columns = new PurchaseColumns(customers, days, amounts, OnThreads(CancellationToken.None));
        columns.Check();
        columns.AddTo(_purchases);
        _amountsKnown &= !amounts.IsEmpty;
        _earliestDay = Math.Min(_earliestDay, columns.EarliestDay);
        _latestDay = Math.Max(_latestDay, columns.LatestDay);
    }

    /// <summary>Gives a customer a number, for <see cref="AddEnrolled"/>: the door for a reader that knows customers by keys of its own.</summary>
    /// <param name="customer">The customer. One without purchases or returns leaves no trace.</param>
    /// <returns>The number, good for this builder only; the same at each call.</returns>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is none.</exception>
    public int Enroll(CustomerId customer) => NumberOf(customer, nameof(customer));

    /// <summary>Adds purchases by their columns, whose customers are named by the numbers that <see cref="Enroll"/> gave.</summary>
    /// <remarks>The same as adding row by row, to the last bit. Rows are looked at before any is taken. Nothing is allocated beside the rows themselves.</remarks>
    /// <param name="customers">Who bought, by number.</param>
    /// <param name="days">The days, in the frame's time zone.</param>
    /// <param name="amounts">
    /// What was paid, 0 or more, in the currency given to <see cref="SetCurrency"/>; empty where nobody knows: the histories then have no amounts
    /// at all.
    /// </param>
    /// <exception cref="ArgumentException">The columns are not of one length.</exception>
    /// <exception cref="RowFaultsException">
    /// A row has a number that <see cref="Enroll"/> never gave or a negative amount; the first are named, and nothing was added.
    /// </exception>
    public void AddEnrolled(ReadOnlySpan<int> customers, ReadOnlySpan<LocalDate> days, ReadOnlySpan<decimal> amounts)
    {
        Guard.SameLength(customers.Length, days.Length, "customers", nameof(days));
        Guard.SameLength(customers.Length, amounts.IsEmpty ? customers.Length : amounts.Length, "customers", nameof(amounts));
        CheckEnrolled(customers, amounts);
        var memo = DayMemo.Begin();
        for (int i = 0; i < customers.Length; i++)
        {
            AddRow(customers[i], memo.Of(days[i]), amounts.IsEmpty ? 0 : amounts[i]);
        }

        _amountsKnown &= customers.IsEmpty || !amounts.IsEmpty;
    }

    private void CheckEnrolled(ReadOnlySpan<int> customers, ReadOnlySpan<decimal> amounts)
    {
        var faults = new RowFaultList();
        for (int i = 0; i < customers.Length; i++)
        {
            if (!_purchases.HasNumber(customers[i]))
            {
                faults.Add(i, "customer", $"{customers[i]}", "a number that Enroll gave");
            }
        }

        for (int i = 0; i < amounts.Length; i++)
        {
            if (amounts[i] < 0)
            {
                faults.Add(i, "amount", $"{amounts[i]}", "an amount of 0 or more; returns come by AddReturn");
            }
        }

        faults.ThrowIfAny(nameof(customers));
    }
}
