using System.Globalization;
using System.Reflection;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>Writes what was measured as Markdown.</summary>
internal static class CoverageReport
{
    private static readonly CustomerGroup[] _groups = [CustomerGroup.All, CustomerGroup.None, CustomerGroup.Few, CustomerGroup.Many];

    internal static void Write(TextWriter output, StudyArguments arguments, IReadOnlyList<BaseSummary> summaries)
    {
        WriteHeader(output, arguments);
        WriteFits(output, summaries);
        foreach (IGrouping<StudySize, BaseSummary> size in summaries.GroupBy(summary => summary.Size))
        {
            WriteCoverage(output, size.Key, [.. size]);
        }
    }

    private static void WriteHeader(TextWriter output, StudyArguments arguments)
    {
        output.WriteLine($"- Command: `{arguments.Command}`");
        output.WriteLine($"- Library: Crm.Core {Version()}");
        output.WriteLine(FormattableString.Invariant(
            $"- Seeds: base i of every run, counted from 0, is drawn with seed {arguments.Seed} + i; the customer is the row"));
        foreach (Truth truth in Truth.All)
        {
            output.WriteLine($"- Truth: {truth.Name} with {truth.Parameters}; the same family is fitted by maximum likelihood");
        }

        output.WriteLine(FormattableString.Invariant(
            $"- Time: first purchases over {SimulatedBase.StartingWeeks} weeks, seen until week {SimulatedBase.CalibrationWeeks}, then {SimulatedBase.HoldoutWeeks} weeks held out"));
        output.WriteLine(FormattableString.Invariant(
            $"- Measured: how often intervals of level {Percent(BaseMeasurement.Level)} % hold the number named; DERT at 10 % a year, without end"));
        output.WriteLine(FormattableString.Invariant(
            $"- Outcome intervals of single customers: of about {BaseMeasurement.Sampled} customers a base"));
        output.WriteLine("- Cells: mean coverage ± its standard error (share above the interval / share below it), in percent; the unit is the base");
    }

    private static void WriteFits(TextWriter output, IReadOnlyList<BaseSummary> summaries)
    {
        output.WriteLine();
        output.WriteLine("### Fits");
        output.WriteLine();
        output.WriteLine("| truth | customers | bases | no interior maximum | of these | maximum, but no intervals | left for coverage |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (BaseSummary summary in summaries)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {summary.Truth.Name} | {summary.Size.Customers} | {summary.Size.Bases} | {Share(summary, summary.Failed)} | {Reasons(summary)} | {Share(summary, summary.WithoutIntervals)} | {summary.WithIntervals} |"));
        }
    }

    private static void WriteCoverage(TextWriter output, StudySize size, BaseSummary[] truths)
    {
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"### Bases of {size.Customers} customers"));
        output.WriteLine();
        output.WriteLine($"| interval | holds | customers | {string.Join(" | ", truths.Select(summary => summary.Truth.Name))} |");
        output.WriteLine($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", truths.Length))}");
        foreach (Measured measured in Enum.GetValues<Measured>())
        {
            foreach (CustomerGroup group in GroupsOf(measured))
            {
                string cells = string.Join(" | ", truths.Select(summary => Cell(summary.CoverageOf(measured, group))));
                output.WriteLine($"| {Words(measured)} | {Words(group)} | {cells} |");
            }
        }
    }

    private static CustomerGroup[] GroupsOf(Measured measured) =>
        measured is Measured.ExpectedTotal or Measured.TotalInOutcome or Measured.TotalInEstimate ? [CustomerGroup.Base] : _groups;

    private static string Version() =>
        typeof(PurchaseEstimates).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of no version";

    private static string Reasons(BaseSummary summary) => summary.Failed == 0
        ? "–"
        : string.Join(", ", summary.Failures.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    private static string Share(BaseSummary summary, int bases) =>
        FormattableString.Invariant($"{bases} ({Percent((double)bases / summary.Size.Bases)} %)");

    private static string Cell(Coverage? coverage) => coverage is null
        ? "–"
        : $"{Percent(coverage.Inside)} ± {Percent(coverage.StandardError)} ({Percent(coverage.Above)} / {Percent(coverage.Below)})";

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Words(CustomerGroup group) => group switch
    {
        CustomerGroup.Base => "the base",
        CustomerGroup.All => "all",
        CustomerGroup.None => "x = 0",
        CustomerGroup.Few => "x = 1-2",
        _ => "x = 3+",
    };

    private static string Words(Measured measured) => measured switch
    {
        Measured.ExpectedPurchases => "estimate of purchases | true expectation",
        Measured.ProbabilityAlive => "estimate of P(alive) | true P(alive)",
        Measured.DiscountedPurchases => "estimate of DERT | true DERT",
        Measured.CountInEstimate => "estimate of purchases | realised count (not what it is for)",
        Measured.CountInOutcome => "outcome of purchases | realised count",
        Measured.CountInTruth => "quantiles under the true parameters | realised count",
        Measured.ExpectedTotal => "estimate of the total | true expected total",
        Measured.TotalInOutcome => "outcome of the total | realised total",
        _ => "estimate of the total | realised total (not what it is for)",
    };
}
