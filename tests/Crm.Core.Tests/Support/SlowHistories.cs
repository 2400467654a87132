using System.Numerics;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>
/// Purchase histories by the words of the design, one clause at a time, without thought of speed: the oracle of the real ones.
/// </summary>
/// <remarks>
/// Where the words leave room: the day of a return is early enough for it; a return that names a purchase takes from the whole day
/// of that purchase, and from nothing else; on one day named returns come first, then the smaller.
/// </remarks>
internal sealed class SlowHistories
{
    private readonly HistoryLog _log;

    internal SlowHistories(HistoryLog log)
    {
        _log = log;
        List<Purchase> once = [.. log.Purchases.Where((p, i) => p.Id == PurchaseId.None || log.Purchases.Take(i).All(q => q.Id != p.Id))];
        LocalDate last = log.Window.LastDay;
        LocalDate end = log.Window.HoldoutLastDay ?? last;
        List<CustomerId> customers = [.. once.Select(p => p.Customer).Concat(log.Returns.Select(r => r.Customer)).Distinct().Order()];
        int after = 0;
        int fullyReturned = 0;
        long unmatchedReturns = 0;
        BigInteger unmatched = 0;
        foreach (CustomerId customer in customers)
        {
            List<Purchase> bought = [.. once.Where(p => p.Customer == customer)];
            var known = Net(bought, customer, last);
            var all = Net(bought, customer, end);
            unmatchedReturns += all.Unmatched.Count;
            unmatched += all.Unmatched.Aggregate(BigInteger.Zero, (sum, rest) => sum + rest);
            if (known.Occasions.Count > 0)
            {
                Rows.Add(RowOf(customer, known.Occasions, [.. all.Occasions.Where(o => o.Day > last)]));
                Known.Add([.. known.Occasions.Select(o => o.Day)]);
                Held.Add([.. all.Occasions.Where(o => o.Day > last).Select(o => o.Day)]);
            }
            else if (bought.Exists(p => DayOf(p.At) <= last))
            {
                fullyReturned++;
            }
            else if (bought.Count > 0)
            {
                after++;
            }
        }

        LeftOut = new()
        {
            PurchasesAfterWindow = once.Count(p => DayOf(p.At) > end),
            CustomersAfterWindow = after,
            CustomersFullyReturned = fullyReturned,
            RepeatedPurchases = log.Purchases.Count - once.Count,
            ReturnsAfterWindow = log.Returns.Count(r => DayOf(r.At) > end),
            UnmatchedReturns = unmatchedReturns,
            UnmatchedReturnAmount = ExactNumbers.ToDecimal(unmatched),
        };
    }

    internal List<Row> Rows { get; } = [];

    /// <summary>Gets the days of each row's occasions in the window, the first included.</summary>
    internal List<LocalDate[]> Known { get; } = [];

    /// <summary>Gets the days of each row's occasions in the test period.</summary>
    internal List<LocalDate[]> Held { get; } = [];

    internal LeftOut LeftOut { get; }

    private LocalDate DayOf(Instant at) => at.InZone(_log.Zone).Date;

    private (List<(LocalDate Day, BigInteger Net)> Occasions, List<BigInteger> Unmatched) Net(List<Purchase> bought, CustomerId customer, LocalDate end)
    {
        var priced = bought.Where(p => DayOf(p.At) <= end)
            .GroupBy(p => DayOf(p.At))
            .ToDictionary(day => day.Key, day => day.Aggregate(BigInteger.Zero, (sum, p) => sum + ExactNumbers.Fine(p.Amount.Amount)));
        var net = new Dictionary<LocalDate, BigInteger>(priced);
        var unmatched = new List<BigInteger>();
        var returns = _log.Returns.Where(r => r.Customer == customer && DayOf(r.At) <= end)
            .OrderBy(r => DayOf(r.At)).ThenBy(r => r.Purchase == PurchaseId.None ? 1 : 0).ThenBy(r => r.Amount.Amount);
        foreach (PurchaseReturn given in returns)
        {
            BigInteger rest = ExactNumbers.Fine(given.Amount.Amount);
            List<LocalDate> from = given.Purchase == PurchaseId.None
                ? [.. net.Keys.Where(day => day <= DayOf(given.At)).OrderDescending()]
                : [.. bought.Where(p => p.Id == given.Purchase).Select(p => DayOf(p.At)).Where(net.ContainsKey).Take(1)];
            foreach (LocalDate day in from)
            {
                BigInteger taken = BigInteger.Min(net[day], rest);
                net[day] -= taken;
                rest -= taken;
            }

            if (rest > 0)
            {
                unmatched.Add(rest);
            }
        }

        return ([.. net.Where(o => o.Value > 0 || priced[o.Key] == 0).Select(o => (o.Key, o.Value)).OrderBy(o => o.Key)], unmatched);
    }

    private Row RowOf(CustomerId customer, List<(LocalDate Day, BigInteger Net)> known, List<(LocalDate Day, BigInteger Net)> held)
    {
        int repeats = known.Count - 1;
        LocalDate first = known[0].Day;
        return new()
        {
            Id = customer,
            Frequency = repeats,
            Recency = Period.DaysBetween(first, known[^1].Day) / _log.Unit.Days,
            Age = Period.DaysBetween(first, _log.Window.LastDay) / _log.Unit.Days,
            MeanSpend = Mean(known.Skip(1)),
            TotalSpend = ExactNumbers.Nearest(Sum(known), 1),
            HoldoutFrequency = held.Count,
            HoldoutMeanSpend = Mean(held),
        };
    }

    private static double Mean(IEnumerable<(LocalDate Day, BigInteger Net)> occasions) =>
        occasions.Any() ? ExactNumbers.Nearest(Sum(occasions), occasions.Count()) : 0;

    private static BigInteger Sum(IEnumerable<(LocalDate Day, BigInteger Net)> occasions) =>
        occasions.Aggregate(BigInteger.Zero, (sum, o) => sum + o.Net);

    internal sealed record Row
    {
        internal required CustomerId Id { get; init; }

        internal required int Frequency { get; init; }

        internal required double Recency { get; init; }

        internal required double Age { get; init; }

        internal required double MeanSpend { get; init; }

        internal required double TotalSpend { get; init; }

        internal required int HoldoutFrequency { get; init; }

        internal required double HoldoutMeanSpend { get; init; }

        /// <summary>The rows of real histories, in the same shape; a column they do not have is 0 here.</summary>
        internal static List<Row> Of(PurchaseHistories histories) => [.. Enumerable.Range(0, histories.Count).Select(row => new Row
        {
            Id = histories.Ids[row],
            Frequency = histories.Frequency[row],
            Recency = histories.Recency[row],
            Age = histories.Age[row],
            MeanSpend = histories.MeanSpend.IsEmpty ? 0 : histories.MeanSpend[row],
            TotalSpend = histories.TotalSpend.IsEmpty ? 0 : histories.TotalSpend[row],
            HoldoutFrequency = histories.HoldoutFrequency.IsEmpty ? 0 : histories.HoldoutFrequency[row],
            HoldoutMeanSpend = histories.HoldoutMeanSpend.IsEmpty ? 0 : histories.HoldoutMeanSpend[row],
        })];
    }
}
