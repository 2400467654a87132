using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>Who brought the customer.</summary>
/// <remarks>It stands with the one who was brought. Immutable and thread-safe.</remarks>
public sealed record Referral : CustomerFact
{
    private readonly CustomerId _by;

    /// <summary>Gets who brought them.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId By
    {
        get => _by;
        init => _by = StoredText.Id(value, CustomerId.None);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CustomerId NamedCustomer => By;
}
