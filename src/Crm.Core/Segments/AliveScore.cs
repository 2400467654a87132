using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What a model said on a day of how likely a customer is still one: one value of a named column.</summary>
/// <remarks>The name is <see cref="LadderDefinition.AliveColumn"/>. Immutable and thread-safe.</remarks>
public readonly record struct AliveScore
{
    private AliveScore(LocalDate day, double probability)
    {
        Day = day;
        Probability = probability;
    }

    /// <summary>Gets the last day the model had seen.</summary>
    public LocalDate Day { get; }

    /// <summary>Gets the probability, 0 to 1.</summary>
    public double Probability { get; }

    /// <summary>Makes a value.</summary>
    /// <param name="day">The last day the model had seen.</param>
    /// <param name="probability">The probability, 0 to 1.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not a number from 0 to 1.</exception>
    public static AliveScore Of(LocalDate day, double probability) => new(day.WithCalendar(CalendarSystem.Iso), Guard.InRange(probability, 0, 1));

    /// <summary>Gives the probability and the day.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Probability} on {Day:uuuu-MM-dd}");
}
