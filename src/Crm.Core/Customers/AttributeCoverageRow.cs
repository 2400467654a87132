using System.Globalization;

namespace Crm.Core.Customers;

/// <summary>How much is known of one attribute.</summary>
/// <remarks>It holds numbers only, nothing of a customer. Compared by value. Immutable and thread-safe.</remarks>
public sealed record AttributeCoverageRow
{
    private readonly IReadOnlyList<AttributeSource> _sources = ValueList<AttributeSource>.None;

    /// <summary>Gets the attribute.</summary>
    public required AttributeId Attribute { get; init; }

    /// <summary>Gets a value indicating whether the schema declares it; else it was found all the same.</summary>
    public required bool IsDeclared { get; init; }

    /// <summary>Gets how many customers have a value.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets their share of all customers, from 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Gets how many of the values are fresh: not older than the schema says, which for what does not age is always so.</summary>
    public long Fresh => Customers - Stale;

    /// <summary>Gets how many of the values are older than the schema says.</summary>
    public required long Stale { get; init; }

    /// <summary>Gets the median age of the values since they were recorded, in whole days, the lower one of two; null where there are none.</summary>
    public required int? MedianAgeInDays { get; init; }

    /// <summary>Gets where the values come from, the source of most first.</summary>
    /// <exception cref="ArgumentException">The list or one of its items is null.</exception>
    public IReadOnlyList<AttributeSource> Sources
    {
        get => _sources;
        init => _sources = ValueList<AttributeSource>.Of(value, nameof(Sources));
    }

    /// <summary>Gives the row in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        string name = Attribute + (IsDeclared ? "" : " (not declared)");
        return Customers == 0 ? name + ": nobody has it" : string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {Customers} customers ({100 * Share:0.#} %), {Fresh} fresh, {Stale} stale, median age {MedianAgeInDays} days; from {string.Join(", ", Sources)}");
    }
}
