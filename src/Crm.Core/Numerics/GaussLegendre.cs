namespace Crm.Core.Numerics;

/// <summary>The rule of Gauss and Legendre with 24 nodes: exact for polynomials up to degree 47.</summary>
internal static class GaussLegendre
{
    private const int Order = 24;

    private static readonly (double[] Nodes, double[] Weights) _rule = Rule(Order);

    /// <summary>Gets the places of the rule on [−1, 1].</summary>
    internal static ReadOnlySpan<double> Nodes => _rule.Nodes;

    /// <summary>Gets its weights; they sum to 2.</summary>
    internal static ReadOnlySpan<double> Weights => _rule.Weights;

    // Newton's method on the Legendre polynomial, from the usual cosine guess.
    private static (double[] Nodes, double[] Weights) Rule(int n)
    {
        var nodes = new double[n];
        var weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (n + 0.5));
            double derivative = 0;
            for (int iteration = 0; iteration < 20; iteration++)
            {
                double previous = 1;
                double value = x;
                for (int k = 2; k <= n; k++)
                {
                    (previous, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * previous)) / k);
                }

                derivative = n * ((x * value) - previous) / ((x * x) - 1);
                double step = value / derivative;
                x -= step;
                if (Math.Abs(step) < 1e-16)
                {
                    break;
                }
            }

            nodes[i] = x;
            weights[i] = 2 / ((1 - (x * x)) * derivative * derivative);
        }

        return (nodes, weights);
    }
}
