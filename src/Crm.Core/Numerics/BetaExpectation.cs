namespace Crm.Core.Numerics;

/// <summary>The expectation of a smooth function of a Beta(a, b) probability, by quadrature; right for any a, b above 0.</summary>
/// <remarks>
/// The trapezoidal rule in v with logit p = ln(a/b) + κ sinh v. On this scale the density falls doubly exponentially at both
/// ends, so the rule converges faster than any power of the step; the step is halved until the value stands still. The weights
/// are normalised by their own sum, which spares the beta function.
/// </remarks>
internal static class BetaExpectation
{
    private const double FirstStep = 0.25;
    private const int MaxHalvings = 9;
    private const double Tolerance = 1e-13;

    // e^−46 is 1e-20: a weight further out no longer counts, unless the function is so large there that its part still does.
    private const double NegligibleLog = -46;
    private const double NegligiblePart = 1e-19;

    /// <summary>E[f(p, 1 − p)] for p ~ Beta(a, b).</summary>
    internal static double Of<TState>(double a, double b, TState state, Func<TState, double, double, double> function)
    {
        var sums = new Sums<TState>(a, b, state, function);
        double step = FirstStep;
        sums.Add(0, step);
        sums.Add(step / 2, step);
        double value = sums.Value;
        for (int halving = 0; halving < MaxHalvings; halving++)
        {
            step /= 2;
            sums.Add(step / 2, step);
            double finer = sums.Value;
            bool standsStill = Math.Abs(finer - value) <= Tolerance * Math.Abs(finer);
            value = finer;
            if (standsStill)
            {
                break;
            }
        }

        return value;
    }

    private struct Sums<TState>(double a, double b, TState state, Func<TState, double, double, double> function)
    {
        private readonly double _centre = Math.Log(a / b);
        private readonly double _scale = Math.Min(1.5, Math.Sqrt((1 / a) + (1 / b)));
        private readonly double _logPeak = -(a * ElementaryFunctions.Log1P(b / a)) - (b * ElementaryFunctions.Log1P(a / b));
        private double _weights;
        private double _weighted;

        public readonly double Value => _weighted / _weights;

        // Adds the nodes offset, offset ± step, offset ± 2 step, … out to where the weight no longer counts.
        public void Add(double offset, double step)
        {
            for (double v = offset; Node(v); v += step)
            {
            }

            for (double v = offset - step; Node(v); v -= step)
            {
            }
        }

        private bool Node(double v)
        {
            double logit = _centre + (_scale * Math.Sinh(v));
            double logP = -SoftPlus(-logit);
            double logQ = -SoftPlus(logit);
            double log = (a * logP) + (b * logQ) - _logPeak;
            double weight = Math.Exp(log) * Math.Cosh(v);
            double part = weight == 0 ? 0 : weight * function(state, Math.Exp(logP), Math.Exp(logQ));
            _weights += weight;
            _weighted += part;
            return log >= NegligibleLog || Math.Abs(part) > NegligiblePart * Math.Abs(_weighted);
        }

        // ln(1 + e^x).
        private static double SoftPlus(double x) => x > 0 ? x + ElementaryFunctions.Log1P(Math.Exp(-x)) : ElementaryFunctions.Log1P(Math.Exp(x));
    }
}
