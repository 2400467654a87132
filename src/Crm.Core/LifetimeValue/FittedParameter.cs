namespace Crm.Core.LifetimeValue;

/// <summary>A parameter of a fitted model.</summary>
/// <param name="Name">The paper's name: r, alpha, a, b; p, q, gamma.</param>
/// <param name="Value">The value at the maximum of the likelihood, above 0.</param>
/// <param name="StandardError">From the inverse of the observed information in the logarithms of the parameters, times the value.</param>
public readonly record struct FittedParameter(string Name, double Value, double StandardError)
{
    /// <summary>
    /// Gets the standard error that also holds where customers are not quite as the model says (sandwich, Huber and White), from the
    /// spread of the customers' own gradients; in logarithms, times the value. Far from <see cref="StandardError"/> it warns of the model.
    /// </summary>
    public double SandwichError { get; init; }
}
