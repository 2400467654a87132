using System.Text.Json;
using Crm.Core.Cli.Files;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm score</c> as JSON: the ranking of every segment; those of single customers stand in the file.</summary>
internal sealed record ScoreDocument
{
    public int Schema { get; init; } = 1;

    /// <summary>Gets how many offers were ranked.</summary>
    public required int Offers { get; init; }

    /// <summary>Gets the channel through which they come; null where none was named.</summary>
    public required string? Channel { get; init; }

    /// <summary>Gets how many were asked for; null for all.</summary>
    public required int? Top { get; init; }

    /// <summary>Gets the least benefit that was asked for; null for any.</summary>
    public required double? Minimum { get; init; }

    /// <summary>Gets the currency of cost as the weights state it, XXX where they do not.</summary>
    public required string Currency { get; init; }

    /// <summary>Gets the customers, counted; null where none were given.</summary>
    public required CustomersSection? Customers { get; init; }

    /// <summary>Gets the segments in the order of the weights, then the default. A customer's own relationship is not in them.</summary>
    public required IReadOnlyList<SegmentSection> Segments { get; init; }

    /// <summary>Gets the factors with values that are missing or beyond the reference range.</summary>
    public required IReadOnlyList<FactorLine> Factors { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    internal static ScoreDocument Of(OfferLists ranker, CustomerTally? tally)
    {
        FactorLine[] factors = [.. FactorLine.AllOf(ranker, tally)];
        SegmentSection[] segments = [.. Enumerable.Range(0, ranker.Book.Count).Select(set => SegmentSection.Of(ranker, set, tally))];
        return new()
        {
            Offers = ranker.Sheet.Offers.Count,
            Channel = ranker.Asked.Channel == Core.Channel.None ? null : ranker.Asked.Channel.ToString(),
            Top = ranker.Asked.Top,
            Minimum = ranker.Asked.Minimum,
            Currency = ranker.Book.Scales.Cost.Currency.Code,
            Customers = tally is null ? null : CustomersSection.Of(tally),
            Segments = segments,
            Factors = factors,
            Notes =
            [
                .. ranker.Sheet.Notes,
                .. factors.SelectMany(factor => factor.Words(ranker.Sheet.Offers.Count)),
                .. tally is null ? NotesOn(segments) : NotesOn(tally),
            ],
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.ScoreDocument);

    /// <summary>A number as JSON can hold it; null where it is none.</summary>
    internal static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? RankedOffer.Shown(number) : null;

    private static IEnumerable<string> NotesOn(SegmentSection[] segments)
    {
        string[] empty = [.. segments.Where(segment => segment.Offers.Count == 0).Select(segment => $"'{segment.Segment}'")];
        if (empty.Length > 0)
        {
            yield return $"No offer reaches the minimum for {string.Join(", ", empty.Take(5))}{(empty.Length > 5 ? ", …" : "")}.";
        }
    }

    private static IEnumerable<string> NotesOn(CustomerTally tally)
    {
        foreach (string words in tally.Skipped.Words())
        {
            yield return words;
        }

        if (tally.WithUnknownSegments > 0)
        {
            yield return FormattableString.Invariant(
                $"Customers with a segment that the weights do not know: {tally.WithUnknownSegments:N0}, the first in line {tally.FirstUnknownLine}; for {tally.WithOnlyUnknownSegments:N0} of them the default decides.");
        }

        if (tally.WithOwnRelationship > 0)
        {
            yield return FormattableString.Invariant(
                $"Customers with a relationship of their own: {tally.WithOwnRelationship:N0}. It counts in their rows of the file, not in the rankings by segment.");
        }

        if (tally.WithoutOffers > 0)
        {
            yield return FormattableString.Invariant($"Customers for whom no offer reaches the minimum: {tally.WithoutOffers:N0}; they have no row.");
        }
    }
}
