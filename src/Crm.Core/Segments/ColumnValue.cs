using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What a column says of one customer: a number, a text, yes or no, or a day. The default value is not known.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public readonly record struct ColumnValue
{
    private readonly SignalValue? _value;

    private ColumnValue(SignalValue value) => _value = value;

    internal SignalValue Value => _value ?? SignalValue.Unknown("it has not been computed");

    /// <summary>Makes a number.</summary>
    /// <param name="number">The number, in the unit of the column; NaN, and what is infinite, for not known.</param>
    /// <returns>The value.</returns>
    public static ColumnValue Of(double number) => new(SignalValue.Of(number));

    /// <summary>Makes a text.</summary>
    /// <param name="text">The text; null for not known.</param>
    /// <returns>The value.</returns>
    public static ColumnValue Of(string? text) => new(SignalValue.Of(text));

    /// <summary>Makes a yes or a no.</summary>
    /// <param name="flag">Yes or no.</param>
    /// <returns>The value.</returns>
    public static ColumnValue Of(bool flag) => new(SignalValue.Of(flag));

    /// <summary>Makes a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The value.</returns>
    public static ColumnValue Of(LocalDate day) => new(SignalValue.OfDay(DayNumber.Of(day)));

    /// <summary>Says whether it is known, nothing of the value.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Value.IsKnown ? "a value" : "not known";
}
