using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>The customers of one base: what a fit may see of them, and what they did afterwards.</summary>
/// <param name="Histories">The histories until the end of the calibration.</param>
/// <param name="Holdout">How often each of them bought in the time held out.</param>
internal sealed record SimulatedBase(PurchaseHistories Histories, int[] Holdout)
{
    internal const int CalibrationWeeks = 39;
    internal const int HoldoutWeeks = 39;
    internal const int StartingWeeks = 12;

    private const int DaysOfWeek = 7;

    internal static Horizon HoldoutLength { get; } = Horizon.Weeks(HoldoutWeeks);

    /// <summary>Draws a base: first purchases on the days of twelve weeks in turn, each day with as many as the next.</summary>
    internal static SimulatedBase Draw(IPurchaseModel model, int customers, ulong seed)
    {
        var frequency = new int[customers];
        var recency = new double[customers];
        var age = new double[customers];
        var holdout = new int[customers];
        for (int row = 0; row < customers; row++)
        {
            age[row] = CalibrationWeeks - ((double)(row % (StartingWeeks * DaysOfWeek)) / DaysOfWeek);
            IReadOnlyList<double> times = model.SimulatePurchases(Horizon.Weeks(age[row] + HoldoutWeeks), seed, (ulong)row);
            frequency[row] = times.Count(time => time <= age[row]);
            recency[row] = frequency[row] > 0 ? times[frequency[row] - 1] : 0;
            holdout[row] = times.Count - frequency[row];
        }

        return new(
            PurchaseHistories.FromColumns(new() { Frequency = frequency, Recency = recency, Age = age }, new() { Unit = model.Unit }), holdout);
    }
}
