using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>How far forecasts of a held-out period were from what happened, customer by customer and in total.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ForecastErrors
{
    private ForecastErrors()
    {
    }

    /// <summary>Gets what was forecast for all customers together.</summary>
    public double ExpectedTotal { get; private init; }

    /// <summary>Gets what all customers together did.</summary>
    public double ActualTotal { get; private init; }

    /// <summary>Gets by what share of the actual total the forecast missed it: −0.12 for 12 % too low. Null where nothing happened.</summary>
    public double? Bias => ActualTotal == 0 ? null : (ExpectedTotal / ActualTotal) - 1;

    /// <summary>Gets the mean over customers of |forecast − actual|.</summary>
    /// <remarks>It favours forecasts that are too low: most customers do nothing. Never choose a model by it.</remarks>
    public double MeanAbsoluteError { get; private init; }

    /// <summary>Gets the root of the mean over customers of (forecast − actual)².</summary>
    public double RootMeanSquareError { get; private init; }

    /// <summary>
    /// Gets the Gini coefficient of what happened, in the order of the forecast, over that in the order of what happened: 1 ranks customers
    /// perfectly, 0 not at all. Null where nothing happened, or the same to all.
    /// </summary>
    public double? NormalisedGini { get; private init; }

    /// <summary>
    /// Gets what share of the truly best 20 % of the customers are among the 20 % forecast as best; where customers are equal at an edge
    /// each counts with the probability of being drawn.
    /// </summary>
    public double ShareOfTop20PercentFound { get; private init; }

    /// <summary>Compares forecasts with what happened; rows may be shared.</summary>
    internal static ForecastErrors Of(double[] expected, double[] actual, ReadOnlySpan<int> customers)
    {
        var misses = new double[expected.Length];
        var squares = new double[expected.Length];
        double n = 0;
        for (int row = 0; row < expected.Length; row++)
        {
            misses[row] = Math.Abs(expected[row] - actual[row]);
            squares[row] = misses[row] * misses[row];
            n += customers.Length == 0 ? 1 : customers[row];
        }

        var ranking = new Ranking(expected, actual, customers);
        return new()
        {
            ExpectedTotal = OrderFreeSum.Of(expected, customers),
            ActualTotal = OrderFreeSum.Of(actual, customers),
            MeanAbsoluteError = OrderFreeSum.Of(misses, customers) / n,
            RootMeanSquareError = Math.Sqrt(OrderFreeSum.Of(squares, customers) / n),
            NormalisedGini = ranking.NormalisedGini(),
            ShareOfTop20PercentFound = ranking.ShareOfTopFound(0.20),
        };
    }
}
