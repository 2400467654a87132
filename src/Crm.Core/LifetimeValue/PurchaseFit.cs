using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>Fits any purchase model to histories.</summary>
internal static class PurchaseFit
{
    internal static FitResult<TModel> Of<TModel>(
        PurchaseHistories histories,
        ParameterPrior? prior,
        Func<DistinctHistories, CancellationToken, ILogLikelihood> likelihood,
        Func<Scale, SearchSpace> space,
        Func<double[], TModel> model,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
        where TModel : class
    {
        DistinctHistories distinct = histories.Distinct;
        FitDiagnostic? failure = FitChecks.Purchases(distinct, prior);
        if (failure is not null)
        {
            return new(space(Scale.Of(distinct)).Model, null, null, [failure]);
        }

        var fit = MaximumLikelihood.Fit(
            space(Scale.Of(distinct)),
            likelihood(distinct, cancellationToken),
            distinct.Count < MaximumLikelihood.LeastToCoarsen ? null : likelihood(distinct.Coarse(MaximumLikelihood.CoarseRows), cancellationToken),
            prior,
            histories.CustomerCount,
            FitChecks.RepeatBuyers(distinct),
            model,
            [],
            progress,
            cancellationToken);
        return fit.Model is PurchaseModel { WhyPurchasesAreInfinite: { } why } ? fit.With(new(
            FitDiagnosis.InfiniteExpectation, false,
            $"Without a discount and without a horizon the purchases to come are infinite, since {why}.",
            "Value them with a discount rate above 0 or a limited horizon.")) : fit;
    }

    /// <summary>How fast the customers of a base buy, while they do, and how long they have been observed on average.</summary>
    internal readonly record struct Scale(double Rate, double MeanAge)
    {
        internal static Scale Of(DistinctHistories distinct)
        {
            double purchases = 0;
            double time = 0;
            double customers = 0;
            for (int row = 0; row < distinct.Count; row++)
            {
                purchases += distinct.Customers[row] * distinct.Frequency[row];
                time += distinct.Customers[row] * distinct.Age[row];
                customers += distinct.Customers[row];
            }

            // Customers who have dropped out bought faster while they were there: hence the factor.
            return new(1.5 * purchases / time, time / customers);
        }
    }
}
