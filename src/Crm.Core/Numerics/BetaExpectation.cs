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
    internal static double Of<TState>(double a, double b, TState state, Func<TState, double, double, double> function) =>
        Of(a, b, state, function, out _);

    /// <summary>E[f(p, 1 − p)] for p ~ Beta(a, b), and the step of the rule at which it stood still.</summary>
    internal static double Of<TState>(double a, double b, TState state, Func<TState, double, double, double> function, out double step)
    {
        var sums = new Sums<TState>(a, b, state, function);
        step = FirstStep;
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

    /// <summary>f(p), and its derivatives with respect to two parameters of its own.</summary>
    internal delegate double WithSlopes<TState>(TState state, double p, Span<double> ofState);

    /// <summary>
    /// The derivatives of E[f(p)] with respect to two parameters of f, to ln a and to ln b: the last two are a Cov(f, ln p) and
    /// b Cov(f, ln(1 − p)). One pass at a given step; where the rule has d digits, at k times its step it has d / k.
    /// </summary>
    internal static void Slopes<TState>(double a, double b, double step, TState state, WithSlopes<TState> function, Span<double> slopes)
    {
        double weights = 0, value = 0, logs = 0, logsOfRest = 0, withLogs = 0, withLogsOfRest = 0;
        Span<double> ofState = stackalloc double[2];
        slopes.Clear();
        var places = new Places(a, b);
        for (int direction = 1; direction >= -1; direction -= 2)
        {
            for (int k = direction > 0 ? 0 : 1; ; k++)
            {
                double log = places.At(direction * k * step, out double logP, out double logQ, out double weight);
                double at = weight == 0 ? 0 : function(state, Math.Exp(logP), ofState);
                if (weight > 0)
                {
                    weights += weight;
                    value += weight * at;
                    logs += weight * logP;
                    logsOfRest += weight * logQ;
                    withLogs += weight * at * logP;
                    withLogsOfRest += weight * at * logQ;
                    slopes[0] += weight * ofState[0];
                    slopes[1] += weight * ofState[1];
                }

                if (log < NegligibleLog && weight * Math.Abs(at) <= NegligiblePart * Math.Abs(value))
                {
                    break;
                }
            }
        }

        value /= weights;
        slopes[0] /= weights;
        slopes[1] /= weights;
        slopes[2] = a * ((withLogs / weights) - (value * (logs / weights)));
        slopes[3] = b * ((withLogsOfRest / weights) - (value * (logsOfRest / weights)));
    }

    /// <summary>Where the rule looks, and how much a place weighs.</summary>
    private readonly struct Places(double a, double b)
    {
        private readonly double _centre = Math.Log(a / b);
        private readonly double _scale = Math.Min(1.5, Math.Sqrt((1 / a) + (1 / b)));
        private readonly double _logPeak = -(a * ElementaryFunctions.Log1P(b / a)) - (b * ElementaryFunctions.Log1P(a / b));

        /// <summary>The logarithm of the density at v, relative to its peak.</summary>
        internal double At(double v, out double logP, out double logQ, out double weight)
        {
            double logit = _centre + (_scale * Math.Sinh(v));
            logP = -SoftPlus(-logit);
            logQ = -SoftPlus(logit);
            double log = (a * logP) + (b * logQ) - _logPeak;
            weight = Math.Exp(log) * Math.Cosh(v);
            return log;
        }

        // ln(1 + e^x).
        private static double SoftPlus(double x) => x > 0 ? x + ElementaryFunctions.Log1P(Math.Exp(-x)) : ElementaryFunctions.Log1P(Math.Exp(x));
    }

    private struct Sums<TState>(double a, double b, TState state, Func<TState, double, double, double> function)
    {
        private readonly Places _places = new(a, b);
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
            double log = _places.At(v, out double logP, out double logQ, out double weight);
            double part = weight == 0 ? 0 : weight * function(state, Math.Exp(logP), Math.Exp(logQ));
            _weights += weight;
            _weighted += part;
            return log >= NegligibleLog || Math.Abs(part) > NegligiblePart * Math.Abs(_weighted);
        }
    }
}
