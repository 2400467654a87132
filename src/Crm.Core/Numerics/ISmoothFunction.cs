namespace Crm.Core.Numerics;

/// <summary>A function of a handful of variables with analytic first and second derivatives: what a maximum is sought of.</summary>
internal interface ISmoothFunction
{
    /// <summary>Gets how many variables there are.</summary>
    int Dimension { get; }

    /// <summary>Gives value, gradient and Hessian at a point.</summary>
    /// <param name="logParameters">The variables: in a fit, the logarithms of the parameters.</param>
    /// <param name="result">Receives value, gradient and Hessian with respect to them.</param>
    void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result);
}
