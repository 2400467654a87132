using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The log-likelihood of Gamma/Gamma over all customers with repeat purchases, with analytic gradient and Hessian.</summary>
/// <remarks>
/// With y = x m / (γ + x m), which is Beta(px, q), a customer's term is px ln y + q ln(1−y) − ln m − ln B(px, q): no large numbers
/// cancel in it.
/// </remarks>
internal sealed class GammaGammaLikelihood(DistinctSpends data, CancellationToken cancellationToken)
    : RowLikelihood<GammaGammaLikelihood.Shared>(3, data.Customers, cancellationToken)
{
    private protected override Shared Share(double[] parameters) => new(
        parameters[0], parameters[1], parameters[2], GammaFunctions.Digamma(parameters[1]), GammaFunctions.Trigamma(parameters[1]));

    private protected override void Fill(int row, Shared shared, Span<double> term)
    {
        var (p, q, gamma) = (shared.P, shared.Q, shared.Gamma);
        double x = data.Frequency[row];
        double spent = x * data.MeanSpend[row];
        double shape = p * x;
        double both = shape + q;
        double logY = -ElementaryFunctions.Log1P(gamma / spent);
        double logRest = -ElementaryFunctions.Log1P(spent / gamma);
        double digamma = GammaFunctions.Digamma(both);
        double trigamma = GammaFunctions.Trigamma(both);
        double whole = gamma + spent;
        double share = spent / (gamma * whole); // 1/γ − 1/(γ + x m)
        term[0] = (shape * logY) + (q * logRest) - Math.Log(data.MeanSpend[row]) - GammaFunctions.LogBeta(shape, q);
        term[1] = x * (digamma - GammaFunctions.Digamma(shape) + logY);
        term[2] = digamma - shared.DigammaQ + logRest;
        term[3] = (q * share) - (shape / whole);
        term[4] = x * x * (trigamma - GammaFunctions.Trigamma(shape));
        term[5] = x * trigamma;
        term[6] = -x / whole;
        term[7] = trigamma - shared.TrigammaQ;
        term[8] = share;
        term[9] = (shape / (whole * whole)) - (q * share * ((1 / gamma) + (1 / whole)));
    }

    /// <summary>The parameters, and what of the derivatives depends on them alone.</summary>
    internal sealed record Shared(double P, double Q, double Gamma, double DigammaQ, double TrigammaQ);
}
