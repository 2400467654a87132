using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>An order that is neither delivered nor cancelled, as its last step says.</summary>
/// <remarks>Steps of one thread are one order; a step without a thread is one of its own. Compared by value. Immutable and thread-safe.</remarks>
public sealed record OpenOrder
{
    /// <summary>Gets the order; none where its step names none.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets the day that was promised; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public LocalDate? Promised { get; init; }

    /// <summary>Gets the day it is expected by what is known; null where unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public LocalDate? Expected { get; init; }

    /// <summary>Gets a value indicating whether the promised day is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsOverdue { get; init; }

    /// <summary>Gets its worth; null where unknown.</summary>
    public Money? Amount { get; init; }

    /// <summary>Gets when its first step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant OrderedAt { get; init; }

    /// <summary>Gets the interaction of the last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId LastStep { get; init; }

    /// <summary>Gets when the last step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant LastStepAt { get; init; }

    /// <summary>Gets the channel of the last step, none where unknown.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gives ids and moments.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"order {Thread} since {OrderedAt}{(IsOverdue ? ", overdue" : "")}");
}
