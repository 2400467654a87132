using System.Text.Json.Serialization;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>A service case that is neither solved nor closed.</summary>
/// <remarks>Steps of one thread are one case; a step without a thread is a case of its own. Compared by value. Immutable and thread-safe.</remarks>
public sealed record OpenCase
{
    /// <summary>Gets the case; none where its step names none.</summary>
    public ThreadId Thread { get; init; }

    /// <summary>Gets its last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CaseStep Step { get; init; }

    /// <summary>Gets the interaction of the last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required InteractionId LastStep { get; init; }

    /// <summary>Gets when the last step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant LastStepAt { get; init; }

    /// <summary>Gets when its first step was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant OpenedAt { get; init; }

    /// <summary>Gets what it is about: the words of the earliest step that has any; null where none has.</summary>
    public string? About { get; init; }

    /// <summary>Gets the channel of the last step, none where unknown.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets who of the company did the last step, none where nobody did.</summary>
    public StaffId Staff { get; init; }

    /// <summary>Gives ids, step and moment, nothing of the content.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant($"case {Thread}, {Step} at {LastStepAt}");
}
