using System.Globalization;
using System.Runtime.InteropServices;

namespace Crm.Core.Benefits;

/// <summary>What is checked of the arguments of columnar scoring, before anything is written.</summary>
internal static class ScoreArguments
{
    internal static void Check<T>(in FactorColumns<T> factors, SegmentColumn segments, Span<T> scores, WeightBook book, ScoringOptions? options)
        where T : unmanaged
    {
        options?.Check();
        CheckColumn(factors.Utility, BenefitFactor.Utility, scores, book);
        CheckColumn(factors.Brand, BenefitFactor.Brand, scores, book);
        CheckColumn(factors.Relationship, BenefitFactor.Relationship, scores, book);
        CheckColumn(factors.Cost, BenefitFactor.Cost, scores, book);
        CheckColumn(factors.Time, BenefitFactor.Time, scores, book);
        CheckSegments(segments, scores, book);
    }

    private static void CheckColumn<T>(ReadOnlySpan<T> column, BenefitFactor factor, Span<T> scores, WeightBook book)
        where T : unmanaged
    {
        if (column.Length == scores.Length)
        {
            if (column.Overlaps(scores))
            {
                throw Refusal(nameof(scores), $"The scores overlap the column of {FactorNames.Of(factor)}. Give them memory of their own.");
            }
        }
        else if (!column.IsEmpty)
        {
            throw Refusal("factors", $"The column of {FactorNames.Of(factor)} has {column.Length} rows, and there are {scores.Length} scores. Give one value for each.");
        }
        else if (book.Scales[factor].Missing is null && IsWeighed(factor, book))
        {
            throw Refusal(
                "factors",
                $"There is no column of {FactorNames.Of(factor)}, which has a weight. Give one, or a scale that states what stands in for a missing value.");
        }
    }

    private static void CheckSegments<T>(SegmentColumn segments, Span<T> scores, WeightBook book)
        where T : unmanaged
    {
        if (segments.SameIndex >= book.Count)
        {
            throw Refusal(nameof(segments), $"There is no segment {segments.SameIndex}: the book has {book.Count} sets of weights, counted from 0, the default last.");
        }

        if (segments.SameIndex < 0 && segments.Length != scores.Length)
        {
            throw Refusal(nameof(segments), $"There are {segments.Length} segments and {scores.Length} scores. Give one segment for each, or SegmentColumn.Same.");
        }

        if (Overlap(segments.Bytes, scores) || Overlap(segments.Numbers, scores))
        {
            throw Refusal(nameof(scores), $"The scores overlap the segments. Give them memory of their own.");
        }
    }

    private static bool IsWeighed(BenefitFactor factor, WeightBook book)
    {
        foreach (BenefitWeights weights in book.Weights)
        {
            if (weights[factor] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Overlap<TSegment, T>(ReadOnlySpan<TSegment> segments, Span<T> scores)
        where TSegment : unmanaged
        where T : unmanaged =>
        MemoryMarshal.AsBytes(segments).Overlaps(MemoryMarshal.AsBytes(scores));

    private static ArgumentException Refusal(string name, FormattableString what) => new(what.ToString(CultureInfo.InvariantCulture), name);
}
