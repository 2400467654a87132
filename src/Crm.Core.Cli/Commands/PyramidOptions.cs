using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Commands;

/// <summary>The options of every command that cuts a pyramid.</summary>
internal sealed class PyramidOptions
{
    private readonly Option<string> _scheme = new("--scheme")
    {
        Description = $"How customers are cut into tiers: {string.Join(" or ", PyramidSchemeFile.Usual)}, or a JSON file with tiers of your own.",
        DefaultValueFactory = _ => PyramidSchemeFile.Usual[0],
    };

    internal PyramidOptions() => _scheme.CompletionSources.Add([.. PyramidSchemeFile.Usual]);

    internal void AddTo(Command command) => command.Add(_scheme);

    /// <summary>The file that names the scheme; null for a usual one.</summary>
    internal (string Name, string? Path) Input(ParseResult parsed) =>
        (_scheme.Name, parsed.GetValue(_scheme) is { } given && !PyramidSchemeFile.Usual.Contains(given, StringComparer.Ordinal) ? given : null);

    /// <summary>The scheme.</summary>
    /// <exception cref="InputException">There is none of that name, or its file is at fault.</exception>
    internal PyramidScheme Scheme(ParseResult parsed)
    {
        string given = parsed.GetValue(_scheme)!;
        return PyramidSchemeFile.Usual.Contains(given, StringComparer.Ordinal) || Path.Exists(given) ? PyramidSchemeFile.Read(given)
            : throw new InputException($"There is no scheme and no file '{given}'. There are {string.Join(" and ", PyramidSchemeFile.Usual)}, and JSON files of your own.{Nearest.Words(given, PyramidSchemeFile.Usual)}");
    }

    /// <summary>A number of days that is stated or found.</summary>
    internal static Option<int?> Days(string description) => new("--days")
    {
        Description = description,
        CustomParser = result => CommonOptions.Parsed<int?>(
            result, text => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int days) && days is >= 1 and <= 36_500 ? (true, days) : (false, null), "a whole number of days from 1 to 36500"),
    };

    /// <summary>An amount, 0 or more.</summary>
    internal static Option<double?> Amount(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => CommonOptions.Parsed<double?>(
            result, text => CommonOptions.ParseNumber(text) is (true, var amount) && amount is >= 0 and <= 1e15 ? (true, amount) : (false, null), "an amount from 0 to 1e15, such as 12500"),
    };
}
