using Crm.Core.LifetimeValue;

namespace Crm.Core.Hosting;

/// <summary>A purchase model that was tried, and what came of it.</summary>
/// <param name="Name">The model's short name.</param>
/// <param name="Fit">The fit.</param>
/// <param name="IsChosen">Whether the analysis uses it.</param>
public sealed record ModelCandidate(string Name, FitResult<IPurchaseModel> Fit, bool IsChosen);
