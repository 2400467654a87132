namespace Crm.Core.Offers;

/// <summary>Something that is offered to customers: a product or a service, at a price, as often as there is of it.</summary>
/// <remarks>Immutable and thread-safe. What is not known is left unset, and what needs it says so.</remarks>
public sealed record Offer
{
    /// <summary>Gets the id.</summary>
    public required OfferId Id { get; init; }

    /// <summary>Gets the name that people see; the id where there is none.</summary>
    public string Name { get => field ?? Id.ToString(); init; }

    /// <summary>Gets the product or service that is offered; <see cref="ProductId.None"/> where the host does not say.</summary>
    public ProductId Product { get; init; }

    /// <summary>Gets what the customer pays for one; null where it is not known.</summary>
    public Money? Price { get; init; }

    /// <summary>Gets what one costs the company; null where it is not known.</summary>
    public Money? UnitCost { get; init; }

    /// <summary>Gets how many customers can have it; null where there is no limit.</summary>
    public int? Available { get; init => field = value is { } number ? Guard.NotNegative(number, nameof(Available)) : null; }

    /// <summary>Gets what the company earns by one, price less unit cost; null where one of them is not known.</summary>
    /// <exception cref="CurrencyMismatchException">Price and unit cost are in different currencies.</exception>
    public Money? Margin => Price is { } price && UnitCost is { } cost ? price.Subtract(cost) : null;
}
