using Crm.Core.LifetimeValue;

namespace Crm.Core.Portfolio;

/// <summary>How many went from one tier to another, beside how many a model expected to.</summary>
/// <param name="Expected">What was expected.</param>
/// <param name="Interval">In which the number was to lie.</param>
/// <param name="Actual">What happened.</param>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct ComparedCount(ExpectedCount Expected, IntervalBounds Interval, long Actual)
{
    /// <summary>Gets whether what happened lies in the interval.</summary>
    public bool IsWithin => Interval.Contains(Actual);
}
