namespace Crm.Core.Numerics;

/// <summary>Gauss-Legendre quadrature with 24 nodes a panel.</summary>
internal static class GaussLegendre
{
    private const int Order = 24;

    private static readonly (double[] Nodes, double[] Weights) _rule = Rule(Order);

    /// <summary>∫ f(v) dv from 0 to <paramref name="length"/>, in equal panels.</summary>
    internal static double Integrate<TState>(double length, int panels, TState state, Func<TState, double, double> function)
    {
        double half = 0.5 * length / panels;
        double total = 0;
        for (int panel = 0; panel < panels; panel++)
        {
            double middle = half * ((2 * panel) + 1);
            double sum = 0;
            for (int i = 0; i < Order; i++)
            {
                sum += _rule.Weights[i] * function(state, middle + (half * _rule.Nodes[i]));
            }

            total += half * sum;
        }

        return total;
    }

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
