using System.Text.Json;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm predict</c> as JSON: totals over the base; the customers themselves stand in the file.</summary>
internal sealed record PredictionDocument
{
    public int Schema { get; init; } = 1;

    public required string Model { get; init; }

    public required string Unit { get; init; }

    public required string Currency { get; init; }

    public required string Horizon { get; init; }

    public required long Customers { get; init; }

    /// <summary>Gets the rows that were left out because of faults, by reason.</summary>
    public required SkippedRows Skipped { get; init; }

    public required double Alive { get; init; }

    public required double ExpectedPurchases { get; init; }

    /// <summary>Gets the same with both intervals, or null where none can be given.</summary>
    public required ForecastLine? ExpectedPurchasesForecast { get; init; }

    public required double? DiscountedPurchases { get; init; }

    public required double? Clv { get; init; }

    /// <summary>Gets the same with both intervals, or null where none can be given.</summary>
    public required ForecastLine? ClvForecast { get; init; }

    /// <summary>Gets how the model does on the test period of the file; null where it has none.</summary>
    public required ErrorsLine? Holdout { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.PredictionDocument);
}
