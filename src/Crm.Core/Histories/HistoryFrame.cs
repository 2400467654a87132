using NodaTime;

namespace Crm.Core.Histories;

/// <summary>What the numbers of a set of histories are counted in: unit, window, time zone and currency.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record HistoryFrame
{
    /// <summary>Gets the unit of time.</summary>
    public required TimeUnit Unit { get; init; }

    /// <summary>Gets the window, or null where nobody has named it.</summary>
    public Window? Window { get; init; }

    /// <summary>Gets the time zone that says on which day a moment lies. UTC by default.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    /// <summary>Gets the currency of the amounts; <see cref="Currency.None"/> where nobody has named it.</summary>
    public Currency Currency { get; init; }

    /// <summary>Gets the length of the test period in <see cref="Unit"/>, 0 for none.</summary>
    public double HoldoutLength => Window is { } window && Unit.IsNamed ? window.HoldoutDays / Unit.Days : 0;
}
