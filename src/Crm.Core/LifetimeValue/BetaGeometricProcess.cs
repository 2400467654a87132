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
internal sealed partial class BetaGeometricProcess(double r, double alpha, double a, double b) : AliveProcess
{
    // δ times the horizon beyond which e^(−δt) has nothing left to add, and below which it has hardly begun to fall.
    private const double FarAhead = 50;
    private const double NearAhead = 0.02;

    // A difference of lifetimes by so much of them has eight digits left.
    private const double LeastApart = 1e-5;

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

    // ln E[(1−p)^n].
    private double LogStay(int n) => GammaFunctions.LogGammaRatio(b, n) - GammaFunctions.LogGammaRatio(a + b, n);

    private delegate double Ahead(double t, Span<double> slopes);
}
