namespace Crm.Core.Numerics;

/// <summary>The second-order picture of a function at a point, some parameters held, in the directions of its eigenvectors.</summary>
internal sealed class QuadraticModel
{
    private readonly Derivatives _here;
    private readonly double[] _curvature; // eigenvalues of −Hessian: positive where the function bends down
    private readonly double[,] _directions;
    private readonly double[] _slope; // the gradient along each direction

    internal QuadraticModel(Derivatives here, List<int> held)
    {
        _here = here;
        int n = here.Gradient.Length;
        var bend = new double[n, n];
        var gradient = (double[])here.Gradient.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                bend[i, j] = -here.Hessian[i, j];
            }
        }

        // A held parameter gets no slope and a curvature of its own, so that no step moves it.
        foreach (int i in held)
        {
            gradient[i] = 0;
            for (int j = 0; j < n; j++)
            {
                bend[i, j] = 0;
                bend[j, i] = 0;
            }

            bend[i, i] = 1;
        }

        (_curvature, _directions) = SymmetricEigen.Of(bend);
        _slope = new double[n];
        for (int k = 0; k < n; k++)
        {
            for (int i = 0; i < n; i++)
            {
                _slope[k] += _directions[i, k] * gradient[i];
            }
        }
    }

    /// <summary>Whether the function bends down in every direction, by more than rounding.</summary>
    internal bool IsConcave => _curvature.Min() > 1e-13 * _curvature.Max(Math.Abs);

    /// <summary>½ gᵀ(−H)⁻¹g.</summary>
    internal double Decrement => 0.5 * _slope.Zip(_curvature, (s, c) => s * s / c).Sum();

    /// <summary>The best step no longer than the radius.</summary>
    internal double[] Step(double radius)
    {
        double least = _curvature.Min();
        double damping = 0;
        if (!(least > 0) || LengthAt(0) > radius)
        {
            // The length falls as the damping grows; bracket the damping that gives the radius, then bisect.
            double low = Math.Max(0, -least);
            double high = low + (Math.Sqrt(_slope.Sum(s => s * s)) / radius) + (1e-12 * Math.Max(1, Math.Abs(least)));
            for (int k = 0; k < 100 && high - low > 1e-10 * high; k++)
            {
                double middle = 0.5 * (low + high);
                (low, high) = LengthAt(middle) > radius ? (middle, high) : (low, middle);
            }

            damping = high;
        }

        int n = _slope.Length;
        var step = new double[n];
        for (int k = 0; k < n; k++)
        {
            double along = _slope[k] / (_curvature[k] + damping);
            for (int i = 0; i < n; i++)
            {
                step[i] += along * _directions[i, k];
            }
        }

        return step;
    }

    /// <summary>The direction of least curvature, of length 1, pointing to where the function rises.</summary>
    internal double[] FlattestDirection()
    {
        int n = _slope.Length;
        int flattest = Array.IndexOf(_curvature, _curvature.Min());
        double sign = _slope[flattest] < 0 ? -1 : 1;
        return [.. Enumerable.Range(0, n).Select(i => sign * _directions[i, flattest])];
    }

    /// <summary>The gain that the quadratic picture promises between two points.</summary>
    internal double Gain(double[] to, double[] from)
    {
        double gain = 0;
        for (int i = 0; i < to.Length; i++)
        {
            double di = to[i] - from[i];
            gain += _here.Gradient[i] * di;
            for (int j = 0; j < to.Length; j++)
            {
                gain += 0.5 * di * _here.Hessian[i, j] * (to[j] - from[j]);
            }
        }

        return gain;
    }

    /// <summary>(−H)⁻¹.</summary>
    internal double[,] Covariance()
    {
        int n = _slope.Length;
        var covariance = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int k = 0; k < n; k++)
                {
                    covariance[i, j] += _directions[i, k] * _directions[j, k] / _curvature[k];
                }
            }
        }

        return covariance;
    }

    private double LengthAt(double damping)
    {
        double sum = 0;
        for (int k = 0; k < _slope.Length; k++)
        {
            double along = _slope[k] / (_curvature[k] + damping);
            sum += along * along;
        }

        return double.IsNaN(sum) ? double.PositiveInfinity : Math.Sqrt(sum);
    }
}
