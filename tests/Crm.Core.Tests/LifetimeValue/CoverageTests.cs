using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Tests.LifetimeValue;

/// <summary>
/// Simulation: a small fixed part of the study in docs/studies/interval-coverage.md. The base is the unit: 40 of them give a share of
/// 90 % a standard error of 5 %, and the customers of one base are right or wrong together.
/// </summary>
public sealed class CoverageTests
{
    private const int Bases = 40;
    private const int Customers = 2_000;
    private const double Level = 0.90;

    private static readonly MbgNbd _truth = new(0.525, 6.18, 0.891, 1.614, TimeUnit.Week);
    private static readonly Horizon _ahead = Horizon.Weeks(39);

    [Fact]
    public void Intervals_SimulatedBases_HoldWhatTheyAreFor()
    {
        double expectations = 0;
        double counts = 0;
        int totals = 0;
        int alive = 0;
        int byErrorAlone = 0;
        for (int number = 0; number < Bases; number++)
        {
            var (histories, future) = Base((ulong)(1000 + number));
            var estimates = PurchaseEstimates.Of(MbgNbd.Fit(histories));
            var truth = new double[Customers];
            _truth.ExpectedPurchases(histories, _ahead, truth);
            var (low, high) = (new double[Customers], new double[Customers]);
            estimates.ExpectedPurchases(histories, _ahead).EstimateInterval(Level, low, high);
            expectations += Enumerable.Range(0, Customers).Count(row => low[row] <= truth[row] && truth[row] <= high[row]) / (double)Customers;
            counts += Enumerable.Range(0, Customers).Count(row => low[row] <= future[row] && future[row] <= high[row]) / (double)Customers;
            // Whoever bought last 39 weeks ago and never again: where the delta method alone falls short.
            PurchaseHistory gone = histories[Array.IndexOf(histories.Frequency.ToArray(), 0)];
            Estimate estimate = estimates.ProbabilityAlive(gone)!.Value;
            double p = _truth.ProbabilityAlive(gone);
            alive += estimate.EstimateInterval(Level).Contains(p) ? 1 : 0;
            byErrorAlone += new Estimate(estimate.Value, estimate.StandardError, estimate.Scale).EstimateInterval(Level).Contains(p) ? 1 : 0;
            totals += estimates.TotalPurchases(histories, _ahead).OutcomeInterval(Level).Contains(future.Sum()) ? 1 : 0;
        }

        Assert.InRange(expectations / Bases, 0.76, 0.99);
        Assert.InRange(totals, (int)(0.76 * Bases), Bases);
        Assert.InRange(alive, Math.Max(byErrorAlone, (int)(0.76 * Bases)), Bases);

        // An estimate interval is none for what one customer will do.
        Assert.InRange(counts / Bases, 0, 0.05);
    }

    private static (PurchaseHistories Histories, int[] Future) Base(ulong seed)
    {
        var frequency = new int[Customers];
        var recency = new double[Customers];
        var age = new double[Customers];
        var future = new int[Customers];
        for (int row = 0; row < Customers; row++)
        {
            age[row] = 39 - (12.0 * row / Customers);
            IReadOnlyList<double> times = _truth.SimulatePurchases(Horizon.Weeks(age[row] + 39), seed, (ulong)row);
            frequency[row] = times.Count(time => time <= age[row]);
            recency[row] = frequency[row] == 0 ? 0 : times[frequency[row] - 1];
            future[row] = times.Count - frequency[row];
        }

        return (PurchaseHistories.FromColumns(new() { Frequency = frequency, Recency = recency, Age = age }, new() { Unit = TimeUnit.Week }), future);
    }
}
