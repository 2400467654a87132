using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm analyze</c>: transactions in, lifetime values and the pyramid out.</summary>
internal static class AnalyzeCommand
{
    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var transactions = new TransactionOptions();
        var value = new ValueOptions();
        var report = new ReportOptions();
        Option<LocalDate?> calibrateUntil = CommonOptions.Day(
            "--calibrate-until", "Last day the tested models may know; what comes after is the test period. The last third of the days unless given.");
        Option<double> level = CommonOptions.Level();
        Option<ParameterPrior?> prior = CommonOptions.Prior();
        Option<string> output = CommonOptions.Output("Folder for customers.csv, result.json and report.html; made if it is not there.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("analyze", "From transactions to lifetime values and the customer pyramid.") { calibrateUntil, level, prior, output, json };
        transactions.AddTo(command);
        value.AddTo(command);
        report.AddTo(command);
        command.SetAction(parsed =>
        {
            ClvTerms terms = value.Terms(parsed, transactions.Unit(parsed));
            CommonOptions.RefuseStandardOutput(parsed.GetValue(output));
            Overwriting.RefuseIn(parsed.GetValue(output)!, AnalysisFiles.Names, transactions.Input(parsed), report.Input(parsed));
            var (measured, customers) = terminal.During("reading", progress =>
            {
                TransactionLog log = transactions.Read(parsed, terminal, progress, cancellationToken);
                progress.Report("summarising");
                var histories = log.Histories(transactions.Until(parsed), null, cancellationToken);
                var analyzer = new CustomerBaseAnalyzer(new() { Terms = terms, Prior = parsed.GetValue(prior) });
                Window window = log.SplitAt(parsed.GetValue(calibrateUntil), histories);
                return (SummaryDocument.Of(log, histories), analyzer.Analyze(log.Builder, window, progress, cancellationToken));
            });
            if (customers.WhyNoPyramid is { } why)
            {
                throw new InputException($"{measured.File}: {why}");
            }

            var columns = CustomerColumns.Of(customers, terms);
            var document = AnalysisDocument.Of(measured, customers, columns, terms, parsed.GetValue(level));
            ReportContent content = report.Content(
                parsed, document, customers, columns, transactions.CustomerColumn(parsed), terminal, cancellationToken);
            AnalysisFiles.Write(parsed.GetValue(output)!, document, columns, content, parsed.GetValue(level), cancellationToken);
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
                terminal.NoteAll(measured.Skipped.Words());
            }
            else
            {
                terminal.Screen.Write(Tables.Of(document));
            }

            terminal.Note($"Wrote {string.Join(", ", AnalysisFiles.Names)} to {parsed.GetValue(output)}.");
            return ExitCode.Success;
        });
        return command;
    }
}
