using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report;
using Crm.Core.Hosting;

namespace Crm.Core.Cli.Commands;

/// <summary>The options of every command that writes a report.</summary>
internal sealed class ReportOptions
{
    private const string KeyVariable = "CRM_HASH_KEY";

    private readonly Option<bool> _hashIds = new("--hash-ids")
    {
        Description = $"Show codes instead of ids in the report, the same ones in every report if {KeyVariable} holds a key. customers.csv says which code is whose.",
    };

    private readonly Option<ReportLocale?> _locale = Locale();

    private readonly Option<string> _names = CommonOptions.File(
        "--names", "CSV file with the names of customers; the report then shows those of the most valuable. Without it no name stands there.");

    private readonly Option<string> _nameColumn = new("--name-column") { Description = "Name of the column with the name.", DefaultValueFactory = _ => "name" };

    internal static Option<ReportLocale?> Locale() => new("--locale")
    {
        Description = "How the report writes numbers, such as de-DE; as the environment says unless given.",
        CustomParser = result => CommonOptions.Parsed(
            result, text => (ReportLocale.Find(text) is not null, ReportLocale.Find(text)), $"one of {string.Join(", ", ReportLocale.Known)}, with or without a country", ReportLocale.Known),
    };

    internal void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[_names, _nameColumn, _hashIds, _locale])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(_names) == "-")
            {
                result.AddError("--names is a file of its own; standard input is for the transactions.");
            }

            if (result.GetValue(_hashIds) && result.GetValue(_names) is not null)
            {
                result.AddError("--hash-ids hides who customers are and --names shows it. Give one of them.");
            }
        });
    }

    /// <summary>The inputs that the options name.</summary>
    internal (string Name, string? Path) Input(ParseResult parsed) => (_names.Name, parsed.GetValue(_names));

    /// <summary>What the report shows.</summary>
    /// <exception cref="InputException">The file of names is at fault.</exception>
    internal ReportContent Content(
        ParseResult parsed,
        AnalysisDocument document,
        CustomerBase customers,
        CustomerColumns columns,
        string customerColumn,
        Terminal terminal,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<TopCustomer> top = TopCustomer.Of(customers, columns);
        ShownIdentity shown = parsed.GetValue(_hashIds) ? ShownIdentity.Hashed(Environment.GetEnvironmentVariable(KeyVariable)) : ShownIdentity.Plain;
        if (parsed.GetValue(_names) is { } file)
        {
            HashSet<CustomerId> wanted = [.. top.Select(customer => customer.Id)];
            var names = NamesFile.Read(file, customerColumn, parsed.GetValue(_nameColumn)!, wanted, terminal, cancellationToken);
            shown = shown.WithNames(names);
            if (names.Count == 0)
            {
                terminal.Note(FormattableString.Invariant($"{file} has no name of any of the {top.Count} most valuable {Plural.Of(top.Count, "customer")}."));
            }
        }

        return new(document, top, shown, new(parsed.GetValue(_locale) ?? ReportLocale.OfEnvironment(Environment.GetEnvironmentVariable), document.Measured.Currency));
    }
}
