using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The log-likelihood of BG/NBD and MBG/NBD over all customers, with analytic gradient and Hessian.</summary>
/// <remarks>
/// A customer's term is base + ln(1 + e^u), with u the log-odds of having dropped out at the last purchase, so that
/// L_i = base_i + π u_i and L_ij = base_ij + π u_ij + π(1−π) u_i u_j for π = P(dropped out). Everything that depends on x alone is
/// a sum over 0..x, tabulated once per evaluation: no difference of two log-gammas is ever taken.
/// </remarks>
internal sealed class BetaGeometricLikelihood(DistinctHistories data, int firstChances, CancellationToken cancellationToken)
    : RowLikelihood<BetaGeometricLikelihood.Tables>(4, data.Customers, cancellationToken)
{
    private protected override Tables Share(double[] parameters) => new(data.MaxFrequency + firstChances, parameters);

    private protected override void Fill(int row, Tables tables, Span<double> term)
    {
        int x = data.Frequency[row];
        AddBase(term, x, data.Age[row], tables);
        if (x + firstChances > 0)
        {
            AddDropout(term, x, data.Recency[row], data.Age[row], tables);
        }
    }

    // The places of the packed upper triangle: r α a b against r α a b.
    private const int RR = 5, RAlpha = 6, AlphaAlpha = 9, RA = 7, RB = 8, AlphaA = 10, AlphaB = 11, AA = 12, AB = 13, BB = 14;

    private void AddBase(Span<double> term, int x, double age, Tables tables)
    {
        double r = tables.R;
        double alpha = tables.Alpha;
        int chances = x + firstChances;
        double end = alpha + age;
        double overEnd = 1 / end;
        double grown = ElementaryFunctions.Log1P(age / alpha);
        double lost = age / (alpha * end); // 1/α − 1/(α+T)
        term[0] = tables.Rising.Log[x] - (x * Math.Log(end)) - (r * grown) + tables.LogStay[chances];
        term[1] = tables.Rising.Reciprocal[x] - grown;
        term[2] = (r * lost) - (x * overEnd);
        term[3] = -tables.StayA[chances];
        term[4] = tables.StayB[chances];
        term[RR] = -tables.Rising.ReciprocalSquare[x];
        term[RAlpha] = lost;
        term[RA] = 0;
        term[RB] = 0;
        term[AlphaAlpha] = (x * overEnd * overEnd) - (r * lost * ((1 / alpha) + overEnd));
        term[AlphaA] = 0;
        term[AlphaB] = 0;
        term[AA] = tables.StaySquare[chances];
        term[AB] = tables.StaySquare[chances];
        term[BB] = -tables.StaySquareB[chances];
    }

    private void AddDropout(Span<double> term, int x, double recency, double age, Tables tables)
    {
        double alpha = tables.Alpha;
        double a = tables.A;
        double last = alpha + recency;
        double end = alpha + age;
        double waited = ElementaryFunctions.Log1P((age - recency) / last);
        double overBoth = (age - recency) / (last * end); // 1/(α+t_x) − 1/(α+T)
        double s = tables.R + x;
        double stays = tables.B + x + firstChances - 1;
        double u = Math.Log(a / stays) + (s * waited);
        double small = Math.Exp(-Math.Abs(u));
        double out_ = u > 0 ? 1 / (1 + small) : small / (1 + small);
        double spread = small / ((1 + small) * (1 + small)); // π(1−π)
        double uR = waited;
        double uAlpha = -s * overBoth;
        double uA = 1 / a;
        double uB = -1 / stays;
        term[0] += Math.Max(u, 0) + ElementaryFunctions.Log1P(small);
        term[1] += out_ * uR;
        term[2] += out_ * uAlpha;
        term[3] += out_ * uA;
        term[4] += out_ * uB;
        term[RR] += spread * uR * uR;
        term[RAlpha] += (spread * uR * uAlpha) - (out_ * overBoth);
        term[RA] += spread * uR * uA;
        term[RB] += spread * uR * uB;
        term[AlphaAlpha] += (spread * uAlpha * uAlpha) + (out_ * s * overBoth * ((1 / last) + (1 / end)));
        term[AlphaA] += spread * uAlpha * uA;
        term[AlphaB] += spread * uAlpha * uB;
        term[AA] += (spread - out_) * uA * uA;
        term[AB] += spread * uA * uB;
        term[BB] += (spread + out_) * uB * uB;
    }

    /// <summary>The parameters, and sums over k below x or below the number of chances to drop out.</summary>
    internal sealed class Tables
    {
        internal Tables(int max, double[] parameters)
        {
            (R, Alpha, A, B) = (parameters[0], parameters[1], parameters[2], parameters[3]);
            Rising = new(max, R);
            LogStay = new double[max + 1];
            StayA = new double[max + 1];
            StayB = new double[max + 1];
            StaySquare = new double[max + 1];
            StaySquareB = new double[max + 1];
            for (int k = 0; k < max; k++)
            {
                double stay = 1 / (B + k);
                double either = 1 / (A + B + k);
                double gap = A * stay * either; // 1/(b+k) − 1/(a+b+k)
                LogStay[k + 1] = LogStay[k] - ElementaryFunctions.Log1P(A * stay);
                StayA[k + 1] = StayA[k] + either;
                StayB[k + 1] = StayB[k] + gap;
                StaySquare[k + 1] = StaySquare[k] + (either * either);
                StaySquareB[k + 1] = StaySquareB[k] + (gap * (stay + either));
            }
        }

        internal double R { get; }

        internal double Alpha { get; }

        internal double A { get; }

        internal double B { get; }

        internal RisingFactorials Rising { get; }

        /// <summary>Gets ln E[(1−p)^chances], which is −Σ ln(1 + a / (b + k)).</summary>
        internal double[] LogStay { get; }

        /// <summary>Gets Σ 1 / (a + b + k).</summary>
        internal double[] StayA { get; }

        /// <summary>Gets Σ [1 / (b + k) − 1 / (a + b + k)].</summary>
        internal double[] StayB { get; }

        /// <summary>Gets Σ 1 / (a + b + k)².</summary>
        internal double[] StaySquare { get; }

        /// <summary>Gets Σ [1 / (b + k)² − 1 / (a + b + k)²].</summary>
        internal double[] StaySquareB { get; }
    }
}
