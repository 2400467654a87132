using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>Something promised to the customer, or to be thought of; <see cref="Interaction.Thread"/> says which, and the last step counts.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FollowUpDetail : InteractionDetail
{
    private readonly string _about = "";

    /// <summary>Gets whether the customer was promised it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required FollowUpKind Follow { get; init; }

    /// <summary>Gets what is to be done.</summary>
    /// <exception cref="ArgumentException">The text is null, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string About
    {
        get => _about;
        init => _about = StoredText.Body(value);
    }

    /// <summary>Gets by when.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Due { get; init; }

    /// <summary>Gets a value indicating whether it is done, or has become needless.</summary>
    public bool IsDone { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.FollowUp;
}
