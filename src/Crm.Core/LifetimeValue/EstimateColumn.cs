using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Estimates for all rows of histories, of one customer each.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class EstimateColumn
{
    private readonly double[] _values;
    private readonly double[] _errors;

    internal EstimateColumn(double[] values, double[] errors, EstimateScale scale)
    {
        _values = values;
        _errors = errors;
        Scale = scale;
    }

    /// <summary>Gets the number of rows.</summary>
    public int Count => _values.Length;

    /// <summary>Gets the scale on which the errors are taken to be normal.</summary>
    public EstimateScale Scale { get; }

    /// <summary>Gets the expectations, one a row.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Gets the standard errors on <see cref="Scale"/>, one a row.</summary>
    public ReadOnlySpan<double> StandardErrors => _errors;

    /// <summary>Gets the estimate of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not a row.</exception>
    public Estimate this[int row]
    {
        get
        {
            Guard.Row(row, Count);
            return new(_values[row], _errors[row], Scale);
        }
    }

    /// <summary>Writes the estimate intervals of all rows: see <see cref="Estimate.EstimateInterval"/>.</summary>
    /// <param name="level">Above 0 and below 1: 0.90 for nine times in ten.</param>
    /// <param name="low">Receives the lower ends, one a row.</param>
    /// <param name="high">Receives the upper ends, one a row.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not from 0.000001 to 0.999999.</exception>
    /// <exception cref="ArgumentException">A destination has not one place for each row.</exception>
    public void EstimateInterval(double level, Span<double> low, Span<double> high)
    {
        double width = NormalDistribution.HalfWidth(IntervalBounds.Checked(level));
        Guard.SameLength(Count, low.Length, "rows", nameof(low));
        Guard.SameLength(Count, high.Length, "rows", nameof(high));
        for (int row = 0; row < _values.Length; row++)
        {
            var estimate = new Estimate(_values[row], _errors[row], Scale);
            low[row] = estimate.Moved(-width * _errors[row]);
            high[row] = estimate.Moved(width * _errors[row]);
        }
    }
}
