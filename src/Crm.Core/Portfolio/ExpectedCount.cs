using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;

namespace Crm.Core.Portfolio;

/// <summary>How many customers a model expects to go from one tier to another, and how many may.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ExpectedCount
{
    /// <summary>Gets how many are expected.</summary>
    public required double Expected { get; init; }

    /// <summary>Gets how many customers are asked about: all who could.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets the variance by chance alone, each customer going their own way.</summary>
    public required double ChanceVariance { get; init; }

    /// <summary>Gets the standard error of the expectation: how well the data determine the parameters.</summary>
    public required double StandardError { get; init; }

    /// <summary>Gives the interval in which the number will lie: uncertain parameters and chance.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <returns>Whole numbers, none above <see cref="Customers"/>; conditional on the model.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    public IntervalBounds OutcomeInterval(double level)
    {
        var (low, high) = CountQuantiles.Middle(Expected, ChanceVariance + (StandardError * StandardError), IntervalBounds.Checked(level));
        return new(Math.Min(low, Customers), Math.Min(high, Customers), level);
    }
}
