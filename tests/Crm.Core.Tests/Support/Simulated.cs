using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>Customer bases drawn from a known model.</summary>
internal static class Simulated
{
    private static readonly LocalDate _lastDay = new(2025, 6, 30);

    /// <summary>Customers whose first purchases spread evenly over the first third of the time, observed to its end.</summary>
    internal static PurchaseHistories Base(IPurchaseModel model, int customers, Horizon length, ulong seed, ISpendModel? spend = null)
    {
        var frequency = new int[customers];
        var recency = new double[customers];
        var age = new double[customers];
        var meanSpend = spend is null ? null : new double[customers];
        for (int row = 0; row < customers; row++)
        {
            age[row] = length.In(model.Unit) * (1 - (row / (3.0 * customers)));
            IReadOnlyList<double> times = model.SimulatePurchases(Horizon.Of(age[row], model.Unit), seed, (ulong)row);
            frequency[row] = times.Count;
            recency[row] = times.Count > 0 ? times[^1] : 0;
            if (meanSpend is not null && times.Count > 0)
            {
                meanSpend[row] = spend!.SimulateSpend(times.Count, seed, (ulong)row).Average();
            }
        }

        return PurchaseHistories.FromColumns(
            new() { Frequency = frequency, Recency = recency, Age = age, MeanSpend = meanSpend },
            new() { Unit = model.Unit, Currency = spend?.Currency ?? default });
    }

    /// <summary>
    /// The same with a test period after it: what each customer bought in it is the same life gone on. Times are whole days.
    /// </summary>
    internal static PurchaseHistories WithHoldout(IPurchaseModel model, int customers, int days, int heldDays, ulong seed)
    {
        var frequency = new int[customers];
        var recency = new double[customers];
        var age = new double[customers];
        var held = new int[customers];
        for (int row = 0; row < customers; row++)
        {
            int watched = days - (int)((long)row * days / (3L * customers));
            double[] times = [.. model.SimulatePurchases(Horizon.Days(watched + heldDays), seed, (ulong)row)
                .Select(time => Math.Ceiling(TimeUnit.Convert(time, model.Unit, TimeUnit.Day)))];
            double[] known = [.. times.Where(day => day <= watched)];
            frequency[row] = known.Length;
            recency[row] = known.LastOrDefault() / model.Unit.Days;
            age[row] = watched / model.Unit.Days;
            held[row] = times.Length - known.Length;
        }

        return PurchaseHistories.FromColumns(
            new() { Frequency = frequency, Recency = recency, Age = age, HoldoutFrequency = held }, HeldOut(model.Unit, heldDays));
    }

    /// <summary>A frame with a test period of so many days.</summary>
    internal static HistoryFrame HeldOut(TimeUnit unit, int days) =>
        new() { Unit = unit, Window = Window.Through(_lastDay).HoldingOutThrough(_lastDay.PlusDays(days)) };

    /// <summary>
    /// The purchases of customers who come one after another, evenly over some days, and are watched to the last of all days. A purchase
    /// falls on the day that its time ends in; two on one day are one occasion.
    /// </summary>
    internal static PurchaseHistoryBuilder Log(
        IPurchaseModel model, int customers, LocalDate first, int arrivalDays, int days, ulong seed, ISpendModel? spend = null)
    {
        var builder = new PurchaseHistoryBuilder(model.Unit);
        for (int row = 0; row < customers; row++)
        {
            int came = (int)((long)row * arrivalDays / customers);
            CustomerId id = CustomerId.Of($"{row:00000}");
            IReadOnlyList<double> times = model.SimulatePurchases(Horizon.Days(days - 1 - came), seed, (ulong)row);
            IReadOnlyList<double>? amounts = spend?.SimulateSpend(times.Count + 1, seed, (ulong)row);
            for (int i = 0; i <= times.Count; i++)
            {
                int after = i == 0 ? 0 : (int)Math.Ceiling(TimeUnit.Convert(times[i - 1], model.Unit, TimeUnit.Day));
                Add(builder, id, first.PlusDays(came + after), amounts?[i]);
            }
        }

        return builder;
    }

    private static void Add(PurchaseHistoryBuilder builder, CustomerId id, LocalDate day, double? amount)
    {
        if (amount is { } known)
        {
            builder.Add(id, day, Math.Round((decimal)known, 2) + 0.01m);
        }
        else
        {
            builder.Add(id, day);
        }
    }
}
