namespace Crm.Core.LifetimeValue;

/// <summary>The ends of an interval. Whether it is one for an expectation or for what will happen, the name of its source says.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, at least <paramref name="Low"/>.</param>
/// <param name="Level">The probability with which such intervals hold what they are for, above 0 and below 1.</param>
public readonly record struct IntervalBounds(double Low, double High, double Level)
{
    /// <summary>Whether a value lies in the interval, its ends included.</summary>
    /// <param name="value">Any number.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(double value) => value >= Low && value <= High;

    /// <summary>Gives the ends to six digits, "1.2 to 3.4 (90%)", in the invariant culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => FormattableString.Invariant($"{Low:G6} to {High:G6} ({Level:0.####%})");

    internal static double Checked(double level) =>
        Guard.InRange(level, 1e-6, 1 - 1e-6, "Give the level as a fraction: 0.90 for 90 %.", nameof(level));
}
