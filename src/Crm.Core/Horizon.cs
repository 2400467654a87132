using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Crm.Core;

/// <summary>How far ahead to look: a length of time with its unit, or without end.</summary>
/// <remarks>The default value is <see cref="Unlimited"/>. Immutable and thread-safe.</remarks>
public readonly record struct Horizon
{
    // Far beyond any question, and far enough inside the range of a double that every conversion stays there.
    private const double MaxLength = 1e15;

    private readonly double _length;

    private Horizon(double length, TimeUnit unit)
    {
        _length = length;
        Unit = unit;
        IsLimited = true;
    }

    /// <summary>Gets the horizon without end, the default value.</summary>
    public static Horizon Unlimited => default;

    /// <summary>Gets a value indicating whether the horizon ends.</summary>
    public bool IsLimited { get; }

    /// <summary>Gets the unit of <see cref="Length"/>; <see cref="TimeUnit.Unnamed"/> means the model's own unit.</summary>
    public TimeUnit Unit { get; }

    /// <summary>Gets the length in <see cref="Unit"/>, positive infinity without end.</summary>
    public double Length => IsLimited ? _length : double.PositiveInfinity;

    /// <summary>Makes a horizon.</summary>
    /// <param name="length">From 0 to 1e15, in <paramref name="unit"/>.</param>
    /// <param name="unit">The unit; <see cref="TimeUnit.Unnamed"/> counts in the unit of data whose unit is unnamed too.</param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is not a number from 0 to 1e15.</exception>
    public static Horizon Of(double length, TimeUnit unit) =>
        new(Guard.InRange(length, 0, MaxLength, "Use Horizon.Unlimited to look ahead without end."), unit);

    /// <summary>Makes a horizon of days.</summary>
    /// <param name="days">From 0 to 1e15.</param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="days"/> is not a number from 0 to 1e15.</exception>
    public static Horizon Days(double days) => Of(days, TimeUnit.Day);

    /// <summary>Makes a horizon of weeks.</summary>
    /// <param name="weeks">From 0 to 1e15.</param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weeks"/> is not a number from 0 to 1e15.</exception>
    public static Horizon Weeks(double weeks) => Of(weeks, TimeUnit.Week);

    /// <summary>Makes a horizon of months of 30.4375 days.</summary>
    /// <param name="months">From 0 to 1e15.</param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="months"/> is not a number from 0 to 1e15.</exception>
    public static Horizon Months(double months) => Of(months, TimeUnit.Month);

    /// <summary>Makes a horizon of years of 365.25 days.</summary>
    /// <param name="years">From 0 to 1e15.</param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="years"/> is not a number from 0 to 1e15.</exception>
    public static Horizon Years(double years) => Of(years, TimeUnit.Year);

    /// <summary>Reads a horizon as people write it.</summary>
    /// <param name="text">
    /// A number and a unit, "90d", "39w", "12m", "2y"; a bare number, in the data's own unit; or "unlimited". Invariant culture.
    /// </param>
    /// <returns>The horizon.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException"><paramref name="text"/> is not a horizon.</exception>
    public static Horizon Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Horizon horizon)
            ? horizon
            : throw new FormatException("A horizon is a number and a unit (90d, 39w, 12m, 2y), a bare number, or 'unlimited'.");
    }

    /// <summary>Reads a horizon as people write it, if it is one.</summary>
    /// <param name="text">
    /// A number and a unit, "90d", "39w", "12m", "2y"; a bare number, in the data's own unit; or "unlimited". Invariant culture.
    /// </param>
    /// <param name="horizon">The horizon, or <see cref="Unlimited"/>.</param>
    /// <returns>Whether the text is a horizon.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Horizon horizon)
    {
        horizon = Unlimited;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        if (string.Equals(text, "unlimited", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        (TimeUnit unit, int suffix) = char.ToLowerInvariant(text[^1]) switch
        {
            'd' => (TimeUnit.Day, 1),
            'w' => (TimeUnit.Week, 1),
            'm' => (TimeUnit.Month, 1),
            'y' => (TimeUnit.Year, 1),
            _ => (TimeUnit.Unnamed, 0),
        };
        bool isNumber = double.TryParse(
            text.AsSpan(0, text.Length - suffix), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double length);
        if (!isNumber || !(length <= MaxLength))
        {
            return false;
        }

        horizon = new(length, unit);
        return true;
    }

    /// <summary>Gives the length in another unit.</summary>
    /// <param name="unit">The unit to count in.</param>
    /// <returns>The length, positive infinity without end; the same bits when the unit is the horizon's own.</returns>
    /// <exception cref="UnitMismatchException">One of the two units is unnamed and the other is not.</exception>
    public double In(TimeUnit unit) => IsLimited ? TimeUnit.Convert(_length, Unit, unit) : double.PositiveInfinity;

    /// <summary>Gives length and unit, "39 weeks", or "unlimited".</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => !IsLimited
        ? "unlimited"
        : string.Create(CultureInfo.InvariantCulture, $"{_length} {(Unit.IsNamed ? Plural.Of(_length, Unit.Name) : "units of the data")}");
}
