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

    // From here on e^y E_s(y) is 1 / (y + s) to the last digit.
    private const double LargeArgument = 1e8;

    internal override double Survival(double t) => t == 0 ? 1
        : HasShortSeries(t) ? SumSeries(t).Survival
        : BetaExpectation.Of(a, b, (r, t, alpha), static (s, p, _) => Math.Exp(-s.r * ElementaryFunctions.Log1P(p * (s.t / s.alpha))));

    internal override double ExpectedPurchases(double t) => t == 0 ? 0
        : HasShortSeries(t) ? SumSeries(t).Purchases
        : BetaExpectation.Of(a, b, (r, t, alpha), static (s, p, _) => p > 0
            ? -ElementaryFunctions.ExpM1(-s.r * ElementaryFunctions.Log1P(p * (s.t / s.alpha))) / p
            : s.r * (s.t / s.alpha));

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

    internal override double DiscountedPurchases(double delta, double horizon)
    {
        if (horizon == 0)
        {
            return 0;
        }

        if (delta == 0)
        {
            return double.IsFinite(horizon) ? ExpectedPurchases(horizon) : (a + b - 1) / (a - 1);
        }

        return LooksFar(delta, horizon)
            ? BetaExpectation.Of(a, b, (r, alpha, delta, horizon), static (s, p, _) =>
                UpTo(s, p, PurchasesForEver))
            : (Math.Exp(-delta * horizon) * ExpectedPurchases(horizon)) + (delta * Discounted(delta, horizon, ExpectedPurchases));
    }

    internal override double DiscountedLifetime(double delta, double horizon) =>
        horizon == 0 ? 0
        : delta == 0 && double.IsPositiveInfinity(horizon) ? alpha / (r - 1) * (a + b - 1) / (a - 1)
        : !LooksFar(delta, horizon) ? Discounted(delta, horizon, Survival)
        : BetaExpectation.Of(a, b, (r, alpha, delta, horizon), static (s, p, _) => UpTo(s, p, LifetimeForEver));

    // E[λ / (λp + δ)] over the rate alone: given p, a gamma rate turns it into an exponential integral.
    private static double PurchasesForEver(double r, double alpha, double delta, double p)
    {
        double y = alpha * delta / p;
        return y < LargeArgument ? r * ExponentialIntegral.Scaled(r + 1, y) / p : r / ((alpha * delta) + (p * (r + 1)));
    }

    // E[1 / (λp + δ)] over the rate alone.
    private static double LifetimeForEver(double r, double alpha, double delta, double p)
    {
        double y = alpha * delta / p;
        return y < LargeArgument ? alpha * ExponentialIntegral.Scaled(r, y) / p : alpha / ((alpha * delta) + (p * r));
    }

    // All of the future less what lies beyond the horizon, which goes on with α + ph instead of α and weighs E[e^(−(λp + δ) h)].
    private static double UpTo(
        (double R, double Alpha, double Delta, double Horizon) s, double p, Func<double, double, double, double, double> forEver)
    {
        double kept = Math.Exp(-(s.Delta * s.Horizon) - (s.R * ElementaryFunctions.Log1P(p * (s.Horizon / s.Alpha))));
        double beyond = kept > 0 ? kept * forEver(s.R, s.Alpha + (p * s.Horizon), s.Delta, p) : 0;
        return forEver(s.R, s.Alpha, s.Delta, p) - beyond;
    }

    // Looking far ahead, that difference keeps its digits, and costs one quadrature over p.
    // Looking near it would cancel, and time is integrated instead.
    private bool LooksFar(double delta, double horizon) =>
        delta * horizon > FarAhead || (delta * horizon > NearAhead && !HasShortSeries(horizon));

    // ∫ e^(−δs) f(s) ds from 0 to the horizon, with s = τ(e^v − 1), where τ is the time in which the first customers are lost: in v
    // both answers are smooth however long the horizon and however fast they drop out.
    private double Discounted(double delta, double horizon, Func<double, double> function)
    {
        double scale = alpha / (1 + (r * (a / (a + b))));
        double length = ElementaryFunctions.Log1P(horizon / scale);
        int panels = (int)Math.Ceiling(length * Math.Max(0.5, delta * horizon / 10));
        return GaussLegendre.Integrate(length, Math.Max(1, panels), (delta, scale, function), static (s, v) =>
        {
            double time = s.scale * ElementaryFunctions.ExpM1(v);
            return Math.Exp(v - (s.delta * time)) * s.scale * s.function(time);
        });
    }

    private bool HasShortSeries(double t)
    {
        double mean = r * t / alpha;
        double logRest = -ElementaryFunctions.Log1P(t / alpha);
        double perTerm = ElementaryFunctions.Log1P(alpha / t); // −ln z
        return r * logRest > LeastLogWeight && mean + (8 * Math.Sqrt(mean * (1 + (t / alpha)))) + (36 / perTerm) < LongSeries;
    }

    private (double Purchases, double Survival) SumSeries(double t)
    {
        double z = t / (alpha + t);
        double weight = Math.Exp(-r * ElementaryFunctions.Log1P(t / alpha));
        double stay = 1;
        double chances = 0;
        double purchases = 0;
        double survival = weight;
        for (int n = 1; ; n++)
        {
            weight *= z * (r + n - 1) / n;
            chances += stay;
            stay *= (b + n - 1) / (a + b + n - 1);
            purchases += weight * chances;
            survival += weight * stay;

            // What is left is below a geometric series with the present ratio, once that ratio is below 1.
            double ratio = z * (r + n) / (n + 1);
            if (ratio < 1 && weight * (chances + (1 / (1 - ratio))) * ratio <= 1e-17 * purchases * (1 - ratio))
            {
                return (purchases, Math.Min(1, survival));
            }
        }
    }

    // ln E[(1−p)^n].
    private double LogStay(int n) => GammaFunctions.LogGammaRatio(b, n) - GammaFunctions.LogGammaRatio(a + b, n);
}
