namespace Crm.Core.Numerics;

/// <summary>One normal distribution of a mixture, in the form in which a kernel works out its density.</summary>
/// <remarks>The squared distance of a row is |P (x − mean)|², where P, the inverse of the Cholesky factor, is lower triangular, or diagonal.</remarks>
internal sealed class GaussianComponent
{
    private static readonly double _log2Pi = Math.Log(2 * Math.PI);

    private GaussianComponent(double weight, double[] mean, double[,] covariance, bool isFull, double[] whitening, double logDeterminant)
    {
        (Weight, Mean, Covariance, IsFull, Whitening) = (weight, mean, covariance, isFull, whitening);
        Constant = Math.Log(weight) - (0.5 * ((mean.Length * _log2Pi) + logDeterminant));
    }

    internal double Weight { get; }

    internal double[] Mean { get; }

    internal double[,] Covariance { get; }

    /// <summary>Gets a value indicating whether P has entries below its diagonal.</summary>
    internal bool IsFull { get; }

    /// <summary>Gets P: its rows up to the diagonal one after another, or the diagonal alone.</summary>
    internal double[] Whitening { get; }

    /// <summary>Gets ln weight − ½ (d ln 2π + ln |covariance|).</summary>
    internal double Constant { get; }

    /// <summary>Makes a component, or null where the covariance is not positive definite.</summary>
    internal static GaussianComponent? Of(double weight, double[] mean, double[,] covariance, bool isFull)
    {
        double[]? whitening = isFull ? Inverse(covariance) : Diagonal(covariance);
        if (whitening is null)
        {
            return null;
        }

        double logDeterminant = 0;
        for (int i = 0; i < mean.Length; i++)
        {
            logDeterminant -= 2 * Math.Log(whitening[isFull ? (i * (i + 3)) / 2 : i]);
        }

        return new(weight, mean, covariance, isFull, whitening, logDeterminant);
    }

    /// <summary>ln of the weight times the density.</summary>
    internal double LogDensity(ReadOnlySpan<double> at)
    {
        var apart = new double[Mean.Length];
        for (int f = 0; f < apart.Length; f++)
        {
            apart[f] = at[f] - Mean[f];
        }

        double squared = 0;
        foreach (double deviation in Whitened(apart))
        {
            squared += deviation * deviation;
        }

        return Constant - (0.5 * squared);
    }

    /// <summary>The inverse of the covariance times a vector: P' P v.</summary>
    internal double[] Solved(double[] vector)
    {
        double[] whitened = Whitened(vector);
        var solved = new double[vector.Length];
        for (int g = 0; g < solved.Length; g++)
        {
            for (int f = g; f < (IsFull ? solved.Length : g + 1); f++)
            {
                solved[g] += Whitening[IsFull ? (f * (f + 1) / 2) + g : f] * whitened[f];
            }
        }

        return solved;
    }

    private double[] Whitened(double[] vector)
    {
        var whitened = new double[vector.Length];
        for (int f = 0; f < whitened.Length; f++)
        {
            for (int g = IsFull ? 0 : f; g <= f; g++)
            {
                whitened[f] += Whitening[IsFull ? (f * (f + 1) / 2) + g : f] * vector[g];
            }
        }

        return whitened;
    }

    private static double[]? Diagonal(double[,] covariance)
    {
        var whitening = new double[covariance.GetLength(0)];
        for (int i = 0; i < whitening.Length; i++)
        {
            whitening[i] = 1 / Math.Sqrt(covariance[i, i]);
            if (!(whitening[i] > 0 && double.IsFinite(whitening[i])))
            {
                return null;
            }
        }

        return whitening;
    }

    // L L' = covariance row by row, and L⁻¹ by forward substitution.
    private static double[]? Inverse(double[,] covariance)
    {
        int n = covariance.GetLength(0);
        var lower = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double left = covariance[i, j];
                for (int k = 0; k < j; k++)
                {
                    left -= lower[i, k] * lower[j, k];
                }

                if (i == j && !(left > 0 && double.IsFinite(left)))
                {
                    return null;
                }

                lower[i, j] = i == j ? Math.Sqrt(left) : left / lower[j, j];
            }
        }

        var inverse = new double[n * (n + 1) / 2];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double left = i == j ? 1 : 0;
                for (int k = j; k < i; k++)
                {
                    left -= lower[i, k] * inverse[(k * (k + 1) / 2) + j];
                }

                inverse[(i * (i + 1) / 2) + j] = left / lower[i, i];
            }
        }

        return inverse;
    }
}
