using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using Crm.Core.Pyramids;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>Makes two pyramids of the same kind, and finds who moved.</summary>
internal sealed class Comparing(PyramidScheme scheme, double level, CancellationToken cancellationToken)
{
    private const string HowMoves = "Moves are by what it took to stand in a tier at the first: in a pyramid of shares whoever goes up would push others down.";

    /// <summary>Two days of one log, each by the revenue of the days up to it.</summary>
    /// <exception cref="InputException">Nobody had bought by one of the days, or the scheme cannot cut a base.</exception>
    internal Compared OfDays(TransactionLog log, (LocalDate First, LocalDate Second) on, int? days, Work progress)
    {
        int between = Period.DaysBetween(on.First, on.Second);
        int counted = days ?? between;
        PyramidDay before = DayOf(log, on.First, counted);
        PyramidDay now = DayOf(log, on.Second, counted);
        var measure = new PyramidMeasure { Name = FormattableString.Invariant($"revenue of {counted} {Plural.Of(counted, "day")}"), Currency = log.Currency };
        Pyramid then = Ranked(log.Name, before.Histories.Ids, before.Revenue, before.Layers, measure);
        Moved moved = MovedBetween(log.Name, then, (now.Histories.Ids, now.Revenue, now.Layers, measure));
        if (counted == between)
        {
            Outlook expected = Outlook.Of(log, before, moved.Migration.Before, new() { Discount = DiscountRate.PerYear(0.10) }, progress, cancellationToken);
            moved = moved with { Model = expected.Model, Compared = expected.Expected?.Against(moved.Migration, level), WhyNotExpected = expected.Why };
        }

        return new()
        {
            Names = (Iso(on.First), Iso(on.Second)),
            By = measure.Name,
            Currency = log.Currency,
            Now = Ranked(log.Name, now.Histories.Ids, now.Revenue, now.Layers, measure),
            Moved = moved,
            Notes =
            [
                HowMoves,
                .. counted == between ? Array.Empty<string>() : ["No model was asked: it would expect moves of as many days as lie between the two, and --days counts others."],
                .. ((string?[])[moved.WhyNotExpected]).OfType<string>(),
            ],
        };
    }

    /// <summary>Two logs, each by all that was spent in it.</summary>
    /// <exception cref="InputException">A file has no amounts, or the scheme cannot cut a base.</exception>
    internal Compared OfLogs(TransactionLog first, TransactionLog second)
    {
        return OfTwo(
            (first.Name, second.Name), "all that was spent", second.Currency,
            Spent(first, new() { Name = "all that was spent", Currency = first.Currency }), Spent(second, new() { Name = "all that was spent", Currency = second.Currency }));
    }

    /// <summary>Two files with a value for each customer.</summary>
    /// <exception cref="InputException">The scheme cannot cut a base.</exception>
    internal Compared OfValues(CustomerSheet first, CustomerSheet second, string column) => OfTwo(
        (first.Name, second.Name), column, second.Currency, Values(first, column), Values(second, column));

    private Compared OfTwo(
        (string Before, string Now) names, string by, Currency currency,
        (IReadOnlyList<CustomerId> Ids, double[] Values, PyramidMeasure Measure) before, (IReadOnlyList<CustomerId> Ids, double[] Values, PyramidMeasure Measure) now)
    {
        // A currency that only one of them names is taken to be that of both.
        if (before.Measure.Currency != Currency.None && now.Measure.Currency != Currency.None && before.Measure.Currency != now.Measure.Currency)
        {
            throw new InputException($"{names.Before} is in {before.Measure.Currency} and {names.Now} in {now.Measure.Currency}. Compare amounts of one currency.");
        }

        currency = currency == Currency.None ? before.Measure.Currency : currency;
        var measure = new PyramidMeasure { Name = by, Currency = currency };
        var layers = new CustomerLayer[now.Ids.Count];
        Pyramid then = Ranked(names.Before, before.Ids, before.Values, new CustomerLayer[before.Ids.Count], measure);
        return new()
        {
            Names = Told(names),
            By = by,
            Currency = currency,
            Now = Ranked(names.Now, now.Ids, now.Values, layers, measure),
            Moved = MovedBetween(names.Before, then, (now.Ids, now.Values, layers, measure)),
            Notes = [HowMoves],
        };
    }

    // The names of the files, with their folders only where they would be the same.
    private static (string Before, string Now) Told((string Before, string Now) names) =>
        Path.GetFileName(names.Before) == Path.GetFileName(names.Now) ? names : (Path.GetFileName(names.Before), Path.GetFileName(names.Now));

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private (IReadOnlyList<CustomerId> Ids, double[] Values, PyramidMeasure Measure) Spent(TransactionLog log, PyramidMeasure measure)
    {
        PurchaseHistories histories = PyramidDay.WithAmounts(log, log.Histories(null, null, cancellationToken));
        return (histories.Ids, histories.TotalSpend.ToArray(), measure);
    }

    private static (IReadOnlyList<CustomerId> Ids, double[] Values, PyramidMeasure Measure) Values(CustomerSheet sheet, string column)
    {
        CustomerId[] ids = [.. sheet.Customers.Order()];
        return (ids, sheet.Numbers(column, ids, 0), new() { Name = column, Currency = sheet.Currency });
    }

    private PyramidDay DayOf(TransactionLog log, LocalDate day, int days) => day > log.Builder.LatestDay
        ? throw new InputException($"{log.Name}: {Iso(day)} lies after the last purchase, of {Iso(log.Builder.LatestDay!.Value)}. Give days that the file covers.")
        : PyramidDay.Of(log, day, days, cancellationToken)
            ?? throw new InputException($"{log.Name}: nobody had bought by {Iso(day)}; the first purchase is of {Iso(log.Builder.EarliestDay!.Value)}.");

    private Pyramid Ranked(string name, IReadOnlyList<CustomerId> ids, double[] values, CustomerLayer[] layers, PyramidMeasure measure) => Guarded(name, () => scheme.RankLayers(ids, values, layers).Of(measure));

    private static Moved MovedBetween(string name, Pyramid before, (IReadOnlyList<CustomerId> Ids, double[] Values, CustomerLayer[] Layers, PyramidMeasure Measure) now) =>
        Guarded(name, () => Moved.Between(before, now));

    private static T Guarded<T>(string name, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            throw new InputException($"{name}: {exception.Message.Split(" (Parameter ")[0]}", exception);
        }
    }
}
