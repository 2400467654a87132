using System.Text.Json;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm analyze</c> as JSON: what was read, what was assumed, what was estimated.</summary>
internal sealed record AnalysisDocument
{
    public int Schema { get; init; } = 1;

    public required string Library { get; init; }

    /// <summary>Gets what was measured: it stands in the data.</summary>
    public required SummaryDocument Measured { get; init; }

    /// <summary>Gets what was assumed: it was given by the user or by default.</summary>
    public required AssumedTerms Assumed { get; init; }

    /// <summary>Gets what was estimated from the data by models.</summary>
    public required EstimatedBase Estimated { get; init; }

    /// <summary>Gets how the purchase model was chosen and tested.</summary>
    public required ValidationSection Validation { get; init; }

    /// <summary>Gets what a reader must know before using the figures.</summary>
    public required IReadOnlyList<string> Cautions { get; init; }

    internal static AnalysisDocument Of(
        SummaryDocument measured, CustomerBase customers, CustomerColumns columns, ClvTerms terms, double level)
    {
        var candidates = customers.Candidates
            .Select(c => new ModelTried(c.Name, c.IsChosen, FitDocument.Of(c.Fit, customers.Histories))).ToList();
        var spend = FitDocument.Of(customers.SpendFit, customers.Histories);
        return new()
        {
            Library = spend.Library,
            Measured = measured,
            Assumed = new(terms.Margin, terms.Discount.ToString(), terms.Horizon.ToString()),
            Estimated = EstimatedBase.Of(customers, columns, terms, level, candidates, spend),
            Validation = ValidationSection.Of(customers, level),
            Cautions = [.. CautionsOf(measured, customers)],
        };
    }

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.AnalysisDocument);

    private static IEnumerable<string> CautionsOf(SummaryDocument measured, CustomerBase customers)
    {
        yield return customers.WhyNoIntervals
            ?? "An estimate interval says how sure an expectation is, an outcome interval what may happen. Both hold only as far as the model does.";
        if (customers.Measure == ValueMeasure.DiscountedPurchases)
        {
            yield return "The file has no amounts, so customers are ranked by discounted expected purchases, and nothing is said of money.";
        }
        else if (measured.Currency == Currency.None.Code)
        {
            yield return "Nobody named the currency of the amounts; give --currency.";
        }

        var diagnostics = customers.Candidates.Where(c => c.IsChosen).SelectMany(c => c.Fit.Diagnostics)
            .Concat(customers.Measure == ValueMeasure.LifetimeValue ? customers.SpendFit.Diagnostics : []);

        // Where values without an end do not exist they are not given; where they are, this says nothing to the reader.
        foreach (FitDiagnostic diagnostic in diagnostics.Where(found => found.Diagnosis != FitDiagnosis.InfiniteExpectation))
        {
            yield return diagnostic.ToString();
        }

        foreach (string words in measured.CountedInWords().Concat(measured.LeftOutInWords()))
        {
            yield return words;
        }
    }
}
