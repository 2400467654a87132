using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>What another system calls the customer: an account number, a login, a card.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ExternalId : CustomerFact
{
    private readonly SourceId _system;
    private readonly string _id = "";

    /// <summary>Gets the system whose id it is; not necessarily the source that told of it.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SourceId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required SourceId System
    {
        get => _system;
        init => _system = StoredText.Id(value, SourceId.None);
    }

    /// <summary>Gets the id, compared ordinally; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Id
    {
        get => _id;
        init => _id = StoredText.Line(value);
    }

    /// <summary>Gets the key the customer is found by.</summary>
    [JsonIgnore]
    public CustomerKey Key => CustomerKey.External(System, Id);

    /// <summary>Says what a system calls a customer.</summary>
    /// <param name="system">The system.</param>
    /// <param name="id">Its id; 1 to 1,000 characters.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The system is none, or the text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static ExternalId Of(SourceId system, string id, FactDates dates) => new() { System = system, Id = id, Dates = dates };
}
