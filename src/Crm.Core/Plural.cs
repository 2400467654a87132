namespace Crm.Core;

/// <summary>One of a thing or many: the word that fits a count.</summary>
internal static class Plural
{
    /// <summary>The word for so many: <paramref name="one"/> for exactly 1, else <paramref name="many"/>, which is that with an s unless given.</summary>
    internal static string Of(double count, string one, string? many = null) => count == 1 ? one : many ?? one + "s";

    /// <summary>The word for a count that is shown as a whole number.</summary>
    internal static string OfRounded(double count, string one, string? many = null) => Of(Math.Round(count), one, many);
}
