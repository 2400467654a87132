using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>Differences in words: no more than the figures show, in the invariant culture.</summary>
internal static class SegmentWords
{
    private const int MostInWords = 10;
    private const int MostInName = 2;
    private const string Alike = "much like the others";

    /// <summary>A difference in words, by medians, or by means where the medians hide it; null where neither shows it as it is.</summary>
    internal static string? Of(Feature feature, SegmentDifference difference, double least)
    {
        if (Math.Abs(difference.Effect) < least)
        {
            return null;
        }

        string phrase = Phrase(feature, difference.Effect > 0);
        return Figures(feature, difference.Median, difference.MedianOfOthers, difference.Effect) is { } medians ? $"{phrase}: {medians}"
            : Figures(feature, difference.Mean, difference.MeanOfOthers, difference.Effect) is { } means ? $"{phrase}: on average {means}"
            : null;
    }

    /// <summary>The segment of a profile: its id, a short name, and the differences in words.</summary>
    internal static Segment SegmentOf(SegmentId id, IReadOnlyList<FeatureScale> features, IReadOnlyList<SegmentDifference> differences)
    {
        SegmentDifference[] spoken = [.. differences.Where(difference => difference.Words is not null).Take(MostInWords)];
        string name = string.Join(", ", spoken.Take(MostInName).Select(difference =>
            Phrase(features.First(scale => scale.Feature.Name == difference.Feature).Feature, difference.Effect > 0)));
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

    private static string? Figures(Feature feature, double own, double others, double effect)
    {
        string one = Shown(own);
        string other = Shown(others);
        return one == other || own > others != effect > 0 ? null : $"{one}{(feature.Unit.Length > 0 ? " " + feature.Unit : "")} against {other} of the others";
    }
}
