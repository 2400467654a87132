using System.Text.Json.Serialization;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>A promise or a reminder that is not done, as its last step says.</summary>
/// <remarks>Steps of one thread are one promise; a step without a thread is one of its own. Compared by value. Immutable and thread-safe.</remarks>
public sealed record OpenFollowUp
{
    /// <summary>Gets the promise or reminder; none where its step names none.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets whether the customer was promised it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required FollowUpKind Follow { get; init; }

    /// <summary>Gets what is to be done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string About { get; init; }

    /// <summary>Gets by when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Due { get; init; }

    /// <summary>Gets a value indicating whether that moment is over.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsOverdue { get; init; }

    /// <summary>Gets when its first step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Since { get; init; }

    /// <summary>Gets the interaction of the last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId LastStep { get; init; }

    /// <summary>Gets the channel of the last step: how the customer is to be reached, where it says; none where unknown.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets who of the company did the last step, none where nobody did.</summary>
    public StaffId Staff { get; init; }

    /// <summary>Gives kind, ids and moment, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"{Follow} {Thread}, due at {Due}");
}
