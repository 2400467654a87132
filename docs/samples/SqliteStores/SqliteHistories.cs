using Crm.Core;
using Crm.Core.Histories;
using NodaTime;

namespace Contoso.Customers;

/// <summary>Histories by one statement: the database adds up the days, and one row a customer comes out.</summary>
public sealed class SqliteHistories(Database database) : IHistorySource
{
    // What counts of the purchases, by customer and day in UTC, in ten-thousandths: sums of whole numbers are exact.
    private const string Days = """
        WITH counted AS (
            SELECT customer, kind, CAST(substr(at, 1, 8) AS INTEGER) - 9000000 AS day, json_extract(json, '$.interaction.detail.amount') AS money
            FROM interactions AS i
            WHERE kind IN ('Purchase', 'Return') AND NOT EXISTS (
                SELECT 1 FROM interactions AS c
                WHERE c.original = i.original AND c.corrects IS NOT NULL AND c.id <> i.id AND (i.corrects IS NULL OR (c.recorded, c.id) > (i.recorded, i.id)))),
        days AS (
            SELECT customer, day, SUM(CAST(ROUND(CAST(money AS REAL) * 10000) AS INTEGER)) AS amount
            FROM counted WHERE day <= $2 GROUP BY customer, day),
        firsts AS (SELECT customer AS buyer, MIN(day) AS first FROM days GROUP BY customer)
        """;

    private const string Rows = Days + """

        SELECT customer, SUM(day <= $1), MAX(CASE WHEN day <= $1 THEN day END), first,
            SUM(CASE WHEN day > first AND day <= $1 THEN amount ELSE 0 END), SUM(CASE WHEN day <= $1 THEN amount ELSE 0 END),
            SUM(day > $1), SUM(CASE WHEN day > $1 THEN amount ELSE 0 END)
        FROM days JOIN firsts ON buyer = customer WHERE first <= $1 GROUP BY customer
        """;

    public ValueTask<PurchaseHistories> ReadAsync(Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken)
    {
        if (!zone.Equals(DateTimeZone.Utc))
        {
            throw new NotSupportedException($"This source counts days in UTC, not in {zone.Id}.");
        }

        int last = DayOf(window.LastDay);
        var (currency, rows) = database.Read(cancellationToken, sql => (
            CurrencyOf(sql),
            sql.Rows(Rows, row => new { Id = row.GetString(0), Days = row.GetInt32(1), Latest = row.GetInt32(2), First = row.GetInt32(3), Later = row.GetInt64(4), All = row.GetInt64(5), Held = row.GetInt32(6), HeldSum = row.GetInt64(7) }, last, DayOf(window.HoldoutLastDay ?? window.LastDay))));
        bool isHeld = window.HoldoutDays > 0;
        return new(PurchaseHistories.FromColumns(
            new()
            {
                Ids = [.. rows.Select(row => CustomerId.Of(row.Id))],
                Frequency = [.. rows.Select(row => row.Days - 1)],
                Recency = [.. rows.Select(row => (row.Latest - row.First) / unit.Days)],
                Age = [.. rows.Select(row => (last - row.First) / unit.Days)],
                MeanSpend = [.. rows.Select(row => row.Days == 1 ? 0 : row.Later / (10_000.0 * (row.Days - 1)))],
                TotalSpend = [.. rows.Select(row => row.All / 10_000.0)],
                HoldoutFrequency = isHeld ? [.. rows.Select(row => row.Held)] : null,
                HoldoutMeanSpend = isHeld ? [.. rows.Select(row => row.Held == 0 ? 0 : row.HeldSum / (10_000.0 * row.Held))] : null,
            },
            new() { Unit = unit, Window = window, Zone = zone, Currency = currency }));
    }

    // To net returns is the library's part: a shop that takes goods back lets CrmRefresh read the interactions.
    private static Currency CurrencyOf(Statements sql)
    {
        var kinds = sql.Rows(
            Days + " SELECT kind, substr(money, instr(money, ' ') + 1), MAX(instr(money, '.') > 0 AND instr(money, ' ') - instr(money, '.') > 5) FROM counted GROUP BY 1, 2",
            row => (Kind: row.GetString(0), Code: row.GetString(1), IsFine: row.GetBoolean(2)),
            0,
            0);
        Currency[] currencies = [.. kinds.Select(kind => Currency.Of(kind.Code)).Distinct()];
        return kinds.Exists(kind => kind.Kind == "Return") ? throw new NotSupportedException("This source nets no returns.")
            : kinds.Exists(kind => kind.IsFine) ? throw new NotSupportedException("This source adds up ten-thousandths, and some amounts have more than four decimals.")
            : currencies.Length > 1 ? throw new CurrencyMismatchException(currencies[0], currencies[1]) : currencies.FirstOrDefault();
    }

    private static int DayOf(LocalDate day) => Period.DaysBetween(new LocalDate(1970, 1, 1), day);
}
