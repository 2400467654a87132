using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>For each rule of history sources one that breaks it, as people do.</summary>
internal static class BrokenHistorySources
{
    internal static IReadOnlyDictionary<string, Func<HistorySourceSetup>> ByRule { get; } = new Dictionary<string, Func<HistorySourceSetup>>
    {
        ["days-are-occasions"] = () => Counting((log, _) => log.Select((one, i) => one with { At = one.At + Duration.FromDays(i) })),
        ["last-day-counts-to-its-end"] = () => Counting((log, window) => log.Where(one => one.At < window.LastDay.AtMidnight().InUtc().ToInstant())),
        ["days-before-the-epoch"] = () => Counting((log, _) => log.Select(one => one.At < NodaConstants.UnixEpoch ? one with { At = one.At + Duration.FromDays(1) } : one)),
        ["first-occasion-outside-the-mean"] = () => Giving(made => With(made, mean: row => made.Frequency[row] == 0 ? 0 : made.TotalSpend[row] / (made.Frequency[row] + 1))),
        ["sums-exact"] = () => Giving(made => With(made, mean: row => made.Frequency[row] == 0 ? 0 : Math.BitIncrement(made.MeanSpend[row]))),
        ["fine-amounts-exact-or-refused"] = () => Counting((log, _) => log.Select(one => one.Detail is PurchaseDetail bought
            ? one with { Detail = bought with { Amount = Money.Of(Math.Round(bought.Amount.Amount, 4), Currency.Eur) } } : one)),
        ["free-purchase-is-an-occasion"] = () => Counting((log, _) => log.Where(one => one.Detail is not PurchaseDetail { Amount.Amount: 0 })),
        ["only-purchases-count"] = () => Counting((log, _) => log.Select(one => one.Detail is OrderDetail { Amount: { } amount } ? one with { Detail = new PurchaseDetail { Amount = amount } } : one)),
        ["corrections-take-the-place"] = () => new NaiveHistories { Effective = log => log.Where(one => one.Corrects == InteractionId.None) }.Setup(),
        ["corrected-at-one-moment"] = () => new NaiveHistories
        {
            Effective = log => log.GroupBy(one => one.Original).Select(states => states.OrderBy(one => one.Corrects != InteractionId.None).ThenBy(one => one.RecordedAt).ThenByDescending(one => one.Id.ToString(), StringComparer.Ordinal).Last()),
        }.Setup(),
        ["test-period-beside-the-window"] = () => Giving(made => made.HoldoutFrequency.Length == 0 ? made : With(made, held: _ => 0)),
        ["units-divide-once"] = () => Giving(made => made.Unit == TimeUnit.Month ? With(made, stretch: 30.4375 / 30) : made),
        ["frame-says-what-they-are"] = () => Giving(made => With(made, frame: made.Frame with { Currency = Currency.None })),
        ["ids-compared-ordinally"] = () => Counting((log, _) => log.Select(one => one with { Customer = CustomerId.Of(one.Customer.ToString().ToLowerInvariant()) })),
        ["returns-netted-or-refused"] = () => Counting((log, _) => log.Where(one => one.Kind != InteractionKind.Return)),
        ["days-of-the-zone-or-refused"] = () => new NaiveHistories { Zone = _ => DateTimeZone.Utc }.Setup(),
        ["correction-without-its-original"] = () => new NaiveHistories
        {
            // FROM interactions AS o JOIN interactions AS c ON c.corrects = o.id
            Effective = log => log.GroupBy(one => one.Original).Where(states => states.Any(one => one.Corrects == InteractionId.None))
                .Select(states => states.Aggregate((left, right) => right.Supersedes(left) ? right : left)),
        }.Setup(),
        ["receipt-number-of-two"] = () => Counting((log, _) => log
            .DistinctBy(one => one.Detail is PurchaseDetail { Purchase: var number } && number != PurchaseId.None ? $"receipt {number}" : $"own {one.Id}")),
        ["random-logs-to-the-bit"] = () => Counting((log, _) => log.Select(one => one.Detail is PurchaseDetail { Amount.Amount: > 900 } bought
            ? one with { Detail = bought with { Amount = Money.Of(Math.Round(bought.Amount.Amount, 1), Currency.Eur) } } : one)),
        ["erased-is-gone"] = Remembering,
        ["seen-at-once"] = () =>
        {
            Interaction[] last = [];
            return Counting((log, _) =>
            {
                (Interaction[] shown, last) = (last, [.. log]);
                return shown;
            });
        },
        ["cancelled-gives-nothing"] = () => new NaiveHistories { IsDeaf = true }.Setup(),
    };

    private static HistorySourceSetup Counting(Func<IEnumerable<Interaction>, Window, IEnumerable<Interaction>> change) => new NaiveHistories { Change = change }.Setup();

    private static HistorySourceSetup Giving(Func<PurchaseHistories, PurchaseHistories> result) => new NaiveHistories { Result = result }.Setup();

    private static HistorySourceSetup Remembering()
    {
        var seen = new Dictionary<InteractionId, Interaction>();
        return Counting((log, _) =>
        {
            foreach (Interaction one in log)
            {
                seen[one.Id] = one;
            }

            return seen.Values;
        });
    }

    private static PurchaseHistories With(
        PurchaseHistories made, Func<int, double>? mean = null, Func<int, int>? held = null, double stretch = 1, HistoryFrame? frame = null)
    {
        int[] rows = [.. Enumerable.Range(0, made.Count)];
        bool isHeld = made.HoldoutFrequency.Length > 0;
        return PurchaseHistories.FromColumns(
            new()
            {
                Ids = [.. made.Ids],
                Frequency = [.. made.Frequency],
                Recency = [.. rows.Select(row => made.Recency[row] * stretch)],
                Age = [.. rows.Select(row => made.Age[row] * stretch)],
                MeanSpend = [.. rows.Select(row => mean?.Invoke(row) ?? made.MeanSpend[row])],
                TotalSpend = [.. made.TotalSpend],
                HoldoutFrequency = isHeld ? [.. rows.Select(row => held?.Invoke(row) ?? made.HoldoutFrequency[row])] : null,
                HoldoutMeanSpend = isHeld ? [.. rows.Select(row => held is null ? made.HoldoutMeanSpend[row] : 0)] : null,
            },
            frame ?? made.Frame);
    }

    /// <summary>Histories by looking through everything, with a way to get each step wrong.</summary>
    private sealed class NaiveHistories : IHistorySource
    {
        private readonly InMemoryInteractionStore _store = new();

        internal Func<IEnumerable<Interaction>, IEnumerable<Interaction>> Effective { get; init; } = log =>
            log.GroupBy(one => one.Original).Select(states => states.Aggregate((left, right) => right.Supersedes(left) ? right : left));

        internal Func<IEnumerable<Interaction>, Window, IEnumerable<Interaction>> Change { get; init; } = (log, _) => log;

        internal Func<PurchaseHistories, PurchaseHistories> Result { get; init; } = made => made;

        internal Func<DateTimeZone, DateTimeZone> Zone { get; init; } = zone => zone;

        internal bool IsDeaf { get; init; }

        internal HistorySourceSetup Setup() => new(_store, this);

        public async ValueTask<PurchaseHistories> ReadAsync(Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken)
        {
            var builder = new PurchaseHistoryBuilder(unit, Zone(zone));
            var log = await _store.ReadAppendedAsync(StorePosition.Start, IsDeaf ? CancellationToken.None : cancellationToken).Select(stored => stored.Interaction).ToListAsync(CancellationToken.None);
            foreach (Interaction one in Change(Effective(log), window))
            {
                if (one.AsPurchase() is { } purchase)
                {
                    builder.Add(purchase);
                }
                else if (one.AsReturn() is { } given)
                {
                    builder.Add(given);
                }
            }

            return Result(builder.Build(window, CancellationToken.None));
        }
    }
}
