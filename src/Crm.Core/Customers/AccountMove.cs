using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>An account of this customer whose purchases are another person's from a date on: a card handed down, a contract taken over.</summary>
/// <remarks>It stands with the one the account came from. Its <see cref="FactDates.EffectiveFrom"/> is the date. Immutable and thread-safe.</remarks>
public sealed record AccountMove : CustomerFact
{
    private readonly SourceId _system;
    private readonly string _account = "";
    private readonly CustomerId _to;

    /// <summary>Gets the system the account is in.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId System
    {
        get => _system;
        init => _system = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets the account, as that system calls it; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Account
    {
        get => _account;
        init => _account = StoredText.Line(value);
    }

    /// <summary>Gets whose purchases they are from then on.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="CustomerId.None"/> or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required CustomerId To
    {
        get => _to;
        init => _to = StoredText.Id(value, CustomerId.None);
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override CustomerId NamedCustomer => To;

    [JsonIgnore]
    internal override bool BeginsWhenRecorded => true;
}
