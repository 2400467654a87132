namespace Crm.Core.Histories;

/// <summary>
/// The short way for nearly every customer: no returns, amounts in ten-thousandths, sums that a double holds exactly. It gives the bits
/// of <see cref="CustomerOccasions"/>, or nothing.
/// </summary>
internal static class OrdinaryOccasions
{
    /// <summary>Summarises the purchases of a customer without returns.</summary>
    /// <param name="rows">The purchases, by day.</param>
    /// <param name="lastDay">The last day of the window.</param>
    /// <param name="endDay">The last day of the test period, or of the window without one.</param>
    /// <param name="history">The history.</param>
    /// <param name="after">How many of the purchases are dated after the end.</param>
    /// <returns>Whether all is ordinary.</returns>
    internal static bool TrySummarize(ReadOnlySpan<PurchaseRow> rows, int lastDay, int endDay, out HistoryRow history, out int after)
    {
        history = default;
        var window = new Stretch(rows, 0, lastDay);
        var holdout = new Stretch(rows, window.End, endDay);
        after = rows.Length - holdout.End;
        if (!window.IsOrdinary || !holdout.IsOrdinary)
        {
            return false;
        }

        if (window.Occasions > 0)
        {
            int repeats = window.Occasions - 1;
            history = new()
            {
                Occasions = window.Occasions,
                FirstDay = rows[0].Day,
                LatestDay = rows[window.End - 1].Day,
                HoldoutOccasions = holdout.Occasions,
                MeanSpend = repeats == 0 ? 0 : window.LaterAmount / (ExactAmount.OrdinaryPerUnit * repeats),
                TotalSpend = (window.FirstAmount + window.LaterAmount) / ExactAmount.OrdinaryPerUnit,
                HoldoutMeanSpend = holdout.Occasions == 0
                    ? 0
                    : (holdout.FirstAmount + holdout.LaterAmount) / (ExactAmount.OrdinaryPerUnit * holdout.Occasions),
            };
        }

        return true;
    }

    /// <summary>What was bought through a day: on the first day of it, and later.</summary>
    private readonly ref struct Stretch
    {
        internal readonly int End;
        internal readonly int Occasions;
        internal readonly long FirstAmount;
        internal readonly long LaterAmount;
        internal readonly bool IsOrdinary;

        internal Stretch(ReadOnlySpan<PurchaseRow> rows, int start, int lastDay)
        {
            long most = 0;
            int place = start;
            for (; place < rows.Length && rows[place].Day <= lastDay; place++)
            {
                ref readonly PurchaseRow row = ref rows[place];
                Occasions += place == start || row.Day != rows[place - 1].Day ? 1 : 0;

                // Past 2^53 in any of them the sum is none either: it is then looked at again in the careful way.
                most = Math.Max(most, row.Amount);
                if (Occasions == 1)
                {
                    FirstAmount = Capped(FirstAmount, row.Amount);
                }
                else
                {
                    LaterAmount = Capped(LaterAmount, row.Amount);
                }
            }

            End = place;
            IsOrdinary = most < PurchaseShard.FirstPlace && FirstAmount + LaterAmount <= ExactAmount.MaxOrdinary;
        }

        private static long Capped(long sum, long amount) => Math.Min(unchecked(sum + amount), ExactAmount.MaxOrdinary + 1);
    }
}
