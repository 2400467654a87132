using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>Who of the company looks after the customer.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AccountOwner : CustomerFact
{
    private readonly StaffId _staff;

    /// <summary>Gets who.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="StaffId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required StaffId Staff
    {
        get => _staff;
        init => _staff = StoredText.Id(value, StaffId.None);
    }
}
