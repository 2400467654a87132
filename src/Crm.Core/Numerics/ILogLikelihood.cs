namespace Crm.Core.Numerics;

/// <summary>A log-likelihood in the logarithms of its parameters, with analytic first and second derivatives.</summary>
internal interface ILogLikelihood
{
    /// <summary>Gets how many parameters there are.</summary>
    int Dimension { get; }

    /// <summary>Gives value, gradient and Hessian at a point.</summary>
    /// <param name="logParameters">The logarithms of the parameters.</param>
    /// <param name="result">Receives value, gradient and Hessian with respect to the logarithms.</param>
    void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result);
}
