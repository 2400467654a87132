using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>A step of a service case; <see cref="Interaction.Thread"/> says which case.</summary>
/// <remarks>A case is open from its first step until one that solves or closes it. Immutable and thread-safe.</remarks>
public sealed record ServiceCaseDetail : InteractionDetail
{
    private readonly string? _about;
    private readonly double? _satisfaction;

    /// <summary>Gets what was done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CaseStep Step { get; init; }

    /// <summary>Gets what the case, or this step of it, is about; null where nobody wrote it down.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? About
    {
        get => _about;
        init => _about = StoredText.BodyOrNull(value);
    }

    /// <summary>Gets how satisfied the customer was, from 0 (not at all) to 1 (wholly); null where nobody asked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double? Satisfaction
    {
        get => _satisfaction;
        init => _satisfaction = value is { } share ? Guard.InRange(share, 0, 1, "", nameof(Satisfaction)) : null;
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.ServiceCase;
}
