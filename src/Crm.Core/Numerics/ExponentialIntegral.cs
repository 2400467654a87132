using System.Diagnostics;

namespace Crm.Core.Numerics;

/// <summary>The exponential integral of real order, scaled: e^y E_s(y) = ∫₁^∞ e^(−y(u−1)) u^(−s) du.</summary>
/// <remarks>For a Gamma(s, 1) variate G, E[1 / (G + y)] is e^y E_s(y): that is how discounting meets a gamma rate.</remarks>
internal static class ExponentialIntegral
{
    // Below y = 1 the continued fraction needs about 85 / y steps, unless the order is large.
    private const double LargeOrder = 20;

    private const double EulerGamma = 0.57721566490153286061;

    // ζ(k) − 1 for k = 2, 3, …: with them the series of ln Γ(1 + ν) converges like 2^(−k) ν^k.
    private static readonly double[] _zetaLessOne = ZetaLessOne(40);

    /// <summary>e^y E_s(y), for s above 0 and y above 0; relative error about 1e-14.</summary>
    internal static double Scaled(double s, double y)
    {
        Debug.Assert(s > 0 && y > 0, "the order and the argument are above 0");
        return y >= 1 || s >= LargeOrder ? ByFraction(s, y) : ByRecurrence(s, y);
    }

    // Abramowitz & Stegun 5.1.22 in its contracted form, by Lentz's method.
    private static double ByFraction(double s, double y)
    {
        double b = y + s;
        double c = 1e300;
        double d = 1 / b;
        double value = d;
        for (int k = 1; k <= 10_000; k++)
        {
            double a = -k * (s - 1 + k);
            b += 2;
            d = 1 / ((a * d) + b);
            c = b + (a / c);
            double change = c * d;
            value *= change;
            if (Math.Abs(change - 1) < 2e-16)
            {
                break;
            }
        }

        return value;
    }

    // E_{s+1} = (e^−y − y E_s) / s upwards from an order near 1: below y = 1 it damps errors rather than feeding them.
    private static double ByRecurrence(double s, double y)
    {
        int steps = (int)Math.Max(0, Math.Ceiling(s - 1.5));
        double order = s - steps;
        double value = Math.Exp(y) * Math.Pow(y, order - 1) * UpperIncompleteGamma(1 - order, y);
        for (int k = 0; k < steps; k++)
        {
            value = (1 - (y * value)) / order;
            order += 1;
        }

        return value;
    }

    // Γ(ν, y) for ν in [−½, 1) and y below 1. The pole of Γ(ν) at 0 cancels against y^ν / ν, so the two are taken together.
    private static double UpperIncompleteGamma(double nu, double y)
    {
        double logY = Math.Log(y);
        double head = DividedExpM1(LogGammaOnePlusOver(nu), nu) - DividedExpM1(logY, nu);
        double term = 1;
        double sum = 0;
        for (int k = 1; k <= 60; k++)
        {
            term *= -y / k;
            double next = term / (nu + k);
            sum += next;
            if (Math.Abs(next) < 1e-18)
            {
                break;
            }
        }

        return head - (Math.Exp(nu * logY) * sum);
    }

    // (e^(νc) − 1) / ν, which is c at ν = 0.
    private static double DividedExpM1(double c, double nu) => nu == 0 ? c : ElementaryFunctions.ExpM1(nu * c) / nu;

    // ln Γ(1 + ν) / ν = −γ + Σ ζ(k) (−ν)^k / (k ν), with ln(1 + ν) taken out so that the series converges up to ν = 1.
    private static double LogGammaOnePlusOver(double nu)
    {
        double logOver = nu == 0 ? 1 : ElementaryFunctions.Log1P(nu) / nu;
        double sum = 0;
        double power = -1;
        for (int k = 2; k < _zetaLessOne.Length + 2; k++)
        {
            power *= -nu;
            sum += _zetaLessOne[k - 2] * power / k;
        }

        return 1 - EulerGamma - logOver + sum;
    }

    private static double[] ZetaLessOne(int count)
    {
        var values = new double[count];
        for (int k = 2; k < count + 2; k++)
        {
            // Sum to N − 1, then Euler and Maclaurin's tail, smallest terms first.
            const int n = 100;
            double tail = (Math.Pow(n, 1 - k) / (k - 1)) + (0.5 * Math.Pow(n, -k)) + (k * Math.Pow(n, -k - 1) / 12)
                - (k * (k + 1.0) * (k + 2.0) * Math.Pow(n, -k - 3) / 720);
            for (int j = n - 1; j >= 2; j--)
            {
                tail += Math.Pow(j, -k);
            }

            values[k - 2] = tail;
        }

        return values;
    }
}
