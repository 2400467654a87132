namespace Crm.Core.LifetimeValue;

/// <summary>Where a fit looks: names, starting points and the box, in the natural parameters.</summary>
internal sealed record SearchSpace(string Model, string[] Names, double[][] Starts, double[] Lower, double[] Upper);
