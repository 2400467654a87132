using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>A forecast that needs no model, and how it did on a test period: what a model must beat.</summary>
/// <param name="Name">What it is: "last period again".</param>
/// <param name="Words">How it forecasts.</param>
/// <param name="Purchases">How far its expected purchases were from those made.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HoldoutBaseline(string Name, string Words, ForecastErrors Purchases)
{
    /// <summary>Gets how far its expected spend was from the spend; null without amounts.</summary>
    public ForecastErrors? Spend { get; init; }

    /// <summary>All baselines that the sample allows.</summary>
    internal static IReadOnlyList<HoldoutBaseline> All(HoldoutSample sample)
    {
        PurchaseHistories histories = sample.Histories;
        double length = histories.Frame.HoldoutLength;

        // Two purchases in two weeks are as many as one in one; rounding must not rank one above the other.
        double[] rate = [.. histories.Select(history => history.Age > 0 ? Math.Round(history.Frequency / history.Age * length, 12) : 0)];
        var baselines = new List<HoldoutBaseline>
        {
            Of("average so far", "Each customer goes on at their own average: repeat purchases over time observed, times the length of the test period.", rate, histories),
        };
        if (sample.LastPeriodFrequency.Length > 0)
        {
            double[] last = Array.ConvertAll(sample.LastPeriodFrequency.ToArray(), count => (double)count);
            baselines.Insert(0, Of("last period again", "Each customer repeats the purchases of the last period of the same length.", last, histories));
        }

        return baselines.AsReadOnly();
    }

    private static HoldoutBaseline Of(string name, string words, double[] expected, PurchaseHistories histories) =>
        new(name, words, ForecastErrors.Of(expected, HoldoutValidation.Actual(histories), histories.Customers))
        {
            Spend = histories.HoldoutMeanSpend.Length == 0 ? null : SpendOf(expected, histories),
        };

    // Each at their own mean spend so far.
    private static ForecastErrors SpendOf(double[] purchases, PurchaseHistories histories)
    {
        var expected = new double[purchases.Length];
        var actual = new double[purchases.Length];
        for (int row = 0; row < purchases.Length; row++)
        {
            expected[row] = purchases[row] * (histories.MeanSpend.Length > 0 ? histories.MeanSpend[row] : 0);
            actual[row] = histories.HoldoutFrequency[row] * histories.HoldoutMeanSpend[row];
        }

        return ForecastErrors.Of(expected, actual, histories.Customers);
    }
}
