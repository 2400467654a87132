using System.Text.Json.Serialization;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>A lead or an opportunity that is neither won nor lost, as its last step says.</summary>
/// <remarks>Steps of one thread are one opportunity; a step without a thread is one of its own. Compared by value. Immutable and thread-safe.</remarks>
public sealed record OpenOpportunity
{
    /// <summary>Gets the opportunity; none where its step names none.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets how far it has come.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required OpportunityStage Stage { get; init; }

    /// <summary>Gets what it may bring; null where nobody guessed.</summary>
    public Money? Amount { get; init; }

    /// <summary>Gets how probable it is, from 0 to 1; null where nobody guessed.</summary>
    public double? Probability { get; init; }

    /// <summary>Gets the day it is expected to be decided; null where unknown.</summary>
    public LocalDate? ExpectedClose { get; init; }

    /// <summary>Gets the product, none where unknown.</summary>
    public ProductId Product { get; init; }

    /// <summary>Gets when its first step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Since { get; init; }

    /// <summary>Gets the interaction of the last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId LastStep { get; init; }

    /// <summary>Gets when the last step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant LastStepAt { get; init; }

    /// <summary>Gets who of the company did the last step, none where nobody did.</summary>
    public StaffId Staff { get; init; }

    /// <summary>Gives ids, stage and moment.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"opportunity {Thread}, {Stage} at {LastStepAt}");
}
