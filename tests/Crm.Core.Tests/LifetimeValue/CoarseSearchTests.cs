using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Fits of bases large enough to be searched on a coarse picture first. Slow oracle: climbs on all the data from scattered starts find
/// nothing higher, on bases of one kind of customer and on mixtures that no model made.
/// </summary>
public sealed class CoarseSearchTests
{
    private const int Bases = 6;
    private const int LeastTops = 15; // of 18

    public static TheoryData<string> Models => new(PurchaseModels.Names);

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_OfALargeBase_IsTheHighestTopOfAllTheData(string name)
    {
        int tops = 0;
        for (int number = 0; number < Bases; number++)
        {
            PurchaseHistories histories = Mixture(number);
            DistinctHistories distinct = histories.Distinct;
            Assert.True(distinct.Count >= MaximumLikelihood.LeastToCoarsen, $"{distinct.Count}");
            var fit = PurchaseModels.Fit(name, histories);
            ILogLikelihood all = name switch
            {
                "mbg-nbd" => new BetaGeometricLikelihood(distinct, 1, CancellationToken.None),
                "bg-nbd" => new BetaGeometricLikelihood(distinct, 0, CancellationToken.None),
                _ => new ParetoLikelihood(distinct, CancellationToken.None),
            };
            foreach (double[] start in (double[][])[[-1, 1, -1, 1], [0.5, 2.5, 0.5, 3], [-0.5, 0.5, 1, 0.5]])
            {
                Maximum found = Maximizer.Climb(all, start, [-12, -12, -12, -12], [14, 20, 14, 20], null, CancellationToken.None);
                if (found.Kind == MaximumKind.Interior)
                {
                    tops++;
                    Assert.True(fit.Converged, FormattableString.Invariant($"base {number}: a climb found the top {found.Value}, the fit none"));
                    Assert.True(
                        found.Value <= fit.Statistics!.LogLikelihood + 1e-6,
                        FormattableString.Invariant($"base {number}: {found.Value:R} is higher than the {fit.Statistics.LogLikelihood:R} that was found"));
                }
            }
        }

        // An oracle that seldom finds a top would say little.
        Assert.True(tops >= LeastTops, FormattableString.Invariant($"only {tops} climbs ended at a top"));
    }

    [Fact]
    public void SpendFit_OfALargeBase_IsThatOfItsHalvesTogether()
    {
        // A shared row is as good as its copies: few enough rows to be searched as they are, and many.
        var spend = new GammaGamma(5, 4, 15);
        PurchaseHistories many = Simulated.Base(new MbgNbd(0.9, 4, 0.6, 1.8, TimeUnit.Week), 6_000, Horizon.Weeks(52), 9, spend);
        int[] few = [.. Enumerable.Range(0, many.Count).Where(row => many.Frequency[row] > 0).Take(MaximumLikelihood.LeastToCoarsen - 1)];
        PurchaseHistories Of(int copies) => PurchaseHistories.FromColumns(
            new()
            {
                Frequency = [.. Enumerable.Repeat(few, copies).SelectMany(rows => rows).Select(row => many.Frequency[row])],
                Recency = [.. Enumerable.Repeat(few, copies).SelectMany(rows => rows).Select(row => many.Recency[row])],
                Age = [.. Enumerable.Repeat(few, copies).SelectMany(rows => rows).Select(row => many.Age[row])],
                MeanSpend = [.. Enumerable.Range(0, copies).SelectMany(copy => few.Select(row => many.MeanSpend[row] * (1 + (copy * 1e-12))))],
            },
            new() { Unit = TimeUnit.Week });
        FitStatistics asTheyAre = GammaGamma.Fit(Of(1)).Statistics!;
        FitStatistics coarse = GammaGamma.Fit(Of(3)).Statistics!;
        Near.Relative(3 * asTheyAre.LogLikelihood, coarse.LogLikelihood, 1e-10);
        Assert.All(asTheyAre.Parameters.Zip(coarse.Parameters), pair => Near.Relative(pair.First.Value, pair.Second.Value, 1e-6, pair.First.Name));
    }

    // One kind of customer in even bases, two very different ones in odd ones.
    private static PurchaseHistories Mixture(int number)
    {
        IPurchaseModel[] kinds =
        [
            number % 3 == 0 ? new MbgNbd(0.6, 5, 0.9, 1.6, TimeUnit.Week) : new ParetoNbd(0.7, 5, 0.6, 12, TimeUnit.Week),
            number % 2 == 0 ? new BgNbd(0.4, 4, 0.8, 2.4, TimeUnit.Week) : new BgNbd(8, 2, 0.2, 6, TimeUnit.Week),
        ];
        var frequency = new List<int>();
        var recency = new List<double>();
        var age = new List<double>();
        for (int row = 0; row < 2_500; row++)
        {
            IPurchaseModel kind = kinds[number % 2 == 0 ? 0 : row % 2];
            double watched = 60 - (row % 180 / 7.0);
            IReadOnlyList<double> times = kind.SimulatePurchases(Horizon.Weeks(watched), (ulong)(100 + number), (ulong)row);
            frequency.Add(times.Count);
            recency.Add(times.Count > 0 ? times[^1] : 0);
            age.Add(watched);
        }

        return PurchaseHistories.FromColumns(new() { Frequency = [.. frequency], Recency = [.. recency], Age = [.. age] }, new() { Unit = TimeUnit.Week });
    }
}
