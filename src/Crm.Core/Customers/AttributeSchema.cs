using System.Collections.Frozen;

namespace Crm.Core.Customers;

/// <summary>The attributes a host keeps of its customers, each with its type.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class AttributeSchema
{
    private readonly FrozenDictionary<AttributeId, AttributeDefinition> _byId;

    private AttributeSchema(ValueList<AttributeDefinition> definitions)
    {
        Definitions = definitions;
        _byId = definitions.ToFrozenDictionary(definition => definition.Id);
    }

    /// <summary>Gets the definitions, in the order they were given.</summary>
    public IReadOnlyList<AttributeDefinition> Definitions { get; }

    /// <summary>Makes a schema.</summary>
    /// <param name="definitions">The definitions, each attribute once.</param>
    /// <returns>The schema.</returns>
    /// <exception cref="ArgumentException">A definition is null or of no attribute, or an attribute is defined twice; all of them are named.</exception>
    public static AttributeSchema Of(params IEnumerable<AttributeDefinition> definitions)
    {
        var list = ValueList<AttributeDefinition>.Of(definitions, nameof(definitions));
        string[] twice = [.. list.GroupBy(definition => definition.Id).Where(group => group.Count() > 1 || group.Key == AttributeId.None)
            .Select(group => $"{group.Key} stands {FormattableString.Invariant($"{group.Count()}")} times")];
        return twice.Length == 0 ? new(list) : throw new ArgumentException(
            $"Each attribute is named and defined once: {string.Join(", ", twice)}.", nameof(definitions));
    }

    /// <summary>Gives the definition of an attribute.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <returns>The definition, or null where the attribute is not declared.</returns>
    public AttributeDefinition? Find(AttributeId attribute) => _byId.GetValueOrDefault(attribute);

    /// <summary>Says what is wrong with the attributes of a customer, all of it: undeclared ones, values of another type, unit or range.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The faults in words without the values; empty where nothing is wrong. Retracted facts are not looked at.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    public IReadOnlyList<string> Faults(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return ValueList<string>.Of(
            customer.Facts.OfType<AttributeFact>().Where(fact => fact.Dates.RetractedAt is null).Select(Fault).OfType<string>(), nameof(customer));
    }

    private string? Fault(AttributeFact fact) => Find(fact.Attribute) is not { } definition
        ? $"{fact.Attribute} from {fact.Dates.Source} is not declared; declared are {string.Join(", ", Definitions.Select(known => known.Id))}"
        : definition.Fault(fact.Value) is { } expected ? $"{fact.Attribute} from {fact.Dates.Source}: expected {expected}" : null;
}
