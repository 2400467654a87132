using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The log-likelihood of Pareto/NBD over all customers, with analytic gradient and Hessian.</summary>
/// <remarks>
/// A customer's term is base + ln(1 + e^u), with u the log-odds of having dropped out unseen, so that with π = P(dropped out)
/// L_i = base_i + π E[h_i] and L_ij = base_ij + π E[h_i h_j + h_ij] − π² E[h_i] E[h_j], the expectations of
/// <see cref="UnseenDropout"/>.
/// </remarks>
internal sealed class ParetoLikelihood(DistinctHistories data, CancellationToken cancellationToken)
    : RowLikelihood<ParetoLikelihood.Tables>(4, data.Customers, cancellationToken)
{
    // The places of the packed upper triangle: r α s β against r α s β.
    private const int RR = 5, RAlpha = 6, AlphaAlpha = 9, SBeta = 13, BetaBeta = 14;

    private protected override Tables Share(double[] parameters) => new(
        new(parameters[0], parameters[1], parameters[2], parameters[3]), new(data.MaxFrequency, parameters[0]));

    private protected override void Fill(int row, Tables tables, Span<double> term)
    {
        AddBase(term, data.Frequency[row], data.Age[row], tables);
        AddDropout(term, data.Frequency[row], data.Recency[row], data.Age[row], tables);
    }

    private static void AddBase(Span<double> term, int x, double age, Tables tables)
    {
        var (r, alpha, s, beta) = tables.Parameters;
        term.Clear();
        double end = alpha + age;
        double overEnd = 1 / end;
        double grown = ElementaryFunctions.Log1P(age / alpha);
        double lost = age / (alpha * end); // 1/α − 1/(α+T)
        double waited = ElementaryFunctions.Log1P(age / beta);
        double overWaited = 1 / (beta + age);
        double left = age / beta * overWaited; // 1/β − 1/(β+T)
        term[0] = tables.Rising.Log[x] - (x * Math.Log(end)) - (r * grown) - (s * waited);
        term[1] = tables.Rising.Reciprocal[x] - grown;
        term[2] = (r * lost) - (x * overEnd);
        term[3] = -waited;
        term[4] = s * left;
        term[RR] = -tables.Rising.ReciprocalSquare[x];
        term[RAlpha] = lost;
        term[AlphaAlpha] = (x * overEnd * overEnd) - (r * lost * ((1 / alpha) + overEnd));
        term[SBeta] = left;
        term[BetaBeta] = -s * left * ((1 / beta) + overWaited);
    }

    private static void AddDropout(Span<double> term, int x, double recency, double age, Tables tables)
    {
        Span<double> moments = stackalloc double[UnseenDropout.AllMoments];
        double u = UnseenDropout.LogOdds(tables.Parameters, x, recency, age, moments);
        double small = Math.Exp(-Math.Abs(u));
        double out_ = u > 0 ? 1 / (1 + small) : small / (1 + small);
        term[0] += Math.Max(u, 0) + ElementaryFunctions.Log1P(small);
        int next = UnseenDropout.FirstMoments;
        for (int i = 0; i < UnseenDropout.FirstMoments; i++)
        {
            term[1 + i] += out_ * moments[i];
            for (int j = i; j < UnseenDropout.FirstMoments; j++, next++)
            {
                term[1 + next] += out_ * (moments[next] - (out_ * moments[i] * moments[j]));
            }
        }
    }

    /// <summary>The parameters, and what depends on r and x alone.</summary>
    internal sealed record Tables(ParetoParameters Parameters, RisingFactorials Rising);
}
