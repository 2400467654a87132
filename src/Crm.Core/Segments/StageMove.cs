using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>That a customer came to a stage of the lifecycle on a day, and why.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record StageMove
{
    internal StageMove(LifecycleStage stage, LocalDate day, bool isStated, string why)
    {
        Stage = stage;
        Day = day;
        IsStated = isStated;
        Why = why;
    }

    /// <summary>Gets the stage.</summary>
    public LifecycleStage Stage { get; }

    /// <summary>Gets the day at whose end it was true for the first time.</summary>
    public LocalDate Day { get; }

    /// <summary>Gets a value indicating whether the host stated it; else it is computed.</summary>
    public bool IsStated { get; }

    /// <summary>Gets why, in words with figures.</summary>
    public string Why { get; }

    /// <summary>Gives the day and the stage.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Day:uuuu-MM-dd} {Stage.Name}{(IsStated ? ", stated" : "")}");
}
