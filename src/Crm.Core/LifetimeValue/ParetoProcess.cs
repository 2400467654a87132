using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Customers alive now who buy at a rate λ ~ Gamma(r, α) and drop out at a rate μ ~ Gamma(s, β), whenever that may be.</summary>
/// <remarks>
/// λ and μ are independent, so that every answer is a product of one of each. Survival is (β / (β + t))^s; what is discounted or
/// bounded is an integral of it, taken in v with t = β(e^v − 1), where its logarithm is concave: right for every s, also at s = 1,
/// where the closed form of the paper divides by 0.
/// </remarks>
internal sealed class ParetoProcess(double r, double alpha, double s, double beta) : AliveProcess
{
    // e^(−δt) has nothing left to add beyond this δt.
    private const double FarAhead = 80;

    internal override (double Intensity, AliveProcess Customers) PurchaseThenPurchase =>
        (r / alpha * ((r + 1) / alpha), new ParetoProcess(r + 2, alpha, s, beta));

    internal override (double Intensity, AliveProcess Customers) PurchaseThenAlive => (r / alpha, new ParetoProcess(r + 1, alpha, s, beta));

    internal override (double Intensity, AliveProcess Customers) AliveThenPurchase => PurchaseThenAlive;

    internal override double Survival(double t, Span<double> slopes)
    {
        double grown = ElementaryFunctions.Log1P(t / beta);
        double value = Math.Exp(-s * grown);
        if (slopes.Length > 0)
        {
            slopes[0] = 0;
            slopes[1] = 0;
            slopes[2] = -value * s * grown;
            slopes[3] = value * s * (t / (beta + t));
        }

        return value;
    }

    internal override double ExpectedPurchases(double t, Span<double> slopes) => DiscountedPurchases(0, t, slopes);

    // The count is Poisson with mean λ times the time alive: alive to the end, or dropped out at some moment before.
    internal override double ProbabilityOfPurchases(int n, double t)
    {
        if (t == 0)
        {
            return n == 0 ? 1 : 0;
        }

        double logChoices = GammaFunctions.LogGammaRatio(r, n) - GammaFunctions.LogGamma(n + 1.0);
        double toTheEnd = Math.Exp(logChoices + LogCount(n, t) - (s * ElementaryFunctions.Log1P(t / beta)));
        return Math.Min(1, toTheEnd + (s * BeforeTheEnd(n, t, logChoices)));
    }

    internal override double DiscountedPurchases(double delta, double horizon, Span<double> slopes)
    {
        double rate = r / alpha;
        double lifetime = DiscountedLifetime(delta, horizon, slopes);
        if (slopes.Length > 0)
        {
            slopes[0] = rate * lifetime;
            slopes[1] = -rate * lifetime;
            slopes[2] *= rate;
            slopes[3] *= rate;
        }

        return rate * lifetime;
    }

    internal override double DiscountedLifetime(double delta, double horizon, Span<double> slopes)
    {
        if (delta == 0)
        {
            return double.IsFinite(horizon) ? Lifetime(horizon, slopes) : LifetimeWithoutEnd(slopes);
        }

        var alive = new Alive(s, beta, delta, slopes.Length > 0);
        double value = beta * PanelIntegral.Of(Length(delta, horizon), ref alive);
        if (slopes.Length > 0)
        {
            slopes[0] = 0;
            slopes[1] = 0;
            slopes[2] = -s * beta * alive.OfShape;
            slopes[3] = s * beta * alive.OfRate;
        }

        return value;
    }

    internal override double HalfSquaredLifetime(double delta, double horizon)
    {
        var alive = new Alive(s, beta, delta, true);
        _ = PanelIntegral.Of(Length(delta, horizon), ref alive);
        return beta * alive.Squared;
    }

    internal override double Simulate(double end, ref RandomStream random, List<double> purchases)
    {
        double rate = random.NextGamma(r, alpha);
        double alive = Math.Min(end, random.NextExponential() / random.NextGamma(s, beta));
        for (double time = random.NextExponential() / rate; time <= alive; time += random.NextExponential() / rate)
        {
            CheckSimulated(purchases.Count);
            purchases.Add(time);
        }

        return alive;
    }

    private double Length(double delta, double horizon) =>
        ElementaryFunctions.Log1P((delta > 0 ? Math.Min(horizon, FarAhead / delta) : horizon) / beta);

    // β (1 − e^(−(s−1) g)) / (s − 1) with g = ln(1 + t/β), which is β g at s = 1.
    private double Lifetime(double t, Span<double> slopes)
    {
        double grown = ElementaryFunctions.Log1P(t / beta);
        double z = (s - 1) * grown;
        double value = z == 0 ? beta * grown : -beta * grown * ElementaryFunctions.ExpM1(-z) / z;
        if (slopes.Length > 0)
        {
            double kept = Math.Exp(-z);

            // (1 − e^(−z)(1 + z)) / z², which is ½ at z = 0.
            double bend = Math.Abs(z) < 1e-3 ? 0.5 - (z / 3) + (z * z / 8) : (1 - (kept * (1 + z))) / (z * z);
            slopes[0] = 0;
            slopes[1] = 0;
            slopes[2] = -s * beta * grown * grown * bend;
            slopes[3] = value - (kept * beta * (t / (beta + t)));
        }

        return value;
    }

    private double LifetimeWithoutEnd(Span<double> slopes)
    {
        double value = beta / (s - 1);
        if (slopes.Length > 0)
        {
            slopes[0] = 0;
            slopes[1] = 0;
            slopes[2] = -value * s / (s - 1);
            slopes[3] = value;
        }

        return value;
    }

    // ln [(α/(α+u))^r (u/(α+u))^n].
    private double LogCount(int n, double u) =>
        -(r * ElementaryFunctions.Log1P(u / alpha)) - (n == 0 ? 0 : n * ElementaryFunctions.Log1P(alpha / u));

    // Γ(r+n) / (Γ(r) n!) ∫ (α/(α+u))^r (u/(α+u))^n (β/(β+u))^s du / (β+u), outwards from its peak in v, with u = c(e^v − 1) and
    // c = min(α, β). The factor belongs inside: of frequent buyers it overflows where the integral without it is 0.
    private double BeforeTheEnd(int n, double t, double logFactor)
    {
        double scale = Math.Min(alpha, beta);
        double length = ElementaryFunctions.Log1P(t / scale);
        double peak = Peak(n, scale, length);
        var up = new DroppedOut(r, alpha, s, beta, n, scale, logFactor, peak, 1);
        var down = new DroppedOut(r, alpha, s, beta, n, scale, logFactor, peak, -1);
        return PanelIntegral.Of(length - peak, ref up) + PanelIntegral.Of(peak, ref down);
    }

    // The logarithm is concave, so its slope changes sign once. The peak may be sharp and near 0: it is found to the last digits, since
    // what starts beside it would have to climb.
    private double Peak(int n, double scale, double length)
    {
        double low = 0;
        double high = length;
        for (int i = 0; i < 400 && high - low > 1e-15 * high; i++)
        {
            double middle = 0.5 * (low + high);
            double u = scale * ElementaryFunctions.ExpM1(middle);
            double grown = scale * Math.Exp(middle);
            double slope = 1 + (n == 0 ? 0 : n * (grown / u)) - ((r + n) * (grown / (alpha + u))) - ((s + 1) * (grown / (beta + u)));
            (low, high) = slope > 0 ? (middle, high) : (low, middle);
        }

        return high == length ? length : 0.5 * (low + high);
    }

    /// <summary>e^(−δt) P(alive at t) dt, over β dv.</summary>
    private struct Alive(double s, double beta, double delta, bool withMoments) : IPanelIntegrand
    {
        private Vector256<double> _v;
        private Vector256<double> _time;
        private Vector256<double> _ofShape;
        private Vector256<double> _ofRate;
        private Vector256<double> _squared;

        /// <summary>Gets ∫ ln(1 + t/β) over this integrand.</summary>
        internal readonly double OfShape => ElementaryVectors.Sum(_ofShape);

        /// <summary>Gets ∫ t/(β + t).</summary>
        internal readonly double OfRate => ElementaryVectors.Sum(_ofRate);

        /// <summary>Gets ∫ (1 − e^(−δt))/δ.</summary>
        internal readonly double Squared => ElementaryVectors.Sum(_squared);

        public Vector256<double> Log(Vector256<double> v)
        {
            _v = v;
            _time = Vector256.Create(beta) * ElementaryVectors.ExpM1(v);
            return (Vector256.Create(1 - s) * v) - (Vector256.Create(delta) * _time);
        }

        public void Gather(Vector256<double> parts)
        {
            if (withMoments)
            {
                _ofShape += parts * _v;
                _ofRate += parts * (_time / (Vector256.Create(beta) + _time));

                // 1 − e^(−δt) as (e^(δt) − 1) / e^(δt), which keeps its digits near 0.
                Vector256<double> faded = ElementaryVectors.ExpM1(Vector256.Min(Vector256.Create(delta) * _time, Vector256.Create(FarAhead)));
                _squared += parts * (delta == 0 ? _time : faded / ((Vector256<double>.One + faded) * Vector256.Create(delta)));
            }
        }
    }

    /// <summary>The integrand over the moment of dropout, at a distance from the peak to one side.</summary>
    private readonly struct DroppedOut(
        double r, double alpha, double s, double beta, int n, double scale, double logFactor, double peak, int direction) : IPanelIntegrand
    {
        private readonly double _logScale = Math.Log(scale / beta) + logFactor;

        public Vector256<double> Log(Vector256<double> distance)
        {
            // At the far end rounding may lead below 0, where there is nothing; at 0 itself, α/u is infinite.
            Vector256<double> v = Vector256.Max(Vector256<double>.Zero, Vector256.Create(peak) + (Vector256.Create((double)direction) * distance));
            Vector256<double> u = Vector256.Create(scale) * ElementaryVectors.ExpM1(v);
            Vector256<double> log = v + Vector256.Create(_logScale)
                - (Vector256.Create(r) * ElementaryVectors.Log1P(u / Vector256.Create(alpha)))
                - (Vector256.Create(s + 1) * ElementaryVectors.Log1P(u / Vector256.Create(beta)));
            return n == 0 ? log : log - (Vector256.Create((double)n) * ElementaryVectors.Log1P(Vector256.Create(alpha) / u));
        }

        public void Gather(Vector256<double> parts)
        {
        }
    }
}
