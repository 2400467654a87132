using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>A membership in a programme or club; its dates say since when.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record Membership : CustomerFact
{
    private readonly ProgrammeId _programme;
    private readonly string? _number;
    private readonly string? _level;

    /// <summary>Gets the programme.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="ProgrammeId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required ProgrammeId Programme
    {
        get => _programme;
        init => _programme = StoredText.Id(value, ProgrammeId.None);
    }

    /// <summary>Gets the number of the member, by which the customer is found too; null for none.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Number
    {
        get => _number;
        init => _number = StoredText.LineOrNull(value);
    }

    /// <summary>Gets the level: "gold"; null for none.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Level
    {
        get => _level;
        init => _level = StoredText.LineOrNull(value);
    }

    /// <summary>Gets the key the customer is found by: the number, in the programme; <see cref="CustomerKey.None"/> without one.</summary>
    [JsonIgnore]
    public CustomerKey Key => Number is null ? CustomerKey.None : CustomerKey.Member(Programme, Number);
}
