namespace Crm.Core.LifetimeValue;

/// <summary>How a fit ended: the figures to compare it by.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record FitStatistics
{
    /// <summary>Gets the parameters with their standard errors, in the paper's order.</summary>
    public required IReadOnlyList<FittedParameter> Parameters { get; init => field = [.. value]; }

    /// <summary>
    /// Gets how uncertain the parameters are together, by the inverse of the observed information in their logarithms; null where the
    /// data do not determine them well enough for that to mean anything, as the diagnostics then say.
    /// </summary>
    public ParameterCovariance? Covariance { get; init; }

    /// <summary>
    /// Gets the same by the sandwich, which also holds where customers are not quite as the model says; intervals by it have no
    /// <see cref="Estimate.Bend"/>, which is a matter of the likelihood.
    /// </summary>
    public ParameterCovariance? SandwichCovariance { get; init; }

    /// <summary>Gets the prior of a penalised fit, or null for maximum likelihood.</summary>
    public ParameterPrior? Prior { get; init; }

    /// <summary>
    /// Gets the log-likelihood at the parameters, without combinatorial constants; of a penalised fit too, where it is not the highest.
    /// </summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Gets how many customers the likelihood is of. A spend fit has only those with repeat purchases in it.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets how many steps the search took from the best start.</summary>
    public required int Iterations { get; init; }

    /// <summary>Gets Akaike's criterion, 2k − 2 ln L for k parameters; less is better.</summary>
    public double Aic => (2 * Parameters.Count) - (2 * LogLikelihood);

    /// <summary>Gets the Bayesian criterion, k ln n − 2 ln L for n <see cref="Customers"/>; less is better.</summary>
    public double Bic => (Parameters.Count * Math.Log(Customers)) - (2 * LogLikelihood);
}
