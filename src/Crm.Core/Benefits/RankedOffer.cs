using System.Globalization;

namespace Crm.Core.Benefits;

/// <summary>An offer in the ranking of one customer, with its score and the one that comes after it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RankedOffer
{
    private readonly BenefitScore? _next;

    internal RankedOffer(int rank, OfferFactors offer, BenefitScore score, BenefitScore? next)
    {
        Rank = rank;
        Offer = offer;
        Score = score;
        _next = next;
    }

    /// <summary>Gets the place, 1 for the best.</summary>
    public int Rank { get; }

    /// <summary>Gets the offer.</summary>
    public OfferFactors Offer { get; }

    /// <summary>Gets what it is worth to the customer.</summary>
    public BenefitScore Score { get; }

    /// <summary>Explains the score by factor, and against the offer that comes next, if one does.</summary>
    /// <returns>The explanation.</returns>
    public BenefitExplanation Explain() => _next is null ? Score.Explain() : Score.Explain(_next);

    /// <summary>Gives place, name and score.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rank}. {Offer.Offer.Name}: {Score.Value:G5}");
}
