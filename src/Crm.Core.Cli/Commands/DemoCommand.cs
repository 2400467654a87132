using System.CommandLine;
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
        Option<int> customers = new("--customers") { Description = "How many customers to simulate.", DefaultValueFactory = _ => 10_000 };
        customers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 100 or > 10_000_000)
            {
                result.AddError("--customers is a whole number from 100 to 10,000,000.");
            }
        });
        Option<ulong> seed = new("--seed") { Description = "Any number; the same one gives the same base.", DefaultValueFactory = _ => 2005 };
        Option<string> output = CommonOptions.Output("Folder for customers.csv, result.json and report.html.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("demo", "The whole flow on a simulated customer base, no input needed.") { customers, seed, output, json };
        value.AddTo(command);
        command.SetAction(parsed =>
        {
            ClvTerms terms = value.Terms(parsed);
            var shop = new SimulatedShop(parsed.GetValue(customers), parsed.GetValue(seed));
            var (measured, result, future) = terminal.During("simulating", progress =>
            {
                var log = shop.Trade(cancellationToken);
                progress.Report("summarising");
                var histories = log.Histories(SimulatedShop.LastDay, null, cancellationToken);
                long bought = SimulatedShop.BoughtAfter(log, cancellationToken);
                var analyzer = new CustomerBaseAnalyzer(new() { Terms = terms });
                return (SummaryDocument.Of(log, histories), analyzer.Analyze(histories, progress, cancellationToken), bought);
            });
            if (result.WhyNoPyramid is { } why)
            {
                throw new InputException(why);
            }

            var demo = new DemoDocument
            {
                Seed = parsed.GetValue(seed),
                Parameters = [.. SimulatedShop.Recovered(result)],
                ActualPurchases12Months = future,
                Analysis = AnalysisDocument.Of(measured, result, terms),
            };
            Show(terminal, parsed.GetValue(json), demo);
            if (parsed.GetValue(output) is { } folder)
            {
                AnalysisFiles.Write(folder, demo.Analysis, result, terms, cancellationToken);
                terminal.Note($"Wrote {string.Join(", ", AnalysisFiles.Names)} to {folder}.");
            }

            return ExitCode.Success;
        });
        return command;
    }

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
            $"In the 12 months after the window these customers made {demo.ActualPurchases12Months:N0} purchases; the model expected {demo.Analysis.Estimated.ExpectedPurchases12Months:N0}."));
    }
}
