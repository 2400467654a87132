namespace Crm.Core.LifetimeValue;

/// <summary>How far a fit is.</summary>
/// <param name="Start">Which of the starting points it climbs from, counted from 1.</param>
/// <param name="Starts">How many starting points there are.</param>
/// <param name="Iteration">The step from this start, counted from 0.</param>
/// <param name="LogLikelihood">The log-likelihood reached from this start.</param>
public readonly record struct FitProgress(int Start, int Starts, int Iteration, double LogLikelihood);
