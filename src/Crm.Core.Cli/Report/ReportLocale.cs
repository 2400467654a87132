using System.Globalization;
using System.Text.RegularExpressions;

namespace Crm.Core.Cli.Report;

/// <summary>How a locale writes numbers. The words of the report are English in all of them, and days stand as 2026-11-28.</summary>
/// <remarks>
/// A table of our own, since the tool runs without the operating system's culture data: with them it would not start on a machine that
/// has none. Signs as in the Unicode Common Locale Data Repository.
/// </remarks>
internal sealed partial class ReportLocale
{
    private const string NoBreakSpace = "\u00A0";
    private const string NarrowNoBreakSpace = "\u202F";
    private const string Apostrophe = "\u2019";

    private static readonly string[] _variables = ["LC_ALL", "LC_NUMERIC", "LANG"];

    private static readonly (string Decimal, string Group, string Names)[] _signs =
    [
        (".", ",", "en ga he ja ko th zh es-DO es-GT es-HN es-MX es-NI es-PA es-PE es-PR es-SV es-US"),
        (",", ".", "da de el es hr id it nl pt ro sl tr vi"),
        (",", NoBreakSpace, "bg cs de-AT en-ZA et fi fr-CA hu lt lv nb nn no pl pt-PT ru sk sv uk"),
        (",", NarrowNoBreakSpace, "fr"),
        (".", Apostrophe, "de-CH de-LI it-CH"),
    ];

    private static readonly Dictionary<string, (string Decimal, string Group)> _locales = _signs
        .SelectMany(signs => signs.Names.Split(' ').Select(name => KeyValuePair.Create(name, (signs.Decimal, signs.Group))))
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private ReportLocale(string name, string decimalSign, string groupSign)
    {
        Name = name;
        Numbers = new()
        {
            NumberDecimalSeparator = decimalSign,
            NumberGroupSeparator = groupSign,
            PercentDecimalSeparator = decimalSign,
            PercentGroupSeparator = groupSign,
            PercentPositivePattern = 0,
            PercentNegativePattern = 0,
            NegativeSign = "\u2212",
        };
    }

    internal static ReportLocale English { get; } = new("en", ".", ",");

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
            .Select(found => new ReportLocale(plain, _locales[found].Decimal, _locales[found].Group))
            .FirstOrDefault();
    }

    /// <summary>The locale of the environment, as LC_ALL, LC_NUMERIC or LANG name it; English where they name none that is known.</summary>
    internal static ReportLocale OfEnvironment(Func<string, string?> variable) =>
        _variables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value)) is { } name
            ? Find(name) ?? English
            : English;

    /// <summary>A sentence of the library, which writes numbers as 1,234.5, with its numbers as this locale writes them.</summary>
    internal string Words(string sentence) => Name == "en" ? sentence : InvariantNumber().Replace(
        sentence, number => number.Value.Replace(",", "\0", StringComparison.Ordinal).Replace(".", Numbers.NumberDecimalSeparator, StringComparison.Ordinal)
            .Replace("\0", Numbers.NumberGroupSeparator, StringComparison.Ordinal));

    // Not part of a word, a version or a day: 0.1.0 and 1997-09-30 stay as they are.
    [GeneratedRegex(@"(?<![\w.,-])-?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|\d*\.\d+)(?![\w]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex InvariantNumber();
}
