using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.LifetimeValue;

/// <summary>Repeat purchases of all customers of a window, expected and actual, day by day: whether the model follows the course of time.</summary>
/// <remarks>
/// The expectation is that of a new customer, added up over the customers by the day of their first purchase: what each went on to do
/// is not used. So are the intervals of a period, which take the first purchases as given and all that follows as chance.
/// Immutable and thread-safe.
/// </remarks>
public sealed class PurchaseTracking
{
    private readonly PurchaseTimeline _timeline;
    private readonly double[] _expectedThrough;
    private readonly long[] _actualThrough;

    private readonly CohortForecast? _forecast;

    private PurchaseTracking(PurchaseTimeline timeline, double[] expectedThrough, long[] actualThrough, CohortForecast? forecast)
    {
        _timeline = timeline;
        _forecast = forecast;
        _expectedThrough = expectedThrough;
        _actualThrough = actualThrough;
    }

    /// <summary>Gets the days.</summary>
    public PurchaseTimeline Timeline => _timeline;

    /// <summary>Gets the expected repeat purchases from the first day through each day.</summary>
    public ReadOnlySpan<double> ExpectedThrough => _expectedThrough;

    /// <summary>Gets the actual repeat purchases from the first day through each day.</summary>
    public ReadOnlySpan<long> ActualThrough => _actualThrough;

    /// <summary>Tracks a model, without intervals.</summary>
    /// <param name="timeline">The days of the customers.</param>
    /// <param name="model">The model, in a named unit.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The tracking.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnitMismatchException">The model counts time in an unnamed unit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static PurchaseTracking Of(PurchaseTimeline timeline, IPurchaseModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(model);
        return Of(timeline, model, null, cancellationToken);
    }

    /// <summary>Tracks a model with its uncertainty: the periods then carry both intervals.</summary>
    /// <param name="timeline">The days of the customers.</param>
    /// <param name="estimates">The estimates of the model, which is in a named unit.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The tracking; its expectations are those of the model alone, to the bit.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnitMismatchException">The model counts time in an unnamed unit.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static PurchaseTracking Of(PurchaseTimeline timeline, PurchaseEstimates estimates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(timeline);
        ArgumentNullException.ThrowIfNull(estimates);
        return Of(timeline, estimates.Model, CohortForecast.Of(timeline, estimates, cancellationToken), cancellationToken);
    }

    private static PurchaseTracking Of(
        PurchaseTimeline timeline, IPurchaseModel model, CohortForecast? forecast, CancellationToken cancellationToken)
    {
        var ofAge = new double[timeline.Days];
        for (int day = 1; day < ofAge.Length; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ofAge[day] = model.ExpectedPurchases(Horizon.Days(day));
        }

        var expected = new double[timeline.Days];
        var actual = new long[timeline.Days];
        long soFar = 0;
        int[] arrivals = [.. Enumerable.Range(0, timeline.WindowDays).Where(day => timeline.NewCustomers[day] > 0)];
        for (int day = 0; day < expected.Length; day++)
        {
            foreach (int arrival in arrivals)
            {
                expected[day] += arrival < day ? timeline.NewCustomers[arrival] * ofAge[day - arrival] : 0;
            }

            soFar += timeline.RepeatOccasions[day];
            actual[day] = soFar;
        }

        return new(timeline, expected, actual, forecast);
    }

    /// <summary>Gives the weeks, of seven days each from the first day on; a rest of the days at the end is left out.</summary>
    /// <returns>The weeks, in order.</returns>
    public IReadOnlyList<TrackedPeriod> Weeks() => Periods(
        Enumerable.Range(0, _timeline.Days / 7).Select(week => (First: 7 * week, Last: (7 * week) + 6)));

    /// <summary>Gives the calendar months that lie wholly within the days.</summary>
    /// <returns>The months, in order.</returns>
    public IReadOnlyList<TrackedPeriod> Months()
    {
        var months = new List<(int First, int Last)>();
        LocalDate first = _timeline.FirstDay;
        LocalDate month = first.Day == 1 ? first : new LocalDate(first.Year, first.Month, 1).PlusMonths(1);
        for (int from = Period.DaysBetween(first, month); ; month = month.PlusMonths(1))
        {
            int next = Period.DaysBetween(first, month.PlusMonths(1));
            if (next > _timeline.Days)
            {
                return Periods(months);
            }

            months.Add((from, next - 1));
            from = next;
        }
    }

    private System.Collections.ObjectModel.ReadOnlyCollection<TrackedPeriod> Periods(IEnumerable<(int First, int Last)> periods) =>
        Array.AsReadOnly(periods.Select(period => new TrackedPeriod(
            _timeline.FirstDay.PlusDays(period.First),
            _timeline.FirstDay.PlusDays(period.Last),
            _expectedThrough[period.Last] - (period.First == 0 ? 0 : _expectedThrough[period.First - 1]),
            _actualThrough[period.Last] - (period.First == 0 ? 0 : _actualThrough[period.First - 1]),
            _expectedThrough[period.Last],
            _actualThrough[period.Last],
            period.Last >= _timeline.WindowDays)
        {
            Forecast = _forecast?.Between(period.First, period.Last),
            ForecastSoFar = _forecast?.Between(0, period.Last),
        }).ToArray());
}
