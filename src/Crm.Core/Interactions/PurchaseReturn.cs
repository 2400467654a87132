using NodaTime;

namespace Crm.Core.Interactions;

/// <summary>Money given back for an earlier purchase, on a date of its own.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record PurchaseReturn
{
    private readonly Money _amount;

    /// <summary>Gets who returned; never <see cref="CustomerId.None"/> in histories.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>Gets the moment of the return.</summary>
    public required Instant At { get; init; }

    /// <summary>Gets what was given back; above 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is 0 or negative.</exception>
    public required Money Amount
    {
        get => _amount;
        init => _amount = value.Amount > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(value), "A return gives back an amount above 0. Pass it without a minus sign.");
    }

    /// <summary>Gets the purchase it takes back; none by default: the customer's latest earlier ones, newest first.</summary>
    public PurchaseId Purchase { get; init; }

    /// <summary>Makes a return.</summary>
    /// <param name="customer">Who returned.</param>
    /// <param name="at">The moment of the return.</param>
    /// <param name="amount">What was given back, above 0.</param>
    /// <returns>The return.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is 0 or negative.</exception>
    public static PurchaseReturn Of(CustomerId customer, Instant at, Money amount) =>
        new() { Customer = customer, At = at, Amount = amount };

    /// <summary>Makes a return.</summary>
    /// <param name="customer">Who returned.</param>
    /// <param name="at">The moment of the return.</param>
    /// <param name="amount">What was given back, above 0.</param>
    /// <returns>The return.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is 0 or negative.</exception>
    public static PurchaseReturn Of(CustomerId customer, DateTimeOffset at, Money amount) =>
        Of(customer, Instant.FromDateTimeOffset(at), amount);
}
