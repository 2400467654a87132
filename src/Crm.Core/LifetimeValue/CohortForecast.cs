using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>The repeat purchases of all customers of a timeline in any of its days, with their uncertainty.</summary>
/// <remarks>
/// Of the n purchases of one new customer between the ages a and b, E[n (n − 1)] is the integral over v from a to b of
/// 2 I (v − a) S(v), with I the intensity of pairs of purchases and S the survival of who made the first one: the time of the earlier
/// purchase does not matter to who is alive at the later. It is kept as ∫ S and ∫ v S from 0 to each age. Customers are independent.
/// </remarks>
internal sealed class CohortForecast
{
    private readonly PurchaseTimeline _timeline;
    private readonly ParameterCovariance _covariance;
    private readonly int[] _arrivals;
    private readonly double[] _expected;
    private readonly double[] _slopes;
    private readonly double[] _ages;
    private readonly double[] _survival;
    private readonly double[] _timesSurvival;

    private CohortForecast(PurchaseTimeline timeline, ParameterCovariance covariance)
    {
        _timeline = timeline;
        _covariance = covariance;
        _arrivals = [.. Enumerable.Range(0, timeline.WindowDays).Where(day => timeline.NewCustomers[day] > 0)];
        _expected = new double[timeline.Days];
        _slopes = new double[timeline.Days * AliveProcess.Parameters];
        _ages = new double[timeline.Days];
        _survival = new double[timeline.Days];
        _timesSurvival = new double[timeline.Days];
    }

    internal static CohortForecast Of(PurchaseTimeline timeline, PurchaseEstimates estimates, CancellationToken cancellationToken)
    {
        var forecast = new CohortForecast(timeline, estimates.Covariance);
        PurchaseModel model = estimates.OwnModel;
        for (int day = 1; day < timeline.Days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            forecast.Ask(model, day, Horizon.Days(day).In(model.Unit));
        }

        return forecast;
    }

    /// <summary>The purchases from one day through another, counted from 0.</summary>
    internal TotalForecast Between(int firstDay, int lastDay)
    {
        double total = 0;
        double variance = 0;
        Span<double> slopes = stackalloc double[AliveProcess.Parameters];
        slopes.Clear();
        foreach (int arrival in _arrivals.TakeWhile(day => day <= lastDay))
        {
            int from = Math.Max(0, firstDay - 1 - arrival);
            int to = lastDay - arrival;
            double customers = _timeline.NewCustomers[arrival];
            double expected = _expected[to] - _expected[from];
            total += customers * expected;
            variance += customers * Math.Max(0, Pairs(from, to) + expected - (expected * expected));
            for (int i = 0; i < slopes.Length; i++)
            {
                slopes[i] += customers * (_slopes[(to * slopes.Length) + i] - _slopes[(from * slopes.Length) + i]);
            }
        }

        return new(new(total, total > 0 ? _covariance.StandardError(slopes) / total : 0, EstimateScale.Log), variance, null);
    }

    private void Ask(PurchaseModel model, int day, double age)
    {
        _expected[day] = model.OfNewCustomer(
            (process, slopes) => process.ExpectedPurchases(age, slopes), _slopes.AsSpan(day * AliveProcess.Parameters, AliveProcess.Parameters));
        _survival[day] = model.OfNewCustomer((process, _) => 2 * OfPairs(process, after => after.DiscountedLifetime(0, age)), []);
        _timesSurvival[day] = model.OfNewCustomer((process, _) => process.DiscountedPairs(0, age), []);
        _ages[day] = age;
    }

    private double Pairs(int from, int to) =>
        _timesSurvival[to] - _timesSurvival[from] - (_ages[from] * (_survival[to] - _survival[from]));

    private static double OfPairs(AliveProcess process, Func<AliveProcess, double> ask)
    {
        var (intensity, customers) = process.PurchaseThenPurchase;
        return intensity * ask(customers);
    }
}
