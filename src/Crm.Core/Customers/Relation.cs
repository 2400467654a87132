using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>How a customer belongs to another, and what they do there when something is bought.</summary>
/// <remarks>Dated: a change of role ends one relation and begins another. Immutable and thread-safe.</remarks>
public sealed record Relation : CustomerFact
{
    private readonly CustomerId _to;
    private readonly string? _label;

    /// <summary>Gets the other customer.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId To
    {
        get => _to;
        init => _to = StoredText.Id(value, CustomerId.None);
    }

    /// <summary>Gets the kind.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required RelationKind Kind { get; init; }

    /// <summary>Gets what the customer does when the other buys.</summary>
    public BuyingRoles Roles { get; init; }

    /// <summary>Gets more of it: "head of purchasing", "neighbour"; null for nothing.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Label
    {
        get => _label;
        init => _label = StoredText.LineOrNull(value);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CustomerId NamedCustomer => To;
}
