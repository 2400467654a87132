using System.Text.Json;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm demo</c> as JSON.</summary>
internal sealed record DemoDocument
{
    public int Schema { get; init; } = 1;

    public required ulong Seed { get; init; }

    public required IReadOnlyList<RecoveredParameter> Parameters { get; init; }

    /// <summary>Gets the purchases that the simulated customers went on to make in the 12 months after the window.</summary>
    public required long ActualPurchases12Months { get; init; }

    public required AnalysisDocument Analysis { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.DemoDocument);
}
