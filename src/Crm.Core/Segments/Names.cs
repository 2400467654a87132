using System.Text.Json;

namespace Crm.Core.Segments;

/// <summary>The members of an enumeration as they stand in JSON and in words: "reason-against".</summary>
internal static class Names
{
    internal static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static bool TryRead<T>(string text, out T value)
        where T : struct, Enum
    {
        foreach (T known in Enum.GetValues<T>())
        {
            if (string.Equals(Of(known), text, StringComparison.Ordinal))
            {
                value = known;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>A text, cut where it is longer; never inside a surrogate pair.</summary>
    internal static string Shortened(string words, int most) => words.Length <= most ? words : words[..(char.IsHighSurrogate(words[most - 1]) ? most - 1 : most)] + "…";

    internal static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));
}
