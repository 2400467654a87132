using Crm.Core.Interactions;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>Generated logs that press on every clause: few days, so that rows meet; few amounts, so that returns cancel exactly.</summary>
internal static class HistoryLogs
{
    private static readonly string[] _zones = ["UTC", "America/New_York", "Pacific/Apia", "Asia/Kolkata"];

    // Before 1970 begins, around the end of the CDNOW calibration, around the day that Samoa skipped, around New York's short day.
    private static readonly LocalDate[] _firstDays = [new(1969, 12, 26), new(1997, 9, 26), new(2011, 12, 26), new(2026, 3, 5), new(1890, 1, 1)];

    private static readonly LocalTime[] _times =
    [
        LocalTime.Midnight, LocalTime.Midnight.PlusTicks(1), LocalTime.Midnight.PlusTicks(-1), LocalTime.Noon, new(4, 59, 59), new(5, 0), new(19, 0), new(23, 30),
    ];

    private static readonly decimal[] _amounts =
    [
        0.1m, 0.2m, 0.3m, 1, 1.00m, 2, 3, 5, 10, 12.5m, 12.50m, 29.33m, 0.0001m, 0.00001m, 1e-28m, 0.3333333333333333333333333333m,
        900_719_925_474.0992m, 900_719_925_474.0993m, 7e27m, 1234567890123456789012345.678m,
    ];

    /// <summary>Gets logs with returns of all kinds.</summary>
    internal static Gen<HistoryLog> Any =>
        from zone in Gen.Elements(_zones)
        from unit in Gen.Elements(TimeUnit.Day, TimeUnit.Week, TimeUnit.Month, TimeUnit.Year)
        from first in Gen.Elements(_firstDays)
        from last in Gen.Choose(3, 6)
        from holdout in Gen.Choose(0, 4)
        from purchases in Purchases(DateTimeZoneProviders.Tzdb[zone], first)
        from returns in Returns(DateTimeZoneProviders.Tzdb[zone], first)
        select new HistoryLog(DateTimeZoneProviders.Tzdb[zone], unit, WindowOf(first.PlusDays(last), holdout), purchases, returns);

    /// <summary>Gives the same rows in another order.</summary>
    internal static Gen<HistoryLog> Shuffled(HistoryLog log) =>
        from purchases in Gen.Shuffle<Purchase>(log.Purchases)
        from returns in Gen.Shuffle<PurchaseReturn>(log.Returns)
        select log with { Purchases = purchases, Returns = returns };

    private static Window WindowOf(LocalDate last, int holdout) =>
        holdout == 0 ? Window.Through(last) : Window.Through(last).HoldingOutThrough(last.PlusDays(holdout));

    private static Gen<Instant> Moments(DateTimeZone zone, LocalDate first) =>
        from day in Gen.Choose(0, 11)
        from time in Gen.Elements(_times)
        select (first.PlusDays(day) + time).InZoneLeniently(zone).ToInstant();

    private static Gen<decimal> Amounts => Gen.Frequency(
        (6, Gen.Elements(_amounts[..12])),
        (2, Gen.Elements(_amounts)),
        (2, from digits in Gen.Choose(1, int.MaxValue) from scale in Gen.Choose(0, 28) select new decimal(digits, 0, 0, false, (byte)scale)));

    private static Gen<IReadOnlyList<Purchase>> Purchases(DateTimeZone zone, LocalDate first)
    {
        Gen<Purchase> one =
            from customer in Gen.Elements(1, 1, 1, 2, 2, 3)
            from at in Moments(zone, first)
            from amount in Gen.Frequency((1, Gen.Constant(0m)), (5, Amounts))
            select Purchase.Of(CustomerId.Of($"{customer}"), at, Money.Of(amount, "USD"));
        return from rows in one.ListOf()
               from names in Gen.Choose(0, 2).ListOf(rows.Count)
               from twice in Gen.Choose(0, 9).ListOf(rows.Count)
               select (IReadOnlyList<Purchase>)[.. rows.SelectMany((row, i) => Delivered(row, i, names[i], twice[i]))];
    }

    // Two of three purchases have an id, and one of five of those comes twice.
    private static IEnumerable<Purchase> Delivered(Purchase row, int place, int name, int twice)
    {
        Purchase named = name == 0 ? row : row with { Id = PurchaseId.Of($"p{place}") };
        return name != 0 && twice < 2 ? [named, named] : [named];
    }

    // A return that names a purchase may name one of another customer, one of a later day, or none that exists.
    private static Gen<IReadOnlyList<PurchaseReturn>> Returns(DateTimeZone zone, LocalDate first)
    {
        Gen<PurchaseReturn> one =
            from customer in Gen.Elements(1, 1, 1, 2, 2, 4)
            from at in Moments(zone, first)
            from amount in Amounts
            from name in Gen.Frequency((3, Gen.Constant(-1)), (3, Gen.Choose(0, 9)))
            select PurchaseReturn.Of(CustomerId.Of($"{customer}"), at, Money.Of(amount, "USD")) with
            {
                Purchase = name < 0 ? PurchaseId.None : PurchaseId.Of($"p{name}"),
            };
        return one.ListOf().Where(rows => rows.Count(row => row.Amount.Amount > 1e27m) < 8).Select(rows => (IReadOnlyList<PurchaseReturn>)rows.Take(25).ToList());
    }
}
