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
            forecast.AskExpectation(model, day, Horizon.Days(day).In(model.Unit));
        }

        forecast.AskPairs(model, cancellationToken);

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

        return new(new(total, total > 0 ? _covariance.StandardError(slopes) / total : 0, EstimateScale.Log), variance, null, isCount: true);
    }

    private void AskExpectation(PurchaseModel model, int day, double age)
    {
        _ages[day] = age;
        _expected[day] = model.OfNewCustomer(
            (process, slopes) => process.ExpectedPurchases(age, slopes), _slopes.AsSpan(day * AliveProcess.Parameters, AliveProcess.Parameters));
    }

    // Both integrals day by day, by Simpson's rule: to six digits and more, at two survivals a day. The first day, when survival falls the
    // fastest, is taken exactly.
    private void AskPairs(PurchaseModel model, CancellationToken cancellationToken)
    {
        AliveProcess? ofNew = null;
        double start = model.OfNewCustomer(
            (process, _) =>
            {
                ofNew = process;
                return 1;
            },
            []);
        var (intensity, customers) = ofNew!.PurchaseThenPurchase;
        double factor = 2 * start * intensity;
        double before = 1;
        for (int day = 1; day < _ages.Length; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double from = _ages[day - 1];
            double to = _ages[day];
            double after = customers.Survival(to);
            double middle = customers.Survival(0.5 * (from + to));
            double sixth = factor * (to - from) / 6;
            _survival[day] = day == 1 ? factor * customers.DiscountedLifetime(0, to)
                : _survival[day - 1] + (sixth * (before + (4 * middle) + after));
            _timesSurvival[day] = day == 1 ? factor * customers.HalfSquaredLifetime(0, to)
                : _timesSurvival[day - 1] + (sixth * ((from * before) + (2 * (from + to) * middle) + (to * after)));
            before = after;
        }
    }

    private double Pairs(int from, int to) =>
        _timesSurvival[to] - _timesSurvival[from] - (_ages[from] * (_survival[to] - _survival[from]));
}
