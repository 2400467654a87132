using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Pyramiding;
using Crm.Core.Cli.Report;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm pyramid</c>: where everybody stands, who moved, what a move is worth, and whether what is said of pyramids holds.</summary>
internal static class PyramidCommand
{
    internal const string Name = "pyramid";

    internal const string Example = """
        Examples:
          crm pyramid purchases.csv -o pyramid                                   by revenue of a year, and who moved since the year before
          crm pyramid purchases.csv --margin 30% --fixed-costs 120000 --days 90
          crm pyramid purchases.csv --customers customers.csv --group rung       with profit, marketing, satisfaction, prospects
          crm pyramid purchases.csv --by clv --scheme scheme.json --json

        A file of customers has customer_id and, as far as they are known, profit, marketing, satisfaction, layer (prospect or suspect) and a group.
        Satisfaction is as it was said before the days that count.
        """;

    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var transactions = new TransactionOptions();
        var value = new ValueOptions();
        var pyramid = new PyramidOptions();
        Option<string> by = new("--by") { Description = "What customers are ranked by: revenue, clv, or a column of --customers.", DefaultValueFactory = _ => PyramidRequest.Revenue };
        by.CompletionSources.Add(PyramidRequest.Revenue, PyramidRequest.Clv);
        Option<int?> days = PyramidOptions.Days("Days whose revenue counts, and since which moves are counted; 365 unless given, or half of the days of the file.");
        Option<string> customers = CommonOptions.File("--customers", "CSV file with customer_id and profit, marketing, satisfaction, layer or a group.");
        Option<string> group = new("--group") { Description = "Column of --customers by which figures are shown too, such as the loyalty rung.", DefaultValueFactory = _ => "group" };
        Option<double?> fixedCosts = PyramidOptions.Amount("--fixed-costs", "Costs of the days that do not change with the customers; profit is what is left after them.");
        Option<double?> marketing = PyramidOptions.Amount("--other-marketing", "Marketing spend of the days on those who are no customers and in no file.");
        Option<double> level = CommonOptions.Level();
        Option<ReportLocale?> locale = ReportOptions.Locale();
        Option<string> output = CommonOptions.Output("Folder for pyramid.csv, pyramid.json and pyramid.html; made if it is not there.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command(Name, "Where every customer stands, who moved, what a move is worth, and whether what is said of pyramids holds here.")
        {
            by, days, customers, group, fixedCosts, marketing, level, locale, output, json,
        };
        pyramid.AddTo(command);
        transactions.AddTo(command);
        value.AddTo(command);
        command.Validators.Add(result =>
        {
            bool hasCustomers = result.GetValue(customers) is not null;
            if (!hasCustomers && result.GetValue(by) is { } asked and not (PyramidRequest.Revenue or PyramidRequest.Clv))
            {
                result.AddError($"--by was '{asked}'; accepted: {PyramidRequest.Revenue}, {PyramidRequest.Clv}, or with --customers a column of it.{Nearest.Words(asked, [PyramidRequest.Revenue, PyramidRequest.Clv])}");
            }

            if (!hasCustomers && result.GetResult(group) is { Implicit: false })
            {
                result.AddError("--group is a column of --customers. Give --customers too, or leave it out.");
            }

            if (result.GetValue(output) is null && result.GetResult(locale) is { Implicit: false })
            {
                result.AddError("--locale says how the page writes numbers. Give -o too, or leave it out.");
            }

            if (result.GetResult(level) is { Implicit: false } && result.GetValue(level) is < 0.5 or > 0.99)
            {
                result.AddError("--level is from 50% to 99% here.");
            }

            if (result.GetValue(customers) == "-")
            {
                result.AddError("--customers is a file of its own; standard input is for the transactions.");
            }
        });
        command.SetAction(parsed =>
        {
            ClvTerms terms = value.Terms(parsed, transactions.Unit(parsed));
            CommonOptions.RefuseStandardOutput(parsed.GetValue(output));
            if (parsed.GetValue(output) is { } target)
            {
                Overwriting.RefuseIn(target, PyramidFiles.Names, transactions.Input(parsed), pyramid.Input(parsed), (customers.Name, parsed.GetValue(customers)));
            }

            string asked = parsed.GetValue(by)!;
            var request = new PyramidRequest
            {
                Scheme = pyramid.Scheme(parsed),
                By = asked,
                Days = parsed.GetValue(days),
                Terms = terms,
                HasMargin = value.HasMargin(parsed),
                FixedCosts = parsed.GetValue(fixedCosts) ?? 0,
                OtherMarketing = parsed.GetValue(marketing),
                Level = parsed.GetValue(level),
                Sheet = parsed.GetValue(customers) is { } file
                    ? CustomerSheet.Read(file, transactions.CustomerColumn(parsed), asked is PyramidRequest.Revenue or PyramidRequest.Clv ? null : asked, parsed.GetValue(group)!, parsed.GetResult(group) is { Implicit: false }, terminal, cancellationToken)
                    : null,
            };
            var (measured, made) = terminal.During("reading", progress =>
            {
                TransactionLog log = transactions.Read(parsed, terminal, progress, cancellationToken);
                progress.Report("summarising");
                var histories = log.Histories(transactions.Until(parsed), null, cancellationToken);
                return (SummaryDocument.Of(log, histories), PyramidMaking.Of(log, histories, request, progress, cancellationToken));
            });
            var document = PyramidDocument.Of(measured, made, request.Level);
            if (parsed.GetValue(output) is { } folder)
            {
                var numbers = new ReportNumbers(parsed.GetValue(locale) ?? ReportLocale.OfEnvironment(Environment.GetEnvironmentVariable), measured.Currency);
                PyramidFiles.Write(folder, document, made, numbers, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
                terminal.NoteAll(measured.Skipped.Words());
            }
            else
            {
                terminal.Screen.Write(PyramidTables.Of(document));
            }

            if (parsed.GetValue(output) is { } written)
            {
                terminal.Note($"Wrote {string.Join(", ", PyramidFiles.Names)} to {written}.");
            }

            return ExitCode.Success;
        });
        return command;
    }
}
