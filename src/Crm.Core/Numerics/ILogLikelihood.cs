namespace Crm.Core.Numerics;

/// <summary>A log-likelihood in the logarithms of its parameters: a sum over customers, each of whom has a gradient of their own.</summary>
internal interface ILogLikelihood : ISmoothFunction
{
    /// <summary>Σ s sᵀ over the customers, s being each one's own gradient with respect to the logarithms.</summary>
    /// <param name="logParameters">The logarithms of the parameters.</param>
    /// <returns>A symmetric matrix: the middle of the sandwich that holds for customers the model does not describe exactly.</returns>
    double[,] ScoreProducts(ReadOnlySpan<double> logParameters);
}
