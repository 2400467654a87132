using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <content>Far answers: expectations over the dropout probability p, of what is known in closed form given p.</content>
internal sealed partial class BetaGeometricProcess
{
    // From here on e^y E_s(y) is 1 / (y + s) to the last digit.
    private const double LargeArgument = 1e8;

    // Of ln r, for forward differences: half the digits. The order of an exponential integral has no simpler derivative.
    private const double Nudge = 3e-7;

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

    /// <summary>What is asked, with the parameters of the rate that it depends on.</summary>
    private readonly record struct Question(double R, double Alpha, double Delta, double Horizon);

    /// <summary>An answer given the dropout probability; the slopes are empty, or receive the derivatives in ln r and ln α.</summary>
    private delegate double GivenDropout(Question question, double p, Span<double> slopes);

    private delegate double ForEver(double r, double alpha, double delta, double p, out double ofAlpha);
}
