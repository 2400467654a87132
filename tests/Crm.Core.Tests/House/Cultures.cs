using System.Globalization;

namespace Crm.Core.Tests.House;

/// <summary>The cultures that bring the usual mistakes to light.</summary>
internal static class Cultures
{
    /// <summary>A culture of our own, for machines that know few: every mark and the calendar differ.</summary>
    internal const string MadeUp = "made up";

    /// <summary>
    /// Gets the names: Turkish letters i, German decimal commas, Swedish minus signs, Thai years, Arabic signs and months, Hindi groups.
    /// </summary>
    internal static IReadOnlyList<string> Names { get; } = ["tr-TR", "de-DE", "sv-SE", "th-TH", "ar-SA", "hi-IN", MadeUp];

    internal static CultureInfo Of(string name) => name == MadeUp ? MakeUp() : new CultureInfo(name, useUserOverride: false);

    internal static string In(CultureInfo culture, Func<string> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo MakeUp()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        NumberFormatInfo numbers = culture.NumberFormat;
        numbers.NumberDecimalSeparator = numbers.PercentDecimalSeparator = numbers.CurrencyDecimalSeparator = "~";
        numbers.NumberGroupSeparator = numbers.PercentGroupSeparator = numbers.CurrencyGroupSeparator = "_";
        numbers.NegativeSign = "minus ";
        numbers.NaNSymbol = "no number";
        numbers.NegativeInfinitySymbol = "minus endless";
        numbers.PositiveInfinitySymbol = "endless";
        numbers.PercentSymbol = "of 100";
        culture.DateTimeFormat.ShortDatePattern = "yy|MM|dd";
        return culture;
    }
}
