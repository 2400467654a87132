namespace Crm.Core;

/// <summary>The unit in which a model counts time. It travels with the data and with every fitted model.</summary>
/// <remarks>
/// A week has 7 days, a month 30.4375, a year 365.25. The default value is <see cref="Unnamed"/>: time in a unit that nobody
/// has named, which converts to no other. Immutable and thread-safe.
/// </remarks>
public readonly record struct TimeUnit
{
    private readonly string? _name;

    private TimeUnit(string name, double days)
    {
        _name = name;
        Days = days;
    }

    /// <summary>Gets the unit that nobody has named, the default value.</summary>
    public static TimeUnit Unnamed => default;

    /// <summary>Gets the day.</summary>
    public static TimeUnit Day { get; } = new("day", 1);

    /// <summary>Gets the week of 7 days.</summary>
    public static TimeUnit Week { get; } = new("week", 7);

    /// <summary>Gets the month of 30.4375 days, a twelfth of a <see cref="Year"/>.</summary>
    public static TimeUnit Month { get; } = new("month", 30.4375);

    /// <summary>Gets the year of 365.25 days.</summary>
    public static TimeUnit Year { get; } = new("year", 365.25);

    /// <summary>Gets the name: "day", "week", "month", "year", or "unnamed".</summary>
    public string Name => _name ?? "unnamed";

    /// <summary>Gets the length in days, 0 for <see cref="Unnamed"/>.</summary>
    public double Days { get; }

    /// <summary>Gets a value indicating whether the length of the unit is known.</summary>
    public bool IsNamed => _name is not null;

    /// <summary>Gives the unit of a name.</summary>
    /// <param name="name">"day", "week", "month", "year", also in the plural, or "unnamed"; in any case.</param>
    /// <returns>The unit.</returns>
    /// <exception cref="ArgumentException">There is no unit of this name.</exception>
    public static TimeUnit Of(string name) => TryOf(name, out var unit)
        ? unit
        : throw new ArgumentException($"A time unit is day, week, month or year; it was '{name}'.", nameof(name));

    /// <summary>Gives the unit of a name, if there is one.</summary>
    /// <param name="name">"day", "week", "month", "year", also in the plural, or "unnamed"; in any case.</param>
    /// <param name="unit">The unit, or <see cref="Unnamed"/>.</param>
    /// <returns>Whether there is a unit of this name.</returns>
    public static bool TryOf(string? name, out TimeUnit unit)
    {
        (bool known, unit) = name?.ToLowerInvariant() switch
        {
            "day" or "days" => (true, Day),
            "week" or "weeks" => (true, Week),
            "month" or "months" => (true, Month),
            "year" or "years" => (true, Year),
            "unnamed" => (true, Unnamed),
            _ => (false, Unnamed),
        };
        return known;
    }

    /// <summary>Gives the name.</summary>
    /// <returns><see cref="Name"/>.</returns>
    public override string ToString() => Name;

    /// <summary>Converts a length of time; a conversion to the same unit changes no bit.</summary>
    internal static double Convert(double length, TimeUnit from, TimeUnit to)
    {
        if (from == to)
        {
            return length;
        }

        return from.IsNamed && to.IsNamed ? length * from.Days / to.Days : throw new UnitMismatchException(to, from);
    }
}
