using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>Differences in words: no more than the figures show, in the invariant culture.</summary>
internal static class SegmentWords
{
    private const int MostInWords = 10;
    private const int MostInName = 2;
    private const string Alike = "much like the others";

    /// <summary>How much a difference counts: that of the known values, or of how many are known, whichever is greater.</summary>
    internal static double Size(SegmentDifference difference) => Math.Max(Math.Abs(difference.Effect), Math.Abs(OfKnowing(difference)));

    /// <summary>
    /// A difference in words, by medians, or by means where the medians hide it, with the share whose value is not known; null where neither values nor that
    /// share show it as it is.
    /// </summary>
    internal static string? Of(Feature feature, SegmentDifference difference, double least)
    {
        string? values = Math.Abs(difference.Effect) < least ? null
            : Figures(feature, difference.Median, difference.MedianOfOthers, difference.Effect) is { } medians ? $"{Phrase(feature, difference.Effect > 0)}: {medians}"
            : Figures(feature, difference.Mean, difference.MeanOfOthers, difference.Effect) is { } means ? $"{Phrase(feature, difference.Effect > 0)}: on average {means}"
            : null;
        bool isKnowing = Math.Abs(OfKnowing(difference)) >= least;
        string unknown = $"{feature.Name} not known of {Percent(difference.Unknown)}{(isKnowing ? $" against {Percent(difference.UnknownOfOthers)} of the others" : "")}";
        return values is null ? isKnowing ? unknown : null
            : difference.Unknown > 0 || isKnowing ? $"{values} ({unknown})" : values;
    }

    /// <summary>The segment of a profile: its id, a short name, and the differences in words.</summary>
    internal static Segment SegmentOf(SegmentId id, IReadOnlyList<FeatureScale> features, IReadOnlyList<SegmentDifference> differences)
    {
        SegmentDifference[] spoken = [.. differences.Where(difference => difference.Words is not null).Take(MostInWords)];
        string name = string.Join(", ", spoken.Take(MostInName).Select(difference => Named(features.First(scale => scale.Feature.Name == difference.Feature).Feature, difference)));
        return new()
        {
            Id = id,
            Name = name.Length is > 0 and <= StoredText.MaxLine ? name : Alike,
            Words = spoken.Length == 0 ? Alike : string.Join("; ", spoken.Select(difference => difference.Words)),
        };
    }

    /// <summary>A number to three digits, without an exponent where a person can read it so.</summary>
    internal static string Shown(double value)
    {
        string rounded = value.ToString("G3", CultureInfo.InvariantCulture);
        double number = double.Parse(rounded, CultureInfo.InvariantCulture);
        return Math.Abs(number) is 0 or (>= 1e-6 and < 1e15) ? (number + 0.0).ToString("0.########", CultureInfo.InvariantCulture) : rounded;
    }

    private static string Phrase(Feature feature, bool isMore) => isMore ? feature.More ?? $"higher {feature.Name}" : feature.Less ?? $"lower {feature.Name}";

    // Whichever sets it apart more: what is known, or that it is.
    private static string Named(Feature feature, SegmentDifference difference) => Math.Abs(difference.Effect) >= Math.Abs(OfKnowing(difference))
        ? Phrase(feature, difference.Effect > 0) : $"{feature.Name} {(difference.Unknown > difference.UnknownOfOthers ? "not known" : "known")}";

    // The difference of two shares as Cohen (1988) counts it, so that small, medium and large are those of means.
    private static double OfKnowing(SegmentDifference difference) =>
        2 * (Math.Asin(Math.Sqrt(difference.Unknown)) - Math.Asin(Math.Sqrt(difference.UnknownOfOthers)));

    private static string Percent(double share) => (share is > 0 and < 0.005 ? "less than 1" : share is > 0.995 and < 1 ? "more than 99" : Shown(Math.Round(100 * share))) + " %";

    private static string? Figures(Feature feature, double? ofOwn, double? ofOthers, double effect)
    {
        if (ofOwn is not { } own || ofOthers is not { } others)
        {
            return null;
        }

        string one = Shown(own);
        string other = Shown(others);
        return one == other || own > others != effect > 0 ? null : $"{one}{(feature.Unit.Length > 0 ? " " + feature.Unit : "")} against {other} of the others";
    }
}
