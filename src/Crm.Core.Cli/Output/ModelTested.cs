using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>A model, or a simple forecast, on the held-out period.</summary>
internal sealed record ModelTested(
    string Name,
    bool Chosen,
    double? LogScore,
    double? LogScoreError,
    double? BelowBest,
    double? BelowBestError,
    ErrorsLine? Purchases,
    ErrorsLine? Spend,
    ForecastLine? Total,
    IReadOnlyList<CalibrationDecile> Deciles)
{
    internal static ModelTested Of(HoldoutCandidate candidate, HoldoutComparison comparison, double level)
    {
        HoldoutValidation? validation = candidate.Validation;
        return new(
            candidate.Name,
            candidate == comparison.Chosen,
            validation?.LogScore.Mean,
            validation?.LogScore.StandardError,
            candidate.BelowBest?.Mean,
            candidate.BelowBest?.StandardError,
            validation is null ? null : ErrorsLine.Of(validation.Purchases),
            validation?.Spend is { } spend ? ErrorsLine.Of(spend) : null,
            validation?.Total is { } total ? ForecastLine.Of(total, level) : null,
            validation?.Deciles ?? []);
    }

    internal static ModelTested Of(HoldoutBaseline baseline) => new(
        baseline.Name, false, null, null, null, null, ErrorsLine.Of(baseline.Purchases), baseline.Spend is { } spend ? ErrorsLine.Of(spend) : null, null, []);
}
