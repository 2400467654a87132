using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>The variance of the present value that a whole base will bring, if the parameters were known: chance alone.</summary>
/// <remarks>
/// For a customer who is alive, with a purchase worth A to the seller (mean a(ν) given the customer's own rate of spend ν), the value
/// Z = Σ e^(−δ t_i) A_i − c ∫ e^(−δt) dt has
/// E[Z²] = E[A²] E[Σ e^(−2δ t_i)] + E[a(ν)²] E[Σ e^(−δ(t_i + t_j))] − 2 c E[A] E[Σ e^(−δ t_i) ∫] + c² E[(∫)²], i ≠ j.
/// Customers are independent of each other, so that their variances add.
/// </remarks>
internal static class ValueVariance
{
    /// <summary>Why the variance does not exist, or null where it does.</summary>
    internal static string? WhyNone(PurchaseHistories histories, SpendEstimates spend, ClvTerms terms)
    {
        if (terms.Discount.IsZero && !terms.Horizon.IsLimited)
        {
            return "There is no outcome interval without a discount and without a horizon. Give a discount rate above 0 or a limited horizon.";
        }

        bool exists = true;
        for (int row = 0; row < histories.Count; row++)
        {
            exists &= DistributionOf(histories, spend.Model, row).HasVariance;
        }

        return exists ? null : FormattableString.Invariant(
            $"There is no outcome interval: the spread of spend between customers is so wide (q = {spend.Model.Q:0.###}; a variance needs p·x + q above 2) that the value of an occasion has no variance. Use the estimate interval, or fit on more customers.");
    }

    /// <summary>The variance, or null where <see cref="WhyNone"/> says why there is none.</summary>
    internal static double? Of(
        PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, CustomerValues values)
    {
        ClvTerms terms = values.Terms;
        if (WhyNone(histories, spend, terms) is not null)
        {
            return null;
        }

        double delta = terms.Discount.Per(buying.Model.Unit);
        double horizon = terms.Horizon.In(buying.Model.Unit);
        Moments[] moments = buying.OwnModel.AskEveryDistinct(
            histories, process => Moments.Of(process, delta, horizon, values.Costs.Any), CancellationToken.None);
        var variances = new double[histories.Count];
        for (int row = 0; row < variances.Length; row++)
        {
            double square = Square(moments[histories.Distinct.GroupOfRow[row]], DistributionOf(histories, spend.Model, row), terms, values.Costs[row]);
            variances[row] = Math.Max(0, (values.ProbabilityAlive[row] * square) - (values.Clv[row] * values.Clv[row]));
        }

        return FixedPointSum.Of(variances, histories.Customers);
    }

    // E[Z²] of a customer who is alive.
    private static double Square(Moments ahead, SpendDistribution spend, ClvTerms terms, double costToServe)
    {
        double costToSell = (double)(terms.CostToSell?.Amount ?? 0);
        double mean = spend.Mean;

        // E[1/ν²], for ν ~ Gamma(tail shape, scale).
        double inverse = spend.Scale / (spend.TailShape - 1) * (spend.Scale / (spend.TailShape - 2));
        double ofMean = spend.Shape * spend.Shape * inverse;
        double ofValue = spend.Shape * (spend.Shape + 1) * inverse;
        double less = costToSell * ((2 * terms.Margin * mean) - costToSell);
        double value = (((terms.Margin * terms.Margin * ofValue) - less) * ahead.Squares)
            + (((terms.Margin * terms.Margin * ofMean) - less) * ahead.Pairs);
        double perPurchase = (terms.Margin * mean) - costToSell;
        return value - (2 * costToServe * perPurchase * ahead.WithLifetime) + (costToServe * costToServe * ahead.LifetimeSquared);
    }

    private static SpendDistribution DistributionOf(PurchaseHistories histories, GammaGamma spend, int row) =>
        spend.Distribution(histories.Frequency[row], histories.MeanSpend.Length > 0 ? histories.MeanSpend[row] : 0);

    /// <summary>Second moments of what lies ahead.</summary>
    private sealed record Moments(double Squares, double Pairs, double WithLifetime, double LifetimeSquared)
    {
        internal static Moments Of(AliveProcess process, double delta, double horizon, bool withLifetime) => new(
            process.DiscountedPurchases(2 * delta, horizon),
            process.DiscountedPairs(delta, horizon),
            withLifetime ? process.DiscountedPurchasesTimesLifetime(delta, horizon) : 0,
            withLifetime ? 2 * process.HalfSquaredLifetime(delta, horizon) : 0);
    }
}
