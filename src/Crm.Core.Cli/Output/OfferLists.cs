using System.Globalization;
using Crm.Core.Benefits;
using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>Ranks the offers of a file for every set of weights, once, and for customers with a relationship of their own, each time.</summary>
internal sealed class OfferLists(WeightBook book, OfferSheet sheet, ScoreTerms asked)
{
    private readonly SegmentRanking?[] _rankings = new SegmentRanking?[book.Count];

    internal WeightBook Book => book;

    internal OfferSheet Sheet => sheet;

    internal ScoreTerms Asked => asked;

    /// <summary>The segment of a set of weights, none for the default.</summary>
    internal SegmentId SegmentOf(int set) => set < book.Segments.Count ? book.Segments[set] : SegmentId.None;

    /// <summary>What files call a set of weights.</summary>
    internal string NameOf(int set) => set < book.Segments.Count ? book.Segments[set].ToString() : WeightsFile.DefaultName;

    /// <summary>The ranking of a set of weights.</summary>
    /// <exception cref="InputException">A benefit exceeds the range of numbers.</exception>
    internal SegmentRanking Of(int set) => _rankings[set] ??= Rank(set, sheet.Offers.Select(offer => ScoreOf(set, offer)));

    /// <summary>
    /// The ranking for a customer whose own relationship is added to that of every offer, in its own unit, before it is scaled; where an
    /// offer's is missing, to what stands in for it.
    /// </summary>
    /// <returns>The ranking; null where with this relationship, and only with it, a benefit exceeds the range of numbers.</returns>
    /// <exception cref="InputException">A benefit exceeds it without the relationship.</exception>
    internal SegmentRanking? Of(int set, double relationship)
    {
        SegmentRanking withoutOwn = Of(set);
        if (relationship == 0)
        {
            return withoutOwn;
        }

        var scores = new List<BenefitScore>(sheet.Offers.Count);
        foreach (OfferLine offer in sheet.Offers)
        {
            if (ScoreOf(set, offer.Factors with { Relationship = Known(offer.Factors.Relationship) + relationship }) is not { } score)
            {
                return null;
            }

            scores.Add(score);
        }

        return Rank(set, scores);
    }

    /// <summary>Whether a customer's own relationship takes an offer beyond the reference range that is within it otherwise.</summary>
    internal bool TakesBeyond(double relationship) => book.Scales.Relationship is { Low: not null } scale
        && sheet.Offers.Any(offer => !scale.IsBeyond(offer.Factors.Relationship) && scale.IsBeyond(Known(offer.Factors.Relationship) + relationship));

    private double Known(double relationship) => double.IsNaN(relationship) ? book.Scales.Relationship.Missing!.Value : relationship;

    private SegmentRanking Rank(int set, IEnumerable<BenefitScore> scores)
    {
        // The sort is stable: of equal benefits the one that stands first in the file stays first.
        IEnumerable<(OfferLine Offer, BenefitScore Score)> ranked = sheet.Offers.Zip(scores)
            .Where(scored => asked.Minimum is not { } minimum || scored.Second.Value >= minimum)
            .OrderByDescending(scored => scored.Second.Value);
        int top = asked.Top ?? int.MaxValue;
        RankedOffer[] offers = [.. ranked.Take(Math.Max(top, 2)).Select((scored, place) => new RankedOffer(place + 1, scored.Offer, scored.Score))];
        return new(NameOf(set), offers.Length > top ? offers[..top] : offers, offers.ElementAtOrDefault(1));
    }

    private BenefitScore ScoreOf(int set, OfferLine offer) => ScoreOf(set, offer.Factors) ?? throw new InputException(string.Create(
        CultureInfo.InvariantCulture,
        $"{sheet.Name}, line {offer.Line}: with the weights of '{NameOf(set)}' the benefit exceeds the range of numbers. Give factors and weights of ordinary size."));

    // The file has nothing but finite factors, and missing ones that are stood in for: all that can be refused is the size of the benefit.
    private BenefitScore? ScoreOf(int set, BenefitFactors factors)
    {
        try
        {
            return book.Score(SegmentOf(set), factors);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
