using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.Support;

/// <summary>Customer bases drawn from a known model.</summary>
internal static class Simulated
{
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
}
