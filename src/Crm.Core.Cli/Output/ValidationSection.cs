using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>How the purchase model was chosen, and how it did on purchases that it had not seen.</summary>
internal sealed record ValidationSection
{
    public required ChoiceBasis Basis { get; init; }

    public required ValidationGrade Grade { get; init; }

    /// <summary>Gets the grade of the forecast of spend; null where spend was not tested.</summary>
    public required ValidationGrade? SpendGrade { get; init; }

    /// <summary>Gets the findings in sentences.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Gets the last day that the tested fits knew, or null where nothing was held out.</summary>
    public required string? CalibrationUntil { get; init; }

    public required string? HeldOutUntil { get; init; }

    public required IReadOnlyList<ModelTested> Models { get; init; }

    public required IReadOnlyList<ModelTested> Baselines { get; init; }

    /// <summary>Gets the weeks, expected and actual, of all customers together; empty where the data came without dates.</summary>
    public required IReadOnlyList<TrackedWeek> Weeks { get; init; }

    /// <summary>Gets whom the weeks follow and what they did in the test period, to the day; null where the data came without dates.</summary>
    public required TrackedSums? Tracked { get; init; }

    public required SeasonalityFinding? Season { get; init; }

    public required double? SeasonProbability { get; init; }

    /// <summary>Gets the factor of each month on what the model expects, January first; empty where it cannot be told.</summary>
    public required IReadOnlyList<double> MonthFactors { get; init; }

    internal static ValidationSection Of(CustomerBase customers, double level)
    {
        HoldoutComparison? holdout = customers.Holdout;
        Window? window = holdout?.Sample.Histories.Frame.Window;
        TrackedWeek[] weeks = customers.Tracking is null ? [] : [.. customers.Tracking.Weeks().Select(week => TrackedWeek.Of(week, level))];
        return new()
        {
            Basis = customers.Basis,
            Grade = customers.Basis == ChoiceBasis.HoldoutLogScore ? holdout!.Grade : ValidationGrade.NotValidated,
            SpendGrade = customers.Basis == ChoiceBasis.HoldoutLogScore ? holdout!.SpendGrade : null,
            Words = [.. customers.Validation, .. customers.Season is { } season ? [season.Message] : Array.Empty<string>()],
            CalibrationUntil = window is { } calibration ? LocalDatePattern.Iso.Format(calibration.LastDay) : null,
            HeldOutUntil = window?.HoldoutLastDay is { } end ? LocalDatePattern.Iso.Format(end) : null,
            Models = holdout is null ? [] : [.. holdout.Candidates.Select(candidate => ModelTested.Of(candidate, holdout, level))],
            Baselines = holdout is null ? [] : [.. holdout.Baselines.Select(ModelTested.Of)],
            Weeks = weeks,
            Tracked = customers.Tracking is null ? null : TrackedSums.Of(customers.Tracking, weeks, level),
            Season = customers.Season?.Finding,
            SeasonProbability = customers.Season?.Probability,
            MonthFactors = customers.Season?.MonthFactors ?? [],
        };
    }
}
