using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Core.Cli.Report;

/// <summary>How a locale writes numbers. The words of the report are English in all of them, and days stand as 2026-11-28.</summary>
/// <remarks>
/// A table of our own, since the tool runs without the operating system's culture data: with them it would not start on a machine that
/// has none. Signs and groups as in the Unicode Common Locale Data Repository; the digits are 0 to 9 in all of them, as the words are English.
/// </remarks>
internal sealed partial class ReportLocale
{
    private const string NoBreakSpace = "\u00A0";
    private const string NarrowNoBreakSpace = "\u202F";
    private const string Apostrophe = "\u2019";

    private static readonly string[] _variables = ["LC_ALL", "LC_NUMERIC", "LANG"];

    private static readonly int[] _thousands = [3];

    // The last three digits, then pairs: lakh and crore, 12,34,567.
    private static readonly int[] _lakhs = [3, 2];

    private static readonly (string Decimal, string Group, int[] Sizes, string Names)[] _signs =
    [
        (".", ",", _thousands, "en ga he ja ko th zh es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US kn ta-MY ta-SG ur"),
        (".", ",", _lakhs, "as bn brx en-IN gu hi kok ml mr ne or pa sa ta te"),
        (",", ".", _thousands, "da de el es hr id it nl pt ro sl tr vi"),
        (",", NoBreakSpace, _thousands, "bg cs de-AT en-ZA et fi fr-CA hu lt lv nb nn no pl pt-PT ru sk sv uk"),
        (",", NarrowNoBreakSpace, _thousands, "fr"),
        (".", Apostrophe, _thousands, "de-CH de-LI it-CH"),
    ];

    private static readonly Dictionary<string, (string Decimal, string Group, int[] Sizes)> _locales = _signs
        .SelectMany(signs => signs.Names.Split(' ').Select(name => KeyValuePair.Create(name, (signs.Decimal, signs.Group, signs.Sizes))))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private ReportLocale(string name, string decimalSign, string groupSign, int[] groupSizes)
    {
        Name = name;
        Numbers = new()
        {
            NumberDecimalSeparator = decimalSign,
            NumberGroupSeparator = groupSign,
            NumberGroupSizes = groupSizes,
            PercentDecimalSeparator = decimalSign,
            PercentGroupSeparator = groupSign,
            PercentGroupSizes = groupSizes,
            PercentPositivePattern = 0,
            PercentNegativePattern = 0,
            NegativeSign = "\u2212",
        };
    }

    internal static ReportLocale English { get; } = new("en", ".", ",", _thousands);

    /// <summary>Gets the names that are known, each also for its countries: "de" for "de-DE".</summary>
    internal static IReadOnlyList<string> Known { get; } = [.. _locales.Keys.Order(StringComparer.Ordinal)];

    internal string Name { get; }

    internal NumberFormatInfo Numbers { get; }

    /// <summary>The locale of a name such as de-DE or de_DE.UTF-8, or null where neither it nor its language is known.</summary>
    internal static ReportLocale? Find(string name)
    {
        string plain = name.Split('.', '@')[0].Replace('_', '-');
        return new[] { plain, plain.Split('-')[0] }
            .Where(_locales.ContainsKey)
            .Select(found => new ReportLocale(plain, _locales[found].Decimal, _locales[found].Group, _locales[found].Sizes))
            .FirstOrDefault();
    }

    /// <summary>The locale of the environment, as LC_ALL, LC_NUMERIC or LANG name it; English where they name none that is known.</summary>
    internal static ReportLocale OfEnvironment(Func<string, string?> variable) =>
        _variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } name
            ? Find(name) ?? English
            : English;

    /// <summary>A sentence of the library, which writes numbers as 1,234.5, with its numbers as this locale writes them.</summary>
    internal string Words(string sentence) => InvariantNumber().Replace(sentence.Replace(" %", "\u00A0%", StringComparison.Ordinal), number => Written(number.Value));

    private string Written(string number)
    {
        string[] parts = number.TrimStart('-').Split('.');
        string whole = parts[0].Contains(',', StringComparison.Ordinal) ? Grouped(parts[0].Replace(",", "", StringComparison.Ordinal)) : parts[0];
        string sign = number[0] == '-' ? "-" : "";
        return parts.Length == 1 ? sign + whole : sign + whole + Numbers.NumberDecimalSeparator + parts[1];
    }

    // By hand, since no type of number holds every number that a sentence can.
    private string Grouped(string digits)
    {
        string grouped = "";
        int end = digits.Length;
        for (int group = 0; end > 0; group++)
        {
            int size = Numbers.NumberGroupSizes[Math.Min(group, Numbers.NumberGroupSizes.Length - 1)];
            int start = Math.Max(0, end - size);
            grouped = digits[start..end] + (group == 0 ? "" : Numbers.NumberGroupSeparator) + grouped;
            end = start;
        }

        return grouped;
    }

    // Not part of a word, a version or a day: 0.1.0 and 1997-09-30 stay as they are.
    [GeneratedRegex(@"(?<![\w.,-])-?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|\d*\.\d+)(?![\w]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex InvariantNumber();
}
