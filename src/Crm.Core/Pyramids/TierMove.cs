namespace Crm.Core.Pyramids;

/// <summary>A customer who stands in another tier than before.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="From">The tier before; null for who was not in the pyramid.</param>
/// <param name="To">The tier now; null for who has left the pyramid.</param>
public readonly record struct TierMove(CustomerId Customer, Tier? From, Tier? To)
{
    /// <summary>Gives the move in words: "42: small to medium".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Customer}: {(From is { } from ? from.Name : "(new)")} to {(To is { } to ? to.Name : "(gone)")}";
}
