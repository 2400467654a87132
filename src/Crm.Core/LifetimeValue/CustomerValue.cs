namespace Crm.Core.LifetimeValue;

/// <summary>What one customer is worth, and why.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public readonly record struct CustomerValue
{
    /// <summary>Gets the customer.</summary>
    public required CustomerId Id { get; init; }

    /// <summary>Gets the probability that the customer has not dropped out.</summary>
    public required double ProbabilityAlive { get; init; }

    /// <summary>Gets the discounted expected purchases over the terms' horizon (DERT where it is unlimited).</summary>
    public required double DiscountedPurchases { get; init; }

    /// <summary>Gets the expected value of a purchase, in the currency of the values.</summary>
    public required double ExpectedSpend { get; init; }

    /// <summary>Gets a value indicating whether the expected spend is the customer's own, or else the population mean.</summary>
    public required bool HasOwnSpend { get; init; }

    /// <summary>Gets the lifetime value: the present value of the profit still to come, in the currency of the values.</summary>
    public required double Clv { get; init; }
}
