namespace Crm.Core.Histories;

/// <summary>Works out the occasions of one customer after another, in a window and in the test period after it.</summary>
internal sealed class CustomerOccasions(int lastDay, int endDay)
{
    private readonly List<Occasion> _occasions = [];
    private ExactAmount _unmatched;

    /// <summary>Gets how many purchases were dated after the end, over all customers so far.</summary>
    internal long PurchasesAfter { get; private set; }

    /// <summary>Gets how many returns were dated after the end, over all customers so far.</summary>
    internal long ReturnsAfter { get; private set; }

    /// <summary>Gets how many returns found less to net against than they gave back, over all customers so far.</summary>
    internal long UnmatchedReturns { get; private set; }

    /// <summary>Gets the amount of returns that found nothing to net against, over all customers so far.</summary>
    internal ExactAmount UnmatchedAmount => _unmatched;

    /// <summary>Gets the number of occasions in the window.</summary>
    internal int Count { get; private set; }

    internal int FirstDay { get; private set; }

    internal int LatestDay { get; private set; }

    /// <summary>Gets the net value of the first occasion in the window.</summary>
    internal ExactAmount FirstSpend { get; private set; }

    /// <summary>Gets the net value of the occasions in the window after the first.</summary>
    internal ExactAmount RepeatSpend { get; private set; }

    /// <summary>Gets the net value of all occasions in the window.</summary>
    internal ExactAmount TotalSpend { get; private set; }

    internal int HoldoutCount { get; private set; }

    internal ExactAmount HoldoutSpend { get; private set; }

    /// <summary>Gets the days of the occasions: those in the window as it knew them, and those of the test period.</summary>
    internal List<int> Days { get; } = [];

    /// <summary>Works out the occasions of a customer.</summary>
    /// <param name="shard">The shard of the customer.</param>
    /// <param name="rows">The purchases of the customer.</param>
    /// <param name="returns">All returns.</param>
    /// <param name="number">The number of the customer.</param>
    internal void Of(PurchaseShard shard, ReadOnlySpan<PurchaseRow> rows, ReturnBook returns, int number)
    {
        _occasions.Clear();
        Days.Clear();
        foreach (ref readonly PurchaseRow row in rows)
        {
            Add(row.Day, shard.AmountOf(row));
        }

        Summarize(returns.Of(number), returns.Named);
    }

    private void Add(int day, ExactAmount amount)
    {
        if (day > endDay)
        {
            PurchasesAfter++;
        }
        else
        {
            _occasions.Add(new() { Day = day, Net = amount });
        }
    }

    // Merges the days, nets the returns and counts.
    private void Summarize(IEnumerable<ReturnRow>? returns, PurchaseNames? named)
    {
        MergeDays();

        // On one day the returns that name a purchase come first, then the smaller, so that the order of the rows leaves no trace.
        ReturnRow[] inOrder = returns is null
            ? []
            : [.. returns.OrderBy(row => row.Day).ThenBy(row => row.Purchase == default).ThenBy(row => row.Amount)];
        int inWindow = inOrder.Count(row => row.Day <= lastDay);
        int inTime = inOrder.Count(row => row.Day <= endDay);
        ReturnsAfter += inOrder.Length - inTime;
        Net(inOrder.AsSpan(..inWindow), named);
        CountWindow();

        // Returns after the window may reach back into it, but what the window knew is counted already.
        Net(inOrder.AsSpan(inWindow..inTime), named);
        CountHoldout();
    }

    private void MergeDays()
    {
        Span<Occasion> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occasions);
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i].Day < all[i - 1].Day)
            {
                all.Sort(static (left, right) => left.Day.CompareTo(right.Day));
                break;
            }
        }

        int kept = 0;
        for (int i = 1; i < all.Length; i++)
        {
            if (all[i].Day == all[kept].Day)
            {
                all[kept].Net.Add(all[i].Net);
            }
            else
            {
                all[++kept] = all[i];
            }
        }

        if (all.Length > 0)
        {
            _occasions.RemoveRange(kept + 1, all.Length - kept - 1);
        }
    }

    private void Net(ReadOnlySpan<ReturnRow> returns, PurchaseNames? named)
    {
        foreach (ReturnRow row in returns)
        {
            var rest = default(ExactAmount);
            rest.Add(row.Amount);
            if (row.Purchase == default)
            {
                TakeNewestFirst(row.Day, ref rest);
            }
            else if (named is not null && named.TryDay(row.Purchase, row.Customer, out int day))
            {
                TakeFrom(day, ref rest);
            }

            if (!rest.IsZero)
            {
                UnmatchedReturns++;
                _unmatched.Add(rest);
            }
        }
    }

    private void TakeNewestFirst(int day, ref ExactAmount rest)
    {
        Span<Occasion> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occasions);
        for (int i = all.Length - 1; i >= 0 && !rest.IsZero; i--)
        {
            if (all[i].Day <= day)
            {
                all[i].Take(ref rest);
            }
        }
    }

    private void TakeFrom(int day, ref ExactAmount rest)
    {
        foreach (ref Occasion occasion in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occasions))
        {
            if (occasion.Day == day)
            {
                occasion.Take(ref rest);
            }
        }
    }

    private void CountWindow()
    {
        Count = 0;
        var repeat = default(ExactAmount);
        var total = default(ExactAmount);
        var first = default(ExactAmount);
        foreach (ref Occasion occasion in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occasions))
        {
            if (occasion.Day > lastDay || occasion.IsCancelled)
            {
                continue;
            }

            total.Add(occasion.Net);
            if (Count == 0)
            {
                FirstDay = occasion.Day;
                first = occasion.Net;
            }
            else
            {
                repeat.Add(occasion.Net);
            }

            LatestDay = occasion.Day;
            Days.Add(occasion.Day);
            Count++;
        }

        FirstSpend = first;
        RepeatSpend = repeat;
        TotalSpend = total;
    }

    private void CountHoldout()
    {
        HoldoutCount = 0;
        var spend = default(ExactAmount);
        foreach (ref Occasion occasion in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_occasions))
        {
            if (occasion.Day > lastDay && !occasion.IsCancelled)
            {
                HoldoutCount++;
                Days.Add(occasion.Day);
                spend.Add(occasion.Net);
            }
        }

        HoldoutSpend = spend;
    }

    private struct Occasion
    {
        internal int Day;
        internal ExactAmount Net;
        internal bool IsCancelled;

        // An occasion that was worth something and is worth nothing after a return is none; one priced 0 stays one.
        internal void Take(ref ExactAmount rest)
        {
            bool hadValue = Net.Sign > 0;
            Net.Absorb(ref rest);
            IsCancelled |= hadValue && Net.IsZero;
        }
    }
}
