namespace Crm.Core.LifetimeValue;

/// <summary>
/// Where a fit looks: names, starting points and the box, in the natural parameters, and the simpler models that wait at its edges.
/// </summary>
/// <remarks>The first starting point is what a typical base looks like at this scale; a prior is centred on it.</remarks>
internal sealed record SearchSpace(
    string Model, string[] Names, double[][] Starts, double[] Lower, double[] Upper, IReadOnlyList<LimitModel> Limits)
{
    /// <summary>Gets whether intervals need to know how far the likelihood is from a parabola at its maximum.</summary>
    internal bool NeedsThirdDerivatives { get; init; }
}
