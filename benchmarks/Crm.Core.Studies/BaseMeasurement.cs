using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Studies;

/// <summary>Draws one base, fits it, and holds its intervals against what is known.</summary>
internal sealed class BaseMeasurement
{
    internal const double Level = 0.90;

    /// <summary>How many customers are asked for their outcome interval: it costs far more than an estimate.</summary>
    internal const int Sampled = 20;

    private readonly BaseResult _result = new();
    private readonly IPurchaseModel _truth;
    private readonly PurchaseEstimates _estimates;
    private readonly PurchaseHistories _histories;
    private readonly int[] _holdout;

    private BaseMeasurement(IPurchaseModel truth, PurchaseEstimates estimates, SimulatedBase customers)
    {
        _truth = truth;
        _estimates = estimates;
        _histories = customers.Histories;
        _holdout = customers.Holdout;
    }

    internal static DiscountRate Discount { get; } = DiscountRate.PerYear(0.10);

    internal static BaseResult Of(Truth truth, int customers, ulong seed)
    {
        SimulatedBase simulated = SimulatedBase.Draw(truth.Model, customers, seed);
        FitResult<IPurchaseModel> fit = PurchaseModels.Fit(truth.Name, simulated.Histories);
        if (!fit.Converged)
        {
            return new() { Failure = fit.Diagnostics.First(found => found.IsFailure).Diagnosis };
        }

        return fit.Statistics.Covariance is null
            ? new() { HasNoIntervals = true }
            : new BaseMeasurement(truth.Model, PurchaseEstimates.Of(fit), simulated).Measure();
    }

    private BaseResult Measure()
    {
        var expected = new double[_histories.Count];
        _truth.ExpectedPurchases(_histories, SimulatedBase.HoldoutLength, expected);
        MeasurePurchases(expected);
        MeasureAlive();
        MeasureDiscounted();
        MeasureOutcomes();
        MeasureTotal(expected.Sum());
        return _result;
    }

    private void MeasurePurchases(double[] expected)
    {
        EstimateColumn column = _estimates.ExpectedPurchases(_histories, SimulatedBase.HoldoutLength);
        for (int row = 0; row < column.Count; row++)
        {
            IntervalBounds interval = column[row].EstimateInterval(Level);
            _result.AddCustomer(Measured.ExpectedPurchases, _histories.Frequency[row], interval, expected[row]);
            _result.AddCustomer(Measured.CountInEstimate, _histories.Frequency[row], interval, _holdout[row]);
        }
    }

    private void MeasureAlive()
    {
        var alive = new double[_histories.Count];
        _truth.ProbabilityAlive(_histories, alive);
        for (int row = 0; row < alive.Length; row++)
        {
            if (_estimates.ProbabilityAlive(_histories[row]) is { } estimate)
            {
                _result.AddCustomer(Measured.ProbabilityAlive, _histories.Frequency[row], estimate.EstimateInterval(Level), alive[row]);
            }
        }
    }

    private void MeasureDiscounted()
    {
        var discounted = new double[_histories.Count];
        _truth.DiscountedPurchases(_histories, Discount, Horizon.Unlimited, discounted);
        EstimateColumn column = _estimates.DiscountedPurchases(_histories, Discount, Horizon.Unlimited);
        for (int row = 0; row < column.Count; row++)
        {
            _result.AddCustomer(
                Measured.DiscountedPurchases, _histories.Frequency[row], column[row].EstimateInterval(Level), discounted[row]);
        }
    }

    private void MeasureOutcomes()
    {
        for (int row = 0; row < _histories.Count; row += Math.Max(1, _histories.Count / Sampled))
        {
            PurchaseHistory history = _histories[row];
            PurchaseOutcome outcome = _estimates.OutcomeOfPurchases(history, SimulatedBase.HoldoutLength);
            _result.AddCustomer(Measured.CountInOutcome, history.Frequency, outcome.OutcomeInterval(Level), _holdout[row]);
            _result.AddCustomer(Measured.CountInTruth, history.Frequency, TrueOutcome(history), _holdout[row]);
        }
    }

    private void MeasureTotal(double expected)
    {
        TotalForecast total = _estimates.TotalPurchases(_histories, SimulatedBase.HoldoutLength);
        int realised = _holdout.Sum();
        _result.Add(Measured.ExpectedTotal, CustomerGroup.Base, total.EstimateInterval(Level), expected);
        _result.Add(Measured.TotalInOutcome, CustomerGroup.Base, total.OutcomeInterval(Level), realised);
        _result.Add(Measured.TotalInEstimate, CustomerGroup.Base, total.EstimateInterval(Level), realised);
    }

    private IntervalBounds TrueOutcome(PurchaseHistory history)
    {
        double outside = 0.5 * (1 - Level);
        return new(TrueQuantile(history, outside), TrueQuantile(history, 1 - outside), Level);
    }

    private int TrueQuantile(PurchaseHistory history, double probability)
    {
        int purchases = 0;
        double sum = _truth.ProbabilityOfPurchases(history, 0, SimulatedBase.HoldoutLength);
        while (sum < probability)
        {
            purchases++;
            sum += _truth.ProbabilityOfPurchases(history, purchases, SimulatedBase.HoldoutLength);
        }

        return purchases;
    }
}
