using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <content>Near answers: sums over the number of purchases there would be without dropout.</content>
internal sealed partial class BetaGeometricProcess
{
    // Above about this many terms the quadrature is cheaper.
    private const double LongSeries = 400;

    // Below e^-600 the first weight nears the end of the range of a double.
    private const double LeastLogWeight = -600;

    // 1/n: a term needs it twice, and a division costs as much as all else in a term.
    private static readonly double[] _reciprocals = [double.PositiveInfinity, .. Enumerable.Range(1, 2 * (int)LongSeries).Select(n => 1d / n)];

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
        Slopes sums = default;
        if (withSlopes)
        {
            weight.AddSlopes(survival, ref sums);
        }

        do
        {
            weight.Next(withSlopes);
            stay.Next(withSlopes);
            double term = weight.Value * stay.Value;
            survival += term;
            if (withSlopes)
            {
                weight.AddSlopes(term, ref sums);
                stay.AddSlopes(term, ref sums);
            }
        }
        while (!weight.IsDone(stay.Value, survival));
        sums.CopyTo(slopes);
        return Math.Min(1, survival);
    }

    // Σ w_n C_n, with C_n = B_0 + … + B_(n−1).
    private double PurchasesBySeries(double t, Span<double> slopes)
    {
        var weight = new Weight(r, alpha, t);
        var stay = new Stay(a, b);
        double chances = 0;
        double purchases = 0;
        bool withSlopes = slopes.Length > 0;
        Slopes ofChances = default;
        Slopes sums = default;
        do
        {
            chances += stay.Value;
            if (withSlopes)
            {
                stay.AddSlopes(stay.Value, ref ofChances);
            }

            weight.Next(withSlopes);
            stay.Next(withSlopes);
            purchases += weight.Value * chances;
            if (withSlopes)
            {
                weight.AddSlopes(weight.Value * chances, ref sums);
                sums.A += weight.Value * ofChances.A;
                sums.B += weight.Value * ofChances.B;
            }
        }
        while (!weight.IsDone(chances, purchases));
        sums.CopyTo(slopes);
        return purchases;
    }

    /// <summary>Sums of slopes while a series runs: four numbers of their own stay in registers, places of a span do not.</summary>
    private struct Slopes
    {
        internal double R;
        internal double Alpha;
        internal double A;
        internal double B;

        /// <summary>Writes them out where slopes are asked for.</summary>
        internal readonly void CopyTo(Span<double> slopes)
        {
            if (slopes.Length > 0)
            {
                slopes[0] = R;
                slopes[1] = Alpha;
                slopes[2] = A;
                slopes[3] = B;
            }
        }
    }

    /// <summary>w_n, the probabilities of the negative binomial, one after another.</summary>
    private struct Weight(double r, double alpha, double t)
    {
        private readonly double _z = t / (alpha + t);
        private readonly double _rest = alpha / (alpha + t);
        private readonly double _logRest = -ElementaryFunctions.Log1P(t / alpha);
        private int _n;
        private double _sum; // Σ 1 / (r + k) over k below n

        internal double Value { get; private set; } = Math.Exp(-r * ElementaryFunctions.Log1P(t / alpha));

        internal void Next(bool withSlopes)
        {
            if (withSlopes)
            {
                _sum += 1 / (r + _n);
            }

            Value *= _z * (r + _n) * Reciprocal(_n + 1);
            _n++;
        }

        // ∂ ln w_n: r (Σ 1/(r+k) + ln(1−z)) and r z − n (1−z).
        internal readonly void AddSlopes(double term, ref Slopes sums)
        {
            sums.R += term * r * (_sum + _logRest);
            sums.Alpha += term * ((r * _z) - (_n * _rest));
        }

        // What is left is below a geometric series with the present ratio, once that ratio is below 1.
        internal readonly bool IsDone(double factor, double sum)
        {
            double ratio = _z * (r + _n) * Reciprocal(_n + 1);
            double less = 1 - ratio;
            return less > 0 && Value * ((factor * less) + 1) * ratio <= 1e-17 * sum * (less * less);
        }

        private static double Reciprocal(int n) => n < _reciprocals.Length ? _reciprocals[n] : 1d / n;
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
            double stays = b + _n;
            double either = 1 / (a + stays);
            Value *= stays * either;
            if (withSlopes)
            {
                _either += either;
                _gaps += a / stays * either;
            }

            _n++;
        }

        internal readonly void AddSlopes(double term, ref Slopes sums)
        {
            sums.A -= term * a * _either;
            sums.B += term * b * _gaps;
        }
    }
}
