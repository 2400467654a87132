using Crm.Core.Cli.Files;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Crm.Core.Portfolio;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>What the models make of a base on a day: the chosen purchase model, where it expects customers after as many days again, and their values; or why there is none.</summary>
internal sealed record Outlook
{
    /// <summary>Gets the name of the purchase model.</summary>
    internal string? Model { get; private init; }

    internal ExpectedMigration? Expected { get; private init; }

    /// <summary>Gets the lifetime value of each customer; empty where it is not known.</summary>
    internal double[] Values { get; private init; } = [];

    /// <summary>Gets why nothing is expected; null where something is.</summary>
    internal string? Why { get; private init; }

    /// <summary>Fits the models to what was known on a day.</summary>
    /// <param name="log">The transactions.</param>
    /// <param name="day">The base on the day.</param>
    /// <param name="pyramid">Its pyramid by thresholds; null where only values are asked for.</param>
    /// <param name="terms">The terms of values.</param>
    /// <param name="progress">Told of each stage.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal static Outlook Of(TransactionLog log, PyramidDay day, Pyramid? pyramid, ClvTerms terms, Work progress, CancellationToken cancellationToken)
    {
        CustomerBase customers = new CustomerBaseAnalyzer(new() { Terms = terms }).Analyze(log.Builder, Window.Through(day.Last), progress, cancellationToken);
        double[] values = customers.Values is { } known ? known.Clv.ToArray() : [];
        ModelCandidate? chosen = customers.Candidates.FirstOrDefault(candidate => candidate.IsChosen);
        if (chosen is null || customers.SpendFit.Model is null)
        {
            return new() { Values = values, Why = $"Through {Day(day)} the data determine no model: {customers.WhyNoPyramid ?? customers.SpendFit.Diagnostics[0].ToString()}" };
        }

        if (pyramid is null)
        {
            return new() { Model = chosen.Name, Values = values };
        }

        try
        {
            progress.Report("expecting moves");
            return new()
            {
                Model = chosen.Name,
                Values = values,
                Expected = ExpectedMigration.Of(
                    pyramid,
                    SpendAhead.Of(day.Histories, PurchaseEstimates.Of(chosen.Fit), SpendEstimates.Of(customers.SpendFit), Horizon.Of(day.Days / day.Histories.Unit.Days, day.Histories.Unit)),
                    cancellationToken),
            };
        }
        catch (Exception exception) when (exception is FitFailedException or ArgumentOutOfRangeException)
        {
            return new() { Model = chosen.Name, Values = values, Why = $"Through {Day(day)} no move can be expected: {exception.Message}" };
        }
    }

    private static string Day(PyramidDay day) => NodaTime.Text.LocalDatePattern.Iso.Format(day.Last);
}
