namespace Crm.Core.Numerics;

/// <summary>A log-likelihood less ½ Σ ((ln θ − centre) / deviation)²: the logarithm of a posterior density, up to a constant.</summary>
internal sealed class PenalisedLikelihood(ILogLikelihood likelihood, double[] centre, double deviation) : ILogLikelihood
{
    public int Dimension => likelihood.Dimension;

    public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
    {
        likelihood.Evaluate(logParameters, result);
        for (int i = 0; i < centre.Length; i++)
        {
            double off = (logParameters[i] - centre[i]) / deviation;
            result.Value -= 0.5 * off * off;
            result.Gradient[i] -= off / deviation;
            result.Hessian[i, i] -= 1 / (deviation * deviation);
        }
    }

    // The prior is no customer's.
    public double[,] ScoreProducts(ReadOnlySpan<double> logParameters) => likelihood.ScoreProducts(logParameters);
}
