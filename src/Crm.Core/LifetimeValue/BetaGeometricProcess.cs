using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>
/// Customers alive now who buy at a rate λ ~ Gamma(r, α) and drop out with probability p ~ Beta(a, b) after each purchase.
/// </summary>
/// <remarks>
/// <para>
/// Without dropout the number of purchases in (0, t] is negative binomial: w_n with z = t / (α + t). Dropout only thins it, so that
/// with B_n = E[(1−p)^n] and C_n = B_0 + … + B_(n−1) the answers are sums of positive terms, Σ w_n C_n for the expected purchases
/// and Σ w_n B_n for survival. They hold for every a, also at a = 1, where the closed form of the paper divides by 0.
/// </para>
/// <para>
/// Where z is near 1 the sums grow long, and quadrature over p takes over: E[(1 − (α / (α + pt))^r) / p].
/// </para>
/// <para>
/// Slopes: those of a sum are sums of the same length; those of a quadrature come from half of its nodes, in a and b as covariances
/// with ln p and ln(1 − p).
/// </para>
/// </remarks>
internal sealed class BetaGeometricProcess(double r, double alpha, double a, double b) : AliveProcess
{
    // Above about this many terms the quadrature is cheaper.
    private const double LongSeries = 400;

    // Below e^-600 the first weight nears the end of the range of a double.
    private const double LeastLogWeight = -600;

    // δ times the horizon beyond which e^(−δt) has nothing left to add, and below which it has hardly begun to fall.
    private const double FarAhead = 50;
    private const double NearAhead = 0.02;

    // A difference of lifetimes by so much of them has eight digits left.
    private const double LeastApart = 1e-5;

    // From here on e^y E_s(y) is 1 / (y + s) to the last digit.
    private const double LargeArgument = 1e8;

    // Of ln r, for forward differences: half the digits. The order of an exponential integral has no simpler derivative.
    private const double Nudge = 3e-7;

    internal override (double Intensity, AliveProcess Customers) PurchaseThenPurchase =>
        (r / alpha * ((r + 1) / alpha) * (b / (a + b)), new BetaGeometricProcess(r + 2, alpha, a, b + 1));

    internal override (double Intensity, AliveProcess Customers) PurchaseThenAlive =>
        (r / alpha * (b / (a + b)), new BetaGeometricProcess(r + 1, alpha, a, b + 1));

    internal override (double Intensity, AliveProcess Customers) AliveThenPurchase =>
        (r / alpha, new BetaGeometricProcess(r + 1, alpha, a, b));

    internal override double Survival(double t, Span<double> slopes)
    {
        if (t == 0)
        {
            slopes.Clear();
            return 1;
        }

        return HasShortSeries(t) ? SurvivalBySeries(t, slopes)
            : OverDropout(new(r, alpha, 0, t), AliveAtEnd, slopes);
    }

    internal override double ExpectedPurchases(double t, Span<double> slopes)
    {
        if (t == 0)
        {
            slopes.Clear();
            return 0;
        }

        return HasShortSeries(t) ? PurchasesBySeries(t, slopes)
            : OverDropout(new(r, alpha, 0, t), PurchasesToTheEnd, slopes);
    }

    internal override double ProbabilityOfPurchases(int n, double t)
    {
        if (t == 0)
        {
            return n == 0 ? 1 : 0;
        }

        double z = t / (alpha + t);
        double logRest = -ElementaryFunctions.Log1P(t / alpha);
        double logWeight = GammaFunctions.LogGammaRatio(r, n) - GammaFunctions.LogGamma(n + 1.0) + (r * logRest) + (n * Math.Log(z));
        double stayed = Math.Exp(LogStay(n) + logWeight);
        if (n == 0)
        {
            return stayed;
        }

        // Dropped out at the nth purchase: without dropout there would have been n or more.
        double left = Math.Exp(LogStay(n - 1)) * a / (a + b + n - 1);
        return stayed + (left * BetaFunctions.Regularized(n, r, z, alpha / (alpha + t)));
    }

    internal override double DiscountedPurchases(double delta, double horizon, Span<double> slopes)
    {
        if (horizon == 0)
        {
            slopes.Clear();
            return 0;
        }

        if (delta == 0)
        {
            return double.IsFinite(horizon) ? ExpectedPurchases(horizon, slopes) : PurchasesWithoutEnd(slopes);
        }

        return LooksFar(delta, horizon)
            ? OverDropout(new(r, alpha, delta, horizon), PurchasesUpTo, slopes)
            : PurchasesOverTime(delta, horizon, slopes);
    }

    internal override double DiscountedLifetime(double delta, double horizon, Span<double> slopes)
    {
        if (horizon == 0)
        {
            slopes.Clear();
            return 0;
        }

        if (delta == 0 && double.IsPositiveInfinity(horizon))
        {
            return LifetimeWithoutEnd(slopes);
        }

        return LooksFar(delta, horizon)
            ? OverDropout(new(r, alpha, delta, horizon), LifetimeUpTo, slopes)
            : Discounted(delta, horizon, Survival, slopes);
    }

    internal override double HalfSquaredLifetime(double delta, double horizon)
    {
        if (LooksFar(delta, horizon))
        {
            double lifetime = DiscountedLifetime(delta, horizon);
            double apart = lifetime - DiscountedLifetime(2 * delta, horizon);
            if (apart > LeastApart * lifetime)
            {
                return apart / delta;
            }
        }

        // Where customers are lost long before a discount tells, that difference has no digits left.
        double end = delta > 0 ? Math.Min(horizon, FarAhead / delta) : horizon;
        return Discounted(delta, end, (u, _) => (delta == 0 ? u : -ElementaryFunctions.ExpM1(-delta * u) / delta) * Survival(u), []);
    }

    internal override double Simulate(double end, ref RandomStream random, List<double> purchases)
    {
        double rate = random.NextGamma(r, alpha);
        double dropout = random.NextBeta(a, b);
        for (double time = random.NextExponential() / rate; time <= end; time += random.NextExponential() / rate)
        {
            CheckSimulated(purchases.Count);
            purchases.Add(time);
            if (random.NextDouble() < dropout)
            {
                return time;
            }
        }

        return end;
    }

    // E[1 / p].
    private double PurchasesWithoutEnd(Span<double> slopes)
    {
        double value = (a + b - 1) / (a - 1);
        if (slopes.Length > 0)
        {
            slopes[0] = 0;
            slopes[1] = 0;
            slopes[2] = -a * b / ((a - 1) * (a - 1));
            slopes[3] = b / (a - 1);
        }

        return value;
    }

    // E[1 / λ] E[1 / p].
    private double LifetimeWithoutEnd(Span<double> slopes)
    {
        double wait = alpha / (r - 1);
        double value = wait * PurchasesWithoutEnd(slopes);
        if (slopes.Length > 0)
        {
            slopes[0] = -value * r / (r - 1);
            slopes[1] = value;
            slopes[2] *= wait;
            slopes[3] *= wait;
        }

        return value;
    }

    // Near the window's end, by parts: e^(−δh) E[N(h)] + δ ∫ e^(−δs) E[N(s)] ds.
    private double PurchasesOverTime(double delta, double horizon, Span<double> slopes)
    {
        double kept = Math.Exp(-delta * horizon);
        double value = delta * Discounted(delta, horizon, ExpectedPurchases, slopes);
        Span<double> atEnd = stackalloc double[slopes.Length];
        value += kept * ExpectedPurchases(horizon, atEnd);
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i] = (delta * slopes[i]) + (kept * atEnd[i]);
        }

        return value;
    }

    // (1 + pt/α)^−r: no purchase up to t was the last, given p.
    private static double AliveAtEnd(Question s, double p, Span<double> slopes)
    {
        double grown = ElementaryFunctions.Log1P(p * (s.Horizon / s.Alpha));
        double value = Math.Exp(-s.R * grown);
        if (slopes.Length > 0)
        {
            slopes[0] = -value * s.R * grown;
            slopes[1] = value * s.R * (p * s.Horizon / (s.Alpha + (p * s.Horizon)));
        }

        return value;
    }

    // (1 − (1 + pt/α)^−r) / p.
    private static double PurchasesToTheEnd(Question s, double p, Span<double> slopes)
    {
        double mean = s.R * (s.Horizon / s.Alpha);
        double grown = ElementaryFunctions.Log1P(p * (s.Horizon / s.Alpha));
        if (slopes.Length > 0)
        {
            double kept = Math.Exp(-s.R * grown);
            slopes[0] = p > 0 ? kept * s.R * grown / p : mean;
            slopes[1] = -kept * s.R * (s.Horizon / (s.Alpha + (p * s.Horizon)));
        }

        return p > 0 ? -ElementaryFunctions.ExpM1(-s.R * grown) / p : mean;
    }

    private static double PurchasesUpTo(Question s, double p, Span<double> slopes) => UpTo(s, p, PurchasesForEver, slopes);

    private static double LifetimeUpTo(Question s, double p, Span<double> slopes) => UpTo(s, p, LifetimeForEver, slopes);

    // E[λ / (λp + δ)] over the rate alone: given p, a gamma rate turns it into an exponential integral. Its slope in ln α is y times
    // the derivative in y, with e^y E_s(y) of the order below from the recurrence.
    private static double PurchasesForEver(double r, double alpha, double delta, double p, out double ofAlpha)
    {
        double y = alpha * delta / p;
        if (y >= LargeArgument)
        {
            double sum = (alpha * delta) + (p * (r + 1));
            ofAlpha = -r * alpha * delta / (sum * sum);
            return r / sum;
        }

        double scaled = ExponentialIntegral.Scaled(r + 1, y);
        ofAlpha = r / p * ((y * scaled) - (1 - (r * scaled)));
        return r * scaled / p;
    }

    // E[1 / (λp + δ)] over the rate alone.
    private static double LifetimeForEver(double r, double alpha, double delta, double p, out double ofAlpha)
    {
        double y = alpha * delta / p;
        if (y >= LargeArgument)
        {
            double sum = (alpha * delta) + (p * r);
            ofAlpha = alpha / sum * (p * r / sum);
            return alpha / sum;
        }

        double scaled = ExponentialIntegral.Scaled(r, y);
        ofAlpha = alpha / p * (scaled + (y * scaled) - (1 - ((r - 1) * scaled)));
        return alpha * scaled / p;
    }

    // All of the future less what lies beyond the horizon, which goes on with α + ph instead of α and weighs E[e^(−(λp + δ) h)].
    private static double UpTo(Question s, double p, ForEver forEver, Span<double> slopes)
    {
        double later = s.Alpha + (p * s.Horizon);
        double kept = Math.Exp(-(s.Delta * s.Horizon) - (s.R * ElementaryFunctions.Log1P(p * (s.Horizon / s.Alpha))));
        double laterOfAlpha = 0;
        double beyond = kept > 0 ? forEver(s.R, later, s.Delta, p, out laterOfAlpha) : 0;
        double value = forEver(s.R, s.Alpha, s.Delta, p, out double ofAlpha) - (kept > 0 ? kept * beyond : 0);
        if (slopes.Length > 0)
        {
            slopes[0] = (UpTo(s with { R = s.R * (1 + Nudge) }, p, forEver, []) - value) / Nudge;
            slopes[1] = kept > 0
                ? ofAlpha - (kept * ((laterOfAlpha * (s.Alpha / later)) + (beyond * s.R * (p * s.Horizon / later))))
                : ofAlpha;
        }

        return value;
    }

    // Looking far ahead, that difference keeps its digits, and costs one quadrature over p.
    // Looking near it would cancel, and time is integrated instead.
    private bool LooksFar(double delta, double horizon) =>
        delta * horizon > FarAhead || (delta * horizon > NearAhead && !HasShortSeries(horizon));

    // E[f(p)] over the dropout probability.
    private double OverDropout(Question question, GivenDropout function, Span<double> slopes)
    {
        double value = BetaExpectation.Of(a, b, (question, function), static (s, p, _) => s.function(s.question, p, []), out double step);
        if (slopes.Length > 0)
        {
            BetaExpectation.Slopes(a, b, 2 * step, (question, function), static (s, p, ofState) => s.function(s.question, p, ofState), slopes);
        }

        return value;
    }

    // ∫ e^(−δs) f(s) ds from 0 to the horizon, with s = τ(e^v − 1), where τ is the time in which the first customers are lost: in v
    // both answers are smooth however long the horizon and however fast they drop out.
    private double Discounted(double delta, double horizon, Ahead function, Span<double> slopes)
    {
        double scale = alpha / (1 + (r * (a / (a + b))));
        double length = ElementaryFunctions.Log1P(horizon / scale);
        int panels = Math.Max(1, (int)Math.Ceiling(length * Math.Max(0.5, delta * horizon / 10)));
        double half = 0.5 * length / panels;
        double total = 0;
        Span<double> here = stackalloc double[slopes.Length];
        slopes.Clear();
        for (int panel = 0; panel < panels; panel++)
        {
            double sum = 0;
            for (int i = 0; i < GaussLegendre.Nodes.Length; i++)
            {
                double v = half * ((2 * panel) + 1 + GaussLegendre.Nodes[i]);
                double time = scale * ElementaryFunctions.ExpM1(v);
                double weight = GaussLegendre.Weights[i] * Math.Exp(v - (delta * time)) * scale;
                sum += weight * function(time, here);
                for (int k = 0; k < slopes.Length; k++)
                {
                    slopes[k] += half * weight * here[k];
                }
            }

            total += half * sum;
        }

        return total;
    }

    private bool HasShortSeries(double t)
    {
        double mean = r * t / alpha;
        double logRest = -ElementaryFunctions.Log1P(t / alpha);
        double perTerm = ElementaryFunctions.Log1P(alpha / t); // −ln z
        return r * logRest > LeastLogWeight && mean + (8 * Math.Sqrt(mean * (1 + (t / alpha)))) + (36 / perTerm) < LongSeries;
    }

    // Σ w_n B_n, with B_n = E[(1−p)^n].
    private double SurvivalBySeries(double t, Span<double> slopes)
    {
        var weight = new Weight(r, alpha, t);
        var stay = new Stay(a, b);
        double survival = weight.Value;
        bool withSlopes = slopes.Length > 0;
        slopes.Clear();
        if (withSlopes)
        {
            weight.AddSlopes(survival, slopes);
        }

        do
        {
            weight.Next(withSlopes);
            stay.Next(withSlopes);
            double term = weight.Value * stay.Value;
            survival += term;
            if (withSlopes)
            {
                weight.AddSlopes(term, slopes);
                stay.AddSlopes(term, slopes);
            }
        }
        while (!weight.IsDone(stay.Value, survival));
        return Math.Min(1, survival);
    }

    // Σ w_n C_n, with C_n = B_0 + … + B_(n−1).
    private double PurchasesBySeries(double t, Span<double> slopes)
    {
        var weight = new Weight(r, alpha, t);
        var stay = new Stay(a, b);
        double chances = 0;
        double purchases = 0;
        Span<double> ofChances = stackalloc double[slopes.Length];
        ofChances.Clear();
        bool withSlopes = slopes.Length > 0;
        slopes.Clear();
        do
        {
            chances += stay.Value;
            if (withSlopes)
            {
                stay.AddSlopes(stay.Value, ofChances);
            }

            weight.Next(withSlopes);
            stay.Next(withSlopes);
            purchases += weight.Value * chances;
            if (withSlopes)
            {
                weight.AddSlopes(weight.Value * chances, slopes);
                slopes[2] += weight.Value * ofChances[2];
                slopes[3] += weight.Value * ofChances[3];
            }
        }
        while (!weight.IsDone(chances, purchases));
        return purchases;
    }

    // ln E[(1−p)^n].
    private double LogStay(int n) => GammaFunctions.LogGammaRatio(b, n) - GammaFunctions.LogGammaRatio(a + b, n);

    /// <summary>What is asked, with the parameters of the rate that it depends on.</summary>
    private readonly record struct Question(double R, double Alpha, double Delta, double Horizon);

    private delegate double Ahead(double t, Span<double> slopes);

    /// <summary>An answer given the dropout probability; the slopes are empty, or receive the derivatives in ln r and ln α.</summary>
    private delegate double GivenDropout(Question question, double p, Span<double> slopes);

    private delegate double ForEver(double r, double alpha, double delta, double p, out double ofAlpha);

    /// <summary>w_n, the probabilities of the negative binomial, one after another.</summary>
    private struct Weight(double r, double alpha, double t)
    {
        private readonly double _z = t / (alpha + t);
        private readonly double _rest = alpha / (alpha + t);
        private readonly double _logRest = -ElementaryFunctions.Log1P(t / alpha);
        private double _n;
        private double _reciprocals; // Σ 1 / (r + k) over k below n

        internal double Value { get; private set; } = Math.Exp(-r * ElementaryFunctions.Log1P(t / alpha));

        internal void Next(bool withSlopes)
        {
            if (withSlopes)
            {
                _reciprocals += 1 / (r + _n);
            }

            _n++;
            Value *= _z * (r + _n - 1) / _n;
        }

        // ∂ ln w_n: r (Σ 1/(r+k) + ln(1−z)) and r z − n (1−z).
        internal readonly void AddSlopes(double term, Span<double> slopes)
        {
            slopes[0] += term * r * (_reciprocals + _logRest);
            slopes[1] += term * ((r * _z) - (_n * _rest));
        }

        // What is left is below a geometric series with the present ratio, once that ratio is below 1.
        internal readonly bool IsDone(double factor, double sum)
        {
            double ratio = _z * (r + _n) / (_n + 1);
            return ratio < 1 && Value * (factor + (1 / (1 - ratio))) * ratio <= 1e-17 * sum * (1 - ratio);
        }
    }

    /// <summary>B_n = E[(1−p)^n], one after another.</summary>
    private struct Stay(double a, double b)
    {
        private double _n;
        private double _either; // Σ 1 / (a + b + k) over k below n
        private double _gaps; // Σ [1 / (b + k) − 1 / (a + b + k)]

        internal double Value { get; private set; } = 1;

        internal void Next(bool withSlopes)
        {
            _n++;
            Value *= (b + _n - 1) / (a + b + _n - 1);
            if (withSlopes)
            {
                double either = 1 / (a + b + _n - 1);
                _either += either;
                _gaps += a / (b + _n - 1) * either;
            }
        }

        internal readonly void AddSlopes(double term, Span<double> slopes)
        {
            slopes[2] -= term * a * _either;
            slopes[3] += term * b * _gaps;
        }
    }
}
