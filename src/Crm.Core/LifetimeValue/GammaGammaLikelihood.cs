using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The log-likelihood of Gamma/Gamma over all customers with repeat purchases, with analytic gradient and Hessian.</summary>
/// <remarks>
/// With y = x m / (γ + x m), which is Beta(px, q), a customer's term is px ln y + q ln(1−y) − ln m − ln B(px, q): no large numbers
/// cancel in it.
/// </remarks>
internal sealed class GammaGammaLikelihood(DistinctSpends data, CancellationToken cancellationToken) : ILogLikelihood
{
    private const int Width = 1 + 3 + 6;

    public int Dimension => 3;

    public void Evaluate(ReadOnlySpan<double> logParameters, Derivatives result)
    {
        double p = Math.Exp(logParameters[0]);
        double q = Math.Exp(logParameters[1]);
        double gamma = Math.Exp(logParameters[2]);
        double[] sums = RowSums.Of(data.Count, Width, (from, to, lanes) => AddRows(from, to, lanes, p, q, gamma), cancellationToken);
        result.FromNatural(sums, [p, q, gamma]);
    }

    private void AddRows(int from, int to, Span<double> lanes, double p, double q, double gamma)
    {
        double digammaQ = GammaFunctions.Digamma(q);
        double trigammaQ = GammaFunctions.Trigamma(q);
        Span<double> term = stackalloc double[Width];
        for (int row = from; row < to; row++)
        {
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
            term[2] = digamma - digammaQ + logRest;
            term[3] = (q * share) - (shape / whole);
            term[4] = x * x * (trigamma - GammaFunctions.Trigamma(shape));
            term[5] = x * trigamma;
            term[6] = -x / whole;
            term[7] = trigamma - trigammaQ;
            term[8] = share;
            term[9] = (shape / (whole * whole)) - (q * share * ((1 / gamma) + (1 / whole)));
            Span<double> lane = lanes.Slice(row % RowSums.Lanes * Width, Width);
            for (int i = 0; i < Width; i++)
            {
                lane[i] += data.Customers[row] * term[i];
            }
        }
    }
}
