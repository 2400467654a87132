using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What the purchase models here share: the doors, the checks of units and lengths, and the way through all rows.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract partial class PurchaseModel : IPurchaseModel
{
    private protected PurchaseModel(string name, TimeUnit unit)
    {
        Name = name;
        Unit = unit;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeUnit Unit { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <inheritdoc/>
    public double LogLikelihood(in PurchaseHistory history)
    {
        CheckUnit(history.Unit);
        return LogLikelihood(history.Frequency, history.Recency, history.Age);
    }

    /// <inheritdoc/>
    public double LogLikelihood(PurchaseHistories histories)
    {
        DistinctHistories distinct = Checked(histories);
        return RowSums.Of(distinct.Count, 1, (from, to, lanes) =>
        {
            for (int row = from; row < to; row++)
            {
                lanes[row % RowSums.Lanes] +=
                    distinct.Customers[row] * LogLikelihood(distinct.Frequency[row], distinct.Recency[row], distinct.Age[row]);
            }
        }, CancellationToken.None)[0];
    }

    /// <inheritdoc/>
    public double ProbabilityAlive(in PurchaseHistory history)
    {
        CheckUnit(history.Unit);
        return Alive(LogOddsOut(history.Frequency, history.Recency, history.Age, []));
    }

    /// <inheritdoc/>
    public double ProbabilityAlive(in PurchaseHistory history, Horizon later) =>
        ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).Survival(Limited(later));

    /// <inheritdoc/>
    public void ProbabilityAlive(PurchaseHistories histories, Span<double> destination) =>
        ForEveryRow(histories, destination, AliveNow, CancellationToken.None);

    /// <inheritdoc/>
    public double ExpectedPurchases(Horizon horizon)
    {
        return Start([]) * NewCustomer([]).ExpectedPurchases(Limited(horizon));
    }

    /// <inheritdoc/>
    public double ExpectedPurchases(in PurchaseHistory history, Horizon horizon) =>
        ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).ExpectedPurchases(Limited(horizon));

    /// <inheritdoc/>
    public void ExpectedPurchases(
        PurchaseHistories histories, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default)
    {
        double t = Limited(horizon);
        ForEveryRow(histories, destination, (process, slopes) => process.ExpectedPurchases(t, slopes), cancellationToken);
    }

    /// <inheritdoc/>
    public double ProbabilityOfPurchases(int purchases, Horizon horizon)
    {
        Guard.NotNegative(purchases);
        double start = Start([]);
        double none = purchases == 0 ? 1 - start : 0;
        return none + (start * NewCustomer([]).ProbabilityOfPurchases(purchases, Limited(horizon)));
    }

    /// <inheritdoc/>
    public double ProbabilityOfPurchases(in PurchaseHistory history, int purchases, Horizon horizon)
    {
        Guard.NotNegative(purchases);
        double alive = ProbabilityAlive(history);
        double none = purchases == 0 ? 1 - alive : 0;
        return none + (alive * AliveAfter(history.Frequency, history.Age).ProbabilityOfPurchases(purchases, Limited(horizon)));
    }

    /// <inheritdoc/>
    public bool HasDiscountedPurchases(DiscountRate discount, Horizon horizon) =>
        !discount.IsZero || horizon.IsLimited || HasPurchasesForEver;

    /// <inheritdoc/>
    public bool HasDiscountedLifetime(DiscountRate discount, Horizon horizon) =>
        !discount.IsZero || horizon.IsLimited || HasLifetimeForEver;

    /// <inheritdoc/>
    public double DiscountedPurchases(DiscountRate discount, Horizon horizon)
    {
        CheckPurchasesExist(discount, horizon);
        return Start([]) * NewCustomer([]).DiscountedPurchases(discount.Per(Unit), horizon.In(Unit));
    }

    /// <inheritdoc/>
    public double DiscountedPurchases(in PurchaseHistory history, DiscountRate discount, Horizon horizon)
    {
        CheckPurchasesExist(discount, horizon);
        return ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).DiscountedPurchases(discount.Per(Unit), horizon.In(Unit));
    }

    /// <inheritdoc/>
    public void DiscountedPurchases(
        PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default)
    {
        CheckPurchasesExist(discount, horizon);
        double delta = discount.Per(Unit);
        double t = horizon.In(Unit);
        ForEveryRow(histories, destination, (process, slopes) => process.DiscountedPurchases(delta, t, slopes), cancellationToken);
    }

    /// <inheritdoc/>
    public double DiscountedLifetime(DiscountRate discount, Horizon horizon)
    {
        CheckLifetimeExists(discount, horizon);
        return Start([]) * NewCustomer([]).DiscountedLifetime(discount.Per(Unit), horizon.In(Unit));
    }

    /// <inheritdoc/>
    public double DiscountedLifetime(in PurchaseHistory history, DiscountRate discount, Horizon horizon)
    {
        CheckLifetimeExists(discount, horizon);
        return ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).DiscountedLifetime(discount.Per(Unit), horizon.In(Unit));
    }

    /// <inheritdoc/>
    public void DiscountedLifetime(
        PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default)
    {
        CheckLifetimeExists(discount, horizon);
        double delta = discount.Per(Unit);
        double t = horizon.In(Unit);
        ForEveryRow(histories, destination, (process, slopes) => process.DiscountedLifetime(delta, t, slopes), cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> SimulatePurchases(Horizon length, ulong seed, ulong customer)
    {
        double end = Limited(length);
        var random = new RandomStream(seed, RandomPurpose.Purchases, customer);
        var times = new List<double>();
        double start = Start([]);
        if (start == 1 || random.NextDouble() < start)
        {
            _ = NewCustomer([]).Simulate(end, ref random, times);
        }

        return times;
    }
}
