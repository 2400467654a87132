using System.Text.Json.Serialization;
using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Whether a purpose is consented to through a channel, with the record that decides.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ProfileConsent
{
    /// <summary>Gets the purpose.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>Gets the channel; <see cref="Channel.None"/> for what holds in all channels about which nothing else is said.</summary>
    public Channel Channel { get; init; }

    /// <summary>Gets a value indicating whether the consent is given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required bool IsGiven { get; init; }

    /// <summary>Gets when a consent that was given ran out; null where none did.</summary>
    public Instant? ExpiredAt { get; init; }

    /// <summary>Gets the record that decides, with its proof.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentRecord DecidedBy { get; init; }

    /// <summary>Gives purpose, channel and answer.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Purpose} by {(Channel == Channel.None ? "any channel" : Channel.ToString())}: {(IsGiven ? "given" : "not given")}";
}
