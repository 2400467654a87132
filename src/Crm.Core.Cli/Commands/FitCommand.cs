using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm fit</c>: one model to a table of histories.</summary>
internal static class FitCommand
{
    internal const string SpendModel = "gamma-gamma";

    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        Argument<string> model = CommonOptions.Model([.. PurchaseModels.Names, SpendModel]);
        Argument<string> summary = CommonOptions.Summary();
        Option<TimeUnit?> unit = CommonOptions.SummaryUnit();
        Option<Currency?> currency = CommonOptions.Currency();
        Option<ParameterPrior?> prior = CommonOptions.Prior();
        Option<string> onBadRow = CommonOptions.OnBadRow();
        Option<string> output = CommonOptions.Output("File to save the fit to, as JSON.", required: false);
        Option<bool> json = CommonOptions.Json();
        var command = new Command("fit", "Fit a model by maximum likelihood to a table of histories.") { model, summary, unit, currency, prior, onBadRow, output, json };
        command.SetAction(parsed =>
        {
            bool toScreen = parsed.GetValue(output) == "-";
            if (toScreen && parsed.GetValue(json))
            {
                throw new UsageException("-o - and --json both write the document to standard output. Give one of them.");
            }

            Overwriting.Refuse(parsed.GetValue(output), ("SUMMARY", parsed.GetValue(summary)));
            string name = parsed.GetValue(model)!;
            var (histories, skipped, document) = terminal.During("reading", progress =>
            {
                var (read, leftOut) = SummaryFile.Read(
                    parsed.GetValue(summary)!, parsed.GetValue(unit), parsed.GetValue(currency), CommonOptions.Skips(parsed, onBadRow), terminal, progress, cancellationToken);
                progress.Report($"fitting {name}");
                return (read, leftOut, Fit(name, read, parsed.GetValue(prior), cancellationToken));
            });
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(document.ToJson());
            }

            if (!document.Converged)
            {
                throw new InputException($"{name} could not be fitted. {string.Join(" ", document.Diagnostics.Where(d => d.IsFailure))}");
            }

            if (parsed.GetValue(output) is { } path)
            {
                OutputFiles.WriteOne(path, terminal, writer => writer.WriteLine(document.ToJson()));
            }

            if (!parsed.GetValue(json) && !toScreen)
            {
                terminal.Screen.Write(Tables.Of(document));
            }

            terminal.NoteAll(skipped.Words().Concat(SummaryFile.NotesOnHoldout(histories)));

            foreach (FitDiagnostic caution in document.Diagnostics)
            {
                terminal.Note($"Note: {caution}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static FitDocument Fit(string name, PurchaseHistories histories, ParameterPrior? prior, CancellationToken cancellationToken) => (name, prior) switch
    {
        (SpendModel, null) => FitDocument.Of(GammaGamma.Fit(histories, null, cancellationToken), histories),
        (SpendModel, { } given) => FitDocument.Of(GammaGamma.FitPenalised(histories, given, null, cancellationToken), histories),
        (_, null) => FitDocument.Of(PurchaseModels.Fit(name, histories, null, cancellationToken), histories),
        (_, { } given) => FitDocument.Of(PurchaseModels.FitPenalised(name, histories, given, null, cancellationToken), histories),
    };
}
