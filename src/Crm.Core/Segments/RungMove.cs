using NodaTime;

namespace Crm.Core.Segments;

/// <summary>That a customer came to a rung on a day, and why.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record RungMove
{
    internal RungMove(LoyaltyRung? rung, LocalDate day, string why)
    {
        Rung = rung;
        Day = day;
        Why = why;
    }

    /// <summary>Gets the rung; null where the customer fell off the ladder: all they bought came back.</summary>
    public LoyaltyRung? Rung { get; }

    /// <summary>Gets the day at whose end it was true for the first time.</summary>
    public LocalDate Day { get; }

    /// <summary>Gets why, in words with figures.</summary>
    public string Why { get; }

    /// <summary>Gives the day and the rung.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Day:uuuu-MM-dd} {Rung?.Name ?? "none"}");
}
