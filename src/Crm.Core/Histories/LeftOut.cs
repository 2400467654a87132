namespace Crm.Core.Histories;

/// <summary>What of the input did not count, and why: nothing is dropped in silence.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record LeftOut
{
    /// <summary>Gets the number of purchases dated after the window (and after the test period, where there is one).</summary>
    public long PurchasesAfterWindow { get; init; }

    /// <summary>Gets the number of customers whose first occasion lies after the window; in the test period, say.</summary>
    public int CustomersAfterWindow { get; init; }

    /// <summary>Gets the number of customers all of whose occasions in the window were taken back by returns.</summary>
    public int CustomersFullyReturned { get; init; }

    /// <summary>Gets the number of purchases that came a second time, with the same id and the same content.</summary>
    public long RepeatedPurchases { get; init; }

    /// <summary>Gets the number of returns dated after the window (and after the test period, where there is one).</summary>
    public long ReturnsAfterWindow { get; init; }

    /// <summary>Gets the number of returns that found no purchase, or not enough of one, to net against.</summary>
    public long UnmatchedReturns { get; init; }

    /// <summary>Gets the amount of returns that found no purchase to net against, in the histories' currency; <see cref="decimal.MaxValue"/> where it is more than that.</summary>
    public decimal UnmatchedReturnAmount { get; init; }
}
