using System.Globalization;
using System.Text;
using NodaTime;

namespace Crm.Core.Testing;

/// <summary>Every rule of an interface, tried on one store.</summary>
/// <remarks>It holds no personal data. Immutable and thread-safe.</remarks>
public sealed record ConformanceReport
{
    private const int RuleWidth = 44;

    /// <summary>Gets the interface: "ICustomerStore".</summary>
    public required string Contract { get; init; }

    /// <summary>Gets the store: its type's name.</summary>
    public required string Store { get; init; }

    /// <summary>Gets what the store was declared to be able to do.</summary>
    public required StoreCapabilities Capabilities { get; init; }

    /// <summary>Gets the results, in the order of the rules.</summary>
    public required IReadOnlyList<ConformanceResult> Results { get; init; }

    /// <summary>Gets how many rules the store keeps.</summary>
    public int Passed => Count(ConformanceOutcome.Passed);

    /// <summary>Gets how many rules the store breaks.</summary>
    public int Failed => Count(ConformanceOutcome.Failed);

    /// <summary>Gets how many rules were not tried.</summary>
    public int Skipped => Count(ConformanceOutcome.Skipped);

    /// <summary>Gets a value indicating whether the store keeps every rule that was tried, and one was.</summary>
    public bool IsKept => Failed == 0 && Passed > 0;

    /// <summary>Gives a table: a line for each rule, below one that failed why it matters, what was expected and what the store did; the totals last.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var table = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{Contract} kept by {Store}, declared {Capabilities}");
        foreach (ConformanceResult result in Results)
        {
            string took = FormattableString.Invariant($"{result.Took.TotalMilliseconds:F0} ms");
            table.AppendLine(CultureInfo.InvariantCulture, $"{result.Outcome.ToString().ToLowerInvariant(),-8}{result.Rule.Name,-RuleWidth}{took,10}");
            foreach (var (name, words) in Lines(result))
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{"",-8}  {name,-10}{words}");
            }
        }

        double seconds = Results.Aggregate(Duration.Zero, (sum, result) => sum + result.Took).TotalSeconds;
        return table.Append(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped, in {seconds:F1} s").ToString();
    }

    private static IEnumerable<(string Name, string Words)> Lines(ConformanceResult result) => result.Outcome switch
    {
        ConformanceOutcome.Failed => [("why", result.Rule.Why), ("expected", result.Expected ?? ""), ("but", result.Actual ?? "")],
        ConformanceOutcome.Skipped => [("because", result.SkippedBecause ?? "")],
        _ => [],
    };

    private int Count(ConformanceOutcome outcome) => Results.Count(result => result.Outcome == outcome);
}
