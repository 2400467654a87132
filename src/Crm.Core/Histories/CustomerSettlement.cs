using System.Runtime.InteropServices;

namespace Crm.Core.Histories;

/// <summary>Works out the state of one customer after another through a day, from all they did or from what is new.</summary>
internal sealed class CustomerSettlement(StateParts parts, int lastDay)
{
    private readonly List<PendingDay> _days = [];

    /// <summary>Gets what the customer did last looked at by <see cref="Look"/>, day by day.</summary>
    internal ReadOnlySpan<PendingDay> Days => CollectionsMarshal.AsSpan(_days);

    /// <summary>Adds the state of a customer of whom everything is given.</summary>
    /// <param name="shard">The shard of the customer.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="rows">The purchases, by day.</param>
    /// <param name="returns">All returns.</param>
    /// <param name="number">The number of the customer.</param>
    internal void AddWhole(PurchaseShard shard, CustomerId customer, ReadOnlySpan<PurchaseRow> rows, ReturnBook returns, int number)
    {
        if (rows.IsEmpty && !returns.Has(number))
        {
            return; // the only purchase that named this customer was refused
        }

        StateRow row = StateRow.Empty;
        if (returns.Has(number))
        {
            row = OfReturns(shard, customer, rows, returns, number);
        }
        else
        {
            foreach (ref readonly PurchaseRow purchase in rows[..Before(rows)])
            {
                row.Append(purchase.Day, shard.AmountOf(purchase));
            }
        }

        parts.Add(customer, row);
        if (returns.Has(number) || Before(rows) < rows.Length)
        {
            Look(shard, customer, rows, returns.Of(number), []);
            KeepPending();
        }
    }

    /// <summary>Takes a customer's purchases and returns together with what waited, day by day.</summary>
    internal void Look(
        PurchaseShard? shard, CustomerId customer, ReadOnlySpan<PurchaseRow> rows, IEnumerable<ReturnRow>? returns, ReadOnlySpan<PendingDay> waited)
    {
        _days.Clear();
        _days.AddRange(waited);
        foreach (ref readonly PurchaseRow row in rows)
        {
            _days.Add(new(customer, row.Day, 1, 0, shard!.AmountOf(row)));
        }

        foreach (ReturnRow row in returns ?? [])
        {
            _days.Add(new(customer, row.Day, 0, 1, default));
        }

        MergeDays();
    }

    /// <summary>Adds the state of a customer whose days, as last looked at, only add to what was known; does nothing where they do not.</summary>
    /// <returns>Whether they do.</returns>
    internal bool TryContinue(CustomerId customer, in StateRow before)
    {
        StateRow row = before;
        foreach (ref readonly PendingDay day in Days)
        {
            if (day.Day > lastDay)
            {
                break;
            }

            if (day.Returns > 0 || day.Day <= before.SettledThrough)
            {
                return false;
            }

            row.Append(day.Day, day.Amount);
        }

        parts.Add(customer, row);
        KeepPending();
        return true;
    }

    private void KeepPending()
    {
        foreach (ref readonly PendingDay day in Days)
        {
            if (day.Day > lastDay)
            {
                parts.Pending.Add(day);
            }
        }
    }

    private int Before(ReadOnlySpan<PurchaseRow> rows)
    {
        int count = rows.Length;
        while (count > 0 && rows[count - 1].Day > lastDay)
        {
            count--;
        }

        return count;
    }

    private StateRow OfReturns(PurchaseShard shard, CustomerId customer, ReadOnlySpan<PurchaseRow> rows, ReturnBook returns, int number)
    {
        var found = new CustomerOccasions(lastDay, lastDay);
        found.Of(shard, rows, returns, number);
        if (found.UnmatchedReturns > 0)
        {
            parts.Unmatched.Add(new(customer, found.UnmatchedReturns, found.UnmatchedAmount));
        }

        int bought = Before(rows);
        return new()
        {
            Occasions = found.Count > 0 ? found.Count : bought > 0 ? StateRow.FullyReturned : 0,
            FirstDay = found.Count > 0 ? found.FirstDay : 0,
            LatestDay = found.Count > 0 ? found.LatestDay : 0,
            FirstAmount = found.FirstSpend,
            LaterAmount = found.RepeatSpend,
            SettledThrough = SettledThrough(bought == 0 ? int.MinValue : rows[bought - 1].Day - 1, returns, number),
        };
    }

    // A later purchase of the day of a return, or of an earlier one, would have been taken from; so would one that a return names.
    private int SettledThrough(int settled, ReturnBook returns, int number)
    {
        foreach (ReturnRow row in returns.Of(number) ?? [])
        {
            if (row.Day > lastDay)
            {
                continue;
            }

            settled = Math.Max(settled, row.Day);
            if (row.Purchase == PurchaseId.None)
            {
                continue;
            }

            if (returns.Named is null || !returns.Named.TryDay(row.Purchase, number, out int named) || named > lastDay)
            {
                return StateRow.NeverSettled;
            }

            settled = Math.Max(settled, named);
        }

        return settled;
    }

    private void MergeDays()
    {
        Span<PendingDay> days = CollectionsMarshal.AsSpan(_days);
        days.Sort(static (left, right) => left.Day.CompareTo(right.Day));
        int kept = 0;
        for (int i = 1; i < days.Length; i++)
        {
            if (days[i].Day == days[kept].Day)
            {
                ExactAmount amount = days[kept].Amount;
                amount.Add(days[i].Amount);
                days[kept] = days[kept] with
                {
                    Purchases = days[kept].Purchases + days[i].Purchases,
                    Returns = days[kept].Returns + days[i].Returns,
                    Amount = amount,
                };
            }
            else
            {
                days[++kept] = days[i];
            }
        }

        if (days.Length > 0)
        {
            _days.RemoveRange(kept + 1, days.Length - kept - 1);
        }
    }
}
