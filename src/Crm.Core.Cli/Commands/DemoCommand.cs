using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Cli.Report;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Spectre.Console;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm demo</c>: the whole flow on a simulated base whose truth is known.</summary>
internal static class DemoCommand
{
    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        var value = new ValueOptions();
        var report = new ReportOptions();
        Option<int> customers = CommonOptions.Whole("--customers", "How many customers to simulate.", 10_000, 100, 10_000_000);
        Option<int> seed = CommonOptions.Whole("--seed", "Any number, 0 or more; the same one gives the same base.", 2005, 0, int.MaxValue);
        Option<double> level = CommonOptions.Level();
        Option<string> output = CommonOptions.Output("Folder for customers.csv, result.json and report.html.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("demo", "The whole flow on a simulated customer base, no input needed.") { customers, seed, level, output, json };
        value.AddTo(command);
        report.AddTo(command);
        command.SetAction(parsed =>
        {
            CommonOptions.RefuseStandardOutput(parsed.GetValue(output));
            ClvTerms terms = value.Terms(parsed, TimeUnit.Week);
            if (parsed.GetValue(output) is { } target)
            {
                Overwriting.RefuseIn(target, AnalysisFiles.Names, report.Input(parsed));
            }

            var shop = new SimulatedShop(parsed.GetValue(customers), (ulong)parsed.GetValue(seed));
            var (measured, result, future) = terminal.During("simulating", progress =>
            {
                var log = shop.Trade(progress, cancellationToken);
                progress.Report("summarising");
                var histories = log.Histories(SimulatedShop.LastDay, null, cancellationToken);
                long bought = SimulatedShop.BoughtAfter(log, cancellationToken);
                var analyzer = new CustomerBaseAnalyzer(new() { Terms = terms });
                return (SummaryDocument.Of(log, histories), analyzer.Analyze(log.Builder, histories.Frame.Window!.Value, progress, cancellationToken), bought);
            });
            if (result.WhyNoPyramid is { } why)
            {
                throw new InputException(why);
            }

            var columns = CustomerColumns.Of(result, terms);
            var demo = new DemoDocument
            {
                Seed = (ulong)parsed.GetValue(seed),
                Parameters = [.. SimulatedShop.Recovered(result)],
                ActualPurchases12Months = future,
                Analysis = AnalysisDocument.Of(measured, result, columns, terms, parsed.GetValue(level)),
            };
            if (parsed.GetValue(output) is { } folder)
            {
                ReportContent content = report.Content(parsed, demo.Analysis, result, columns, "customer_id", terminal, cancellationToken);
                AnalysisFiles.Write(folder, demo.Analysis, columns, content, parsed.GetValue(level), cancellationToken);
                terminal.Note($"Wrote {string.Join(", ", AnalysisFiles.Names)} to {folder}.");
            }

            Show(terminal, parsed.GetValue(json), demo);
            return ExitCode.Success;
        });
        return command;
    }

    private static string Outcome(ForecastLine? forecast) => forecast is { OutcomeLow: { } low, OutcomeHigh: { } high }
        ? FormattableString.Invariant($" and held {low:N0} to {high:N0} for likely ({forecast.Level:P0} outcome interval)")
        : "";

    private static void Show(Terminal terminal, bool json, DemoDocument demo)
    {
        if (json)
        {
            terminal.Output.WriteLine(demo.ToJson());
            return;
        }

        terminal.Screen.Write(Tables.Of(demo.Analysis));
        terminal.Screen.Write(Tables.Of(demo));
        terminal.Screen.WriteLine(FormattableString.Invariant(
            $"In the 12 months after the window these customers made {demo.ActualPurchases12Months:N0} {Plural.Of(demo.ActualPurchases12Months, "purchase")}; the model expected {demo.Analysis.Estimated.ExpectedPurchases12Months:N0}{Outcome(demo.Analysis.Estimated.ExpectedPurchases12MonthsForecast)}."));
    }
}
