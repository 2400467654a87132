namespace Crm.Core.LifetimeValue;

/// <summary>What may come of one customer, as many simulated futures.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class SimulatedOutcome
{
    private readonly double[] _sorted;

    internal SimulatedOutcome(double[] draws)
    {
        Array.Sort(draws);
        _sorted = draws;
    }

    /// <summary>Gets the number of simulated futures.</summary>
    public int Draws => _sorted.Length;

    /// <summary>Gets their mean: near the expectation, from which it differs by chance and by the uncertainty of the parameters.</summary>
    public double Mean => _sorted.Average();

    /// <summary>Gives the interval in which the outcome will lie, as much left out at either end.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>The interval: the quantiles of the simulated futures.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds OutcomeInterval(double level)
    {
        double outside = 0.5 * (1 - IntervalBounds.Checked(level));
        return new(Quantile(outside), Quantile(1 - outside), level);
    }

    /// <summary>Share of the simulated futures that bring no more than this.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>From 0 to 1.</returns>
    public double CumulativeProbability(double value)
    {
        int place = Array.BinarySearch(_sorted, value);
        int above = place < 0 ? ~place : place;
        while (above < _sorted.Length && _sorted[above] == value)
        {
            above++;
        }

        return (double)above / _sorted.Length;
    }

    private double Quantile(double probability) => _sorted[Math.Clamp((int)Math.Ceiling(probability * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
