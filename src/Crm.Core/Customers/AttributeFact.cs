using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>The value of one attribute of a customer: year of birth, floor space, favourite team, need of a ramp.</summary>
/// <remarks>What attributes there are, of which types, is the host's <see cref="AttributeSchema"/>. Immutable and thread-safe.</remarks>
public sealed record AttributeFact : CustomerFact
{
    private readonly AttributeId _attribute;
    private readonly AttributeValue _value = null!;

    /// <summary>Gets the attribute.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="AttributeId.None"/>.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AttributeId Attribute
    {
        get => _attribute;
        init => _attribute = StoredText.Id(value, AttributeId.None);
    }

    /// <summary>Gets the value.</summary>
    /// <exception cref="ArgumentNullException">The value is null. An attribute nobody knows has no fact.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required AttributeValue Value
    {
        get => _value;
        init => _value = value ?? throw new ArgumentNullException(nameof(Value), "An attribute nobody knows has no fact: leave it out.");
    }

    /// <summary>States an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="value">Its value.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The attribute is none, the value null, or the dates wrong.</exception>
    public static AttributeFact Of(AttributeId attribute, AttributeValue value, FactDates dates) =>
        new() { Attribute = attribute, Value = value, Dates = dates };
}
