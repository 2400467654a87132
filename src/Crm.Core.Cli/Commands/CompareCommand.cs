using System.CommandLine;
using System.CommandLine.Parsing;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Cli.Report;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm compare</c>: two pyramids, of two dates of one log or of two files, and who moved between them.</summary>
internal static class CompareCommand
{
    internal const string Name = "compare";

    internal const string Example = """
        Examples:
          crm compare purchases.csv 2025-06-30 2026-06-30                        two dates of one log, each by the revenue of the days between them
          crm compare purchases.csv 2026-03-31 2026-06-30 --days 365 -o moves
          crm compare purchases-2025.csv purchases-2026.csv                      two logs, each by all that was spent in it
          crm compare 2025/customers.csv 2026/customers.csv --value clv          two files with a value for each customer, as crm analyze writes them
        """;

    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var transactions = new TransactionOptions();
        var pyramid = new PyramidOptions();
        var which = new Argument<string[]>("A B")
        {
            Arity = new(2, 3),
            Description = "Two files; or a file of purchases and two days of it, such as 2025-06-30 2026-06-30.",
        };
        Option<string?> column = new("--value") { Description = "Column with what a customer is worth, in two files of customers; without it the files are of purchases." };
        Option<int?> days = PyramidOptions.Days("Days whose revenue counts, up to each of the two days; those between them unless given.");
        Option<double> level = CommonOptions.Level();
        Option<ReportLocale?> locale = ReportOptions.Locale();
        Option<string> output = CommonOptions.Output("Folder for compare.csv, compare.json and compare.html; made if it is not there.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(Name, "Two pyramids side by side, and who moved between them.") { which, column, days, level, locale, output, json };
        pyramid.AddTo(command);
        transactions.AddFormatTo(command);
        command.Validators.Add(result => Check(result, which, column, days, level, output, locale));
        command.SetAction(parsed =>
        {
            string[] given = parsed.GetValue(which)!;
            CommonOptions.RefuseStandardOutput(parsed.GetValue(output));
            bool isOneLog = given.Length == 3;
            string[] files = isOneLog ? [given[0]] : given;
            if (parsed.GetValue(output) is { } target)
            {
                Overwriting.RefuseIn(target, CompareFiles.Names, [.. files.Select(file => ("an input", (string?)file)), pyramid.Input(parsed)]);
            }

            var comparing = new Comparing(pyramid.Scheme(parsed), parsed.GetValue(level), cancellationToken);
            Compared compared = terminal.During("reading", progress => isOneLog
                ? comparing.OfDays(transactions.Read(files[0], parsed, terminal, progress, cancellationToken), (Day(given[1])!.Value, Day(given[2])!.Value), parsed.GetValue(days), progress)
                : parsed.GetValue(column) is { } values
                    ? comparing.OfValues(Sheet(files[0], values), Sheet(files[1], values), values)
                    : comparing.OfLogs(transactions.Read(files[0], parsed, terminal, progress, cancellationToken), transactions.Read(files[1], parsed, terminal, progress, cancellationToken)));
            var document = CompareDocument.Of(compared);
            if (parsed.GetValue(output) is { } folder)
            {
                var numbers = new ReportNumbers(parsed.GetValue(locale) ?? ReportLocale.OfEnvironment(Environment.GetEnvironmentVariable), document.Currency);
                CompareFiles.Write(folder, document, compared, numbers, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
            }
            else
            {
                terminal.Screen.Write(PyramidTables.Of(document));
            }

            if (parsed.GetValue(output) is { } written)
            {
                terminal.Note($"Wrote {string.Join(", ", CompareFiles.Names)} to {written}.");
            }

            return ExitCode.Success;

            CustomerSheet Sheet(string file, string values) => CustomerSheet.ReadValues(file, transactions.CustomerColumn(parsed), values, terminal, cancellationToken);
        });
        return command;
    }

    private static void Check(CommandResult result, Argument<string[]> which, Option<string?> column, Option<int?> days, Option<double> level, Option<string> output, Option<ReportLocale?> locale)
    {
        string[] given = result.GetValue(which) ?? [];
        if (given.Length == 3)
        {
            foreach (string day in given.Skip(1).Where(day => Day(day) is null))
            {
                result.AddError($"'{day}' is no day. After a file of purchases come two days such as 2025-06-30 2026-06-30.");
            }

            if (Day(given[1]) >= Day(given[2]))
            {
                result.AddError($"The first day comes before the second; these are {given[1]} and {given[2]}.");
            }

            if (result.GetValue(column) is not null)
            {
                result.AddError("--value is a column of two files of customers, and two days are of one file of purchases. Leave it out.");
            }
        }
        else if (given.Length == 2 && given.Any(one => Day(one) is not null))
        {
            result.AddError("Give two days of one file of purchases, or two files.");
        }
        else if (given.Length == 2 && result.GetResult(level) is { Implicit: false })
        {
            result.AddError("--level is of what a model expects, and of two files none is asked. Leave it out.");
        }
        else if (given.Length == 2 && result.GetResult(days) is { Implicit: false })
        {
            result.AddError("--days counts back from two days of one file. Leave it out for two files.");
        }
        else if (given.Contains("-") && given.Length == 2)
        {
            result.AddError("Standard input is one file, and two are compared. Name both.");
        }

        if (result.GetValue(output) is null && result.GetResult(locale) is { Implicit: false })
        {
            result.AddError("--locale says how the page writes numbers. Give -o too, or leave it out.");
        }
    }

    private static LocalDate? Day(string text) => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? day : null;
}
