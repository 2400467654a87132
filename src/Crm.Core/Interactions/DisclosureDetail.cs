using System.Text.Json.Serialization;
using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>Data of the customer were passed to a partner.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DisclosureDetail : InteractionDetail
{
    private readonly SourceId _partner;
    private readonly ConsentPurpose _purpose;
    private readonly string _fields = "";

    /// <summary>Gets who got them.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId Partner
    {
        get => _partner;
        init => _partner = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets what for.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="ConsentPurpose.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ConsentPurpose Purpose
    {
        get => _purpose;
        init => _purpose = StoredText.Id(value, ConsentPurpose.None);
    }

    /// <summary>Gets which, parted by commas.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Fields
    {
        get => _fields;
        init => _fields = StoredText.Line(value);
    }

    /// <summary>Gets until when they may be kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant Until { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override InteractionKind Kind => InteractionKind.Disclosure;
}
