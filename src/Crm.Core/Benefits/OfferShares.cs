namespace Crm.Core.Benefits;

/// <summary>How many customers choose an offer, or buy nothing, under either rule of choice.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record OfferShares
{
    /// <summary>Gets the offer; <see cref="OfferId.None"/> for buying nothing.</summary>
    public required OfferId Offer { get; init; }

    /// <summary>Gets who chooses it if every customer takes the offer of the greatest benefit.</summary>
    public required Demand FirstChoice { get; init; }

    /// <summary>Gets who chooses it if the better offer is the likelier choice, and not the certain one.</summary>
    public required Demand Logit { get; init; }
}
