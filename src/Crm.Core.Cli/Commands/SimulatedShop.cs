using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Cli.Commands;

/// <summary>A shop whose customers behave exactly as the models say, so that what a fit finds can be held against the truth.</summary>
internal sealed class SimulatedShop(int customers, ulong seed)
{
    private const int AcquisitionDays = 84;

    private static readonly LocalDate _firstDay = new(2025, 1, 1);
    private static readonly MbgNbd _buying = new(0.7, 8, 0.9, 2.2, TimeUnit.Week);
    private static readonly GammaGamma _spend = new(6, 4, 18, Currency.Usd);

    /// <summary>Gets the last day of the window: a year and a half after the first.</summary>
    internal static LocalDate LastDay { get; } = new(2026, 6, 30);

    private static LocalDate FutureLastDay { get; } = LastDay.PlusYears(1);

    /// <summary>Lets the customers buy, the year after the window included.</summary>
    internal TransactionLog Trade(Work progress, CancellationToken cancellationToken)
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        builder.SetCurrency(Currency.Usd);
        int days = Period.DaysBetween(_firstDay, FutureLastDay);
        for (int customer = 0; customer < customers; customer++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (customer % 1_000 == 0)
            {
                progress.Done((double)customer / customers);
            }

            var id = CustomerId.Of(FormattableString.Invariant($"C{customer + 1:D6}"));

            // Spread evenly over the first twelve weeks: half a day keeps repeat purchases on the day they fall.
            int start = (int)((long)customer * AcquisitionDays / customers);
            var times = _buying.SimulatePurchases(Horizon.Days(days - start), seed, (ulong)customer);
            var amounts = _spend.SimulateSpend(1 + times.Count, seed, (ulong)customer);
            builder.Add(id, _firstDay.PlusDays(start), Cents(amounts[0]));
            for (int i = 0; i < times.Count; i++)
            {
                int day = start + (int)Math.Round(times[i] * TimeUnit.Week.Days);
                if (day <= days)
                {
                    builder.Add(id, _firstDay.PlusDays(day), Cents(amounts[i + 1]));
                }
            }
        }

        return new() { Name = "a simulated shop", Builder = builder, Rows = builder.Purchases };
    }

    /// <summary>Counts the purchases of the year after the window by customers of the window.</summary>
    internal static long BoughtAfter(TransactionLog log, CancellationToken cancellationToken)
    {
        var withFuture = log.Histories(LastDay, FutureLastDay, cancellationToken);
        return withFuture.HoldoutFrequency.ToArray().Sum(count => (long)count);
    }

    /// <summary>Holds the fitted parameters against the true ones.</summary>
    internal static IEnumerable<RecoveredParameter> Recovered(CustomerBase found)
    {
        var buying = found.Candidates.First(candidate => candidate.Name == _buying.Name).Fit.Statistics;
        var spend = found.SpendFit.Statistics;
        return Against(_buying.Name, _buying.Parameters, buying).Concat(Against(_spend.Name, _spend.Parameters, spend));
    }

    private static IEnumerable<RecoveredParameter> Against(
        string model, IReadOnlyList<KeyValuePair<string, double>> truth, FitStatistics? fit) =>
        fit is null ? [] : truth.Zip(fit.Parameters, (t, f) => new RecoveredParameter(model, t.Key, t.Value, f.Value, f.StandardError));

    private static decimal Cents(double amount) => Math.Round((decimal)amount, 2);
}
