using System.Globalization;
using System.Runtime.CompilerServices;

namespace Crm.Core;

/// <summary>What a later unit of money is worth less now: a yearly rate, or a raw continuous rate per unit of time.</summary>
/// <remarks>
/// The rate is converted to the model's unit once: δ = ln(1 + yearly rate) · days of the unit / 365.25, so that 10 % a year is
/// 10 % a year whether the model counts days, weeks or months. The default value is <see cref="Zero"/>. Immutable and thread-safe.
/// </remarks>
public readonly record struct DiscountRate
{
    // A rate below the least is meant to be none, and above the most nothing is left of the future.
    private const double Least = 1e-12;
    private const double Most = 1e6;

    private readonly double _delta;

    // No discount is one value, whatever unit it was given for.
    private DiscountRate(double delta, TimeUnit unit)
    {
        _delta = delta;
        Unit = delta == 0 ? TimeUnit.Unnamed : unit;
    }

    /// <summary>Gets the rate 0: later money is worth as much as money now.</summary>
    public static DiscountRate Zero => default;

    /// <summary>Gets a value indicating whether later money is worth as much as money now.</summary>
    public bool IsZero => _delta == 0;

    /// <summary>Gets the unit of time the rate was given for.</summary>
    public TimeUnit Unit { get; }

    /// <summary>Makes a rate from an effective yearly rate.</summary>
    /// <param name="annualRate">As a fraction: 0.10 for 10 % a year. 0, or from 1e-12 to 10.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="annualRate"/> is neither 0 nor a number from 1e-12 to 10.</exception>
    public static DiscountRate PerYear(double annualRate) => new(
        LogOnePlus(ZeroOr(annualRate, 10, "Give the yearly rate as a fraction: 0.10 for 10 %.")), TimeUnit.Year);

    /// <summary>Makes a rate from the effective rate of a unit of time.</summary>
    /// <param name="rate">As a fraction: 0.01 for 1 % a month, say. 0, or from 1e-12 to 10.</param>
    /// <param name="unit">The unit of time the rate is of.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is neither 0 nor a number from 1e-12 to 10.</exception>
    public static DiscountRate Effective(double rate, TimeUnit unit) =>
        new(LogOnePlus(ZeroOr(rate, 10, "Give the rate as a fraction: 0.01 for 1 %.")), unit);

    /// <summary>Makes a rate from a raw continuous rate: a unit of money in t units of time is worth e^(−δt) now.</summary>
    /// <param name="delta">δ, per <paramref name="unit"/>; 0, or from 1e-12 to 1e6.</param>
    /// <param name="unit">The unit of time, <see cref="TimeUnit.Unnamed"/> for the data's own unnamed unit.</param>
    /// <returns>The rate.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is neither 0 nor a number from 1e-12 to 1e6.</exception>
    public static DiscountRate Continuous(double delta, TimeUnit unit) => new(ZeroOr(delta, Most), unit);

    /// <summary>Gives δ, the continuous rate per unit of time.</summary>
    /// <param name="unit">The unit of time the model counts in.</param>
    /// <returns>δ, finite, 0 or more; exactly 0 for <see cref="Zero"/> in any unit.</returns>
    /// <exception cref="UnitMismatchException">The rate has a calendar unit and <paramref name="unit"/> is unnamed, or the other way round.</exception>
    public double Per(TimeUnit unit)
    {
        if (IsZero || unit == Unit)
        {
            return _delta;
        }

        return unit.IsNamed && Unit.IsNamed ? _delta * (unit.Days / Unit.Days) : throw new UnitMismatchException(unit, Unit);
    }

    /// <summary>Gives the effective rate of a unit of time, in percent: "10 % per year".</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => IsZero
        ? "none"
        : Unit.IsNamed
        ? string.Create(CultureInfo.InvariantCulture, $"{100 * (Math.Exp(_delta * (TimeUnit.Year.Days / Unit.Days)) - 1):0.####} % per year")
        : string.Create(CultureInfo.InvariantCulture, $"{_delta} per unit of the data, continuous");

    private static double ZeroOr(double value, double most, string remedy = "", [CallerArgumentExpression(nameof(value))] string name = "") =>
        value == 0 ? 0 : Guard.InRange(value, Least, most, remedy.Length > 0 ? remedy : "Use 0 for no discount.", name);

    // What 1 + x loses of a small x is the same in both, so the quotient keeps its digits (Kahan).
    private static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }
}
