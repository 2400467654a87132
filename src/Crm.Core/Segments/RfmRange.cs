using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>Scores from one to another, both included.</summary>
/// <remarks>The default value is <see cref="Any"/>: every score.</remarks>
public readonly record struct RfmRange
{
    private RfmRange(int least, int most)
    {
        Least = least;
        Most = most;
    }

    /// <summary>Gets every score, the default value.</summary>
    public static RfmRange Any => default;

    /// <summary>Gets the least score; 0 for <see cref="Any"/>.</summary>
    public int Least { get; }

    /// <summary>Gets the greatest score; 0 for <see cref="Any"/>.</summary>
    public int Most { get; }

    /// <summary>Makes a range.</summary>
    /// <param name="least">The least score, 1 to 10.</param>
    /// <param name="most">The greatest score, <paramref name="least"/> to 10.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A score is not from 1 to 10, or the greatest is below the least.</exception>
    public static RfmRange Of(int least, int most)
    {
        Guard.InRange((double)least, 1, RfmCut.MaxBins, "", nameof(least));
        Guard.InRange((double)most, least, RfmCut.MaxBins, "", nameof(most));
        return new(least, most);
    }

    /// <summary>Makes a range of one score.</summary>
    /// <param name="score">The score, 1 to 10.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The score is not from 1 to 10.</exception>
    public static RfmRange Of(int score) => Of(score, score);

    /// <summary>Tells whether a score is in the range.</summary>
    /// <param name="score">The score.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(int score) => this == Any || (score >= Least && score <= Most);

    /// <summary>Gives the range: "4-5", "4", or "any".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => this == Any ? AnyText
        : Least == Most ? Least.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Least}-{Most}");

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    internal static RfmRange? Read(string text)
    {
        if (text == AnyText)
        {
            return Any;
        }

        string[] ends = text.Split('-');
        return ends.Length <= 2 && IsScore(ends[0], out int least) && IsScore(ends[^1], out int most) && least <= most ? new(least, most) : null;
    }

    private const string AnyText = "any";

    private static bool IsScore(string text, out int score) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out score) && score is >= 1 and <= RfmCut.MaxBins;
}
