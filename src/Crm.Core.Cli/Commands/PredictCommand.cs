using System.CommandLine;
using Crm.Core.Cli.Files;
using Crm.Core.Cli.Output;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Commands;

/// <summary><c>crm predict</c>: what every customer of a table will do and is worth.</summary>
internal static class PredictCommand
{
    internal static Command Create(Terminal terminal, CancellationToken cancellationToken)
    {
        Argument<string> model = CommonOptions.Model([.. PurchaseModels.Names]);
        Argument<string> summary = CommonOptions.Summary();
        Option<Horizon?> horizon = CommonOptions.Horizon("How far ahead purchases are expected: 39w, 12m, 2y; a bare number is in the unit of the file.");
        horizon.Required = true;
        Option<string[]> fits = new("--fit") { Description = "Saved fit of MODEL, or of gamma-gamma, to use instead of fitting; may be given twice." };
        Option<DiscountRate?> discount = CommonOptions.Discount();
        Option<double?> delta = CommonOptions.Delta();
        Option<double> margin = CommonOptions.Margin();
        Option<double> level = CommonOptions.Level();
        Option<ParameterPrior?> prior = CommonOptions.Prior();
        Option<TimeUnit?> unit = CommonOptions.SummaryUnit();
        Option<Currency?> currency = CommonOptions.Currency();
        Option<string> onBadRow = CommonOptions.OnBadRow();
        Option<string> output = CommonOptions.Output("File to write, - for standard output.");
        Option<bool> json = CommonOptions.Json();
        var command = new Command("predict", "Predict for every customer: P(alive), purchases to come, spend, discounted purchases, lifetime value.")
        {
            model, summary, horizon, fits, discount, delta, margin, level, prior, unit, currency, onBadRow, output, json,
        };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            if (path == "-" && parsed.GetValue(json))
            {
                throw new UsageException("Both the table and the JSON document would go to standard output. Give -o a file, or leave --json out.");
            }

            if (parsed.GetValue(discount) is not null && parsed.GetValue(delta) is not null)
            {
                throw new UsageException("--discount and --delta are two ways to say one thing. Give one of them.");
            }

            Horizon ahead = parsed.GetValue(horizon)!.Value;
            if (!ahead.IsLimited)
            {
                throw new UsageException("--horizon must have an end here: it is how far ahead purchases are counted. Lifetime value looks ahead without end by itself.");
            }

            string[] given = parsed.GetValue(fits) ?? [];
            Overwriting.Refuse(path, [("SUMMARY", parsed.GetValue(summary)), .. given.Select(fit => ("--fit", (string?)fit))]);
            Prediction prediction = terminal.During("reading", progress =>
            {
                var (histories, skipped) = SummaryFile.Read(
                    parsed.GetValue(summary)!, parsed.GetValue(unit), parsed.GetValue(currency), CommonOptions.Skips(parsed, onBadRow), terminal, progress, cancellationToken);
                var saved = SavedFits.Read(given, parsed.GetValue(model)!, histories);
                DiscountRate? rate = Rate(parsed.GetValue(discount), parsed.GetValue(delta), histories.Unit);
                var asked = new PredictionTerms(
                    parsed.GetValue(model)!, CommonOptions.InUnit(ahead, histories.Unit), rate, parsed.GetValue(margin), parsed.GetValue(level), parsed.GetValue(prior));
                return Prediction.Of(histories, skipped, saved, asked, progress, cancellationToken);
            });
            PredictionDocument document = prediction.ToDocument();
            string text = document.ToJson(); // what cannot be said must fail before anything is written
            OutputFiles.WriteOne(path, terminal, prediction.Write);
            if (parsed.GetValue(json))
            {
                terminal.Output.WriteLine(text);
            }
            else if (path != "-")
            {
                terminal.Screen.Write(Tables.Of(document));
            }

            terminal.NoteAll(prediction.Notes);

            return ExitCode.Success;
        });
        return command;
    }

    // 10 % a year unless stated; where the unit of the file is unnamed a yearly rate has no meaning, and nothing is discounted.
    private static DiscountRate? Rate(DiscountRate? discount, double? delta, TimeUnit unit) =>
        delta is { } raw ? DiscountRate.Continuous(raw, unit)
        : discount ?? (unit.IsNamed ? DiscountRate.PerYear(0.10) : null);
}
