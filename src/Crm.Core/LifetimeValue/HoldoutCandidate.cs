namespace Crm.Core.LifetimeValue;

/// <summary>A model in a comparison on a test period.</summary>
/// <param name="Name">The model's short name.</param>
/// <param name="Fit">Its fit to the calibration.</param>
/// <param name="Validation">How it did on the test period, or null where it could not be fitted.</param>
/// <param name="BelowBest">
/// By how much its mean log score is below the best one's, with the standard error of that difference over the same customers; null
/// where it could not be fitted.
/// </param>
public sealed record HoldoutCandidate(string Name, FitResult<IPurchaseModel> Fit, HoldoutValidation? Validation, LogScore? BelowBest);
