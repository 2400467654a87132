namespace Crm.Core.Numerics;

/// <summary>The value of a function with its gradient and Hessian at one point.</summary>
internal sealed class Derivatives(int dimension)
{
    internal double Value { get; set; }

    internal double[] Gradient { get; } = new double[dimension];

    internal double[,] Hessian { get; } = new double[dimension, dimension];

    internal bool IsFinite
    {
        get
        {
            bool finite = double.IsFinite(Value) && Gradient.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue) < 0;
            foreach (double entry in Hessian)
            {
                finite &= double.IsFinite(entry);
            }

            return finite;
        }
    }

    /// <summary>
    /// Fills in from sums over rows of the value and of the derivatives with respect to the natural parameters θ, packed as
    /// value, gradient, upper triangle by rows; by the chain rule ∂/∂ln θ = θ ∂/∂θ.
    /// </summary>
    internal void FromNatural(ReadOnlySpan<double> sums, ReadOnlySpan<double> parameters)
    {
        int n = Gradient.Length;
        Value = sums[0];
        int next = 1 + n;
        for (int i = 0; i < n; i++)
        {
            Gradient[i] = parameters[i] * sums[1 + i];
            for (int j = i; j < n; j++)
            {
                double entry = (parameters[i] * parameters[j] * sums[next++]) + (i == j ? Gradient[i] : 0);
                Hessian[i, j] = entry;
                Hessian[j, i] = entry;
            }
        }
    }
}
