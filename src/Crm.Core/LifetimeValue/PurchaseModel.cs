using System.Runtime.CompilerServices;
using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What the purchase models here share: the doors, the checks of units and lengths, and the way through all rows.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public abstract class PurchaseModel : IPurchaseModel
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
        return Alive(history.Frequency, history.Recency, history.Age);
    }

    /// <inheritdoc/>
    public double ProbabilityAlive(in PurchaseHistory history, Horizon later) =>
        ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).Survival(Limited(later));

    /// <inheritdoc/>
    public void ProbabilityAlive(PurchaseHistories histories, Span<double> destination) =>
        ForEveryRow(histories, destination, static _ => 1, CancellationToken.None);

    /// <inheritdoc/>
    public double ExpectedPurchases(Horizon horizon)
    {
        var (start, process) = NewCustomer();
        return start * process.ExpectedPurchases(Limited(horizon));
    }

    /// <inheritdoc/>
    public double ExpectedPurchases(in PurchaseHistory history, Horizon horizon) =>
        ProbabilityAlive(history) * AliveAfter(history.Frequency, history.Age).ExpectedPurchases(Limited(horizon));

    /// <inheritdoc/>
    public void ExpectedPurchases(
        PurchaseHistories histories, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default)
    {
        double t = Limited(horizon);
        ForEveryRow(histories, destination, process => process.ExpectedPurchases(t), cancellationToken);
    }

    /// <inheritdoc/>
    public double ProbabilityOfPurchases(int purchases, Horizon horizon)
    {
        Guard.NotNegative(purchases);
        var (start, process) = NewCustomer();
        double none = purchases == 0 ? 1 - start : 0;
        return none + (start * process.ProbabilityOfPurchases(purchases, Limited(horizon)));
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
        var (start, process) = NewCustomer();
        return start * process.DiscountedPurchases(discount.Per(Unit), horizon.In(Unit));
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
        ForEveryRow(histories, destination, process => process.DiscountedPurchases(delta, t), cancellationToken);
    }

    /// <inheritdoc/>
    public double DiscountedLifetime(DiscountRate discount, Horizon horizon)
    {
        CheckLifetimeExists(discount, horizon);
        var (start, process) = NewCustomer();
        return start * process.DiscountedLifetime(discount.Per(Unit), horizon.In(Unit));
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
        ForEveryRow(histories, destination, process => process.DiscountedLifetime(delta, t), cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> SimulatePurchases(Horizon length, ulong seed, ulong customer) =>
        Simulate(Limited(length), new RandomStream(seed, RandomPurpose.Purchases, customer));

    /// <summary>ln L(x, t_x, T).</summary>
    private protected abstract double LogLikelihood(int frequency, double recency, double age);

    /// <summary>P(alive at T | x, t_x, T).</summary>
    private protected abstract double Alive(int frequency, double recency, double age);

    /// <summary>What lies ahead of a customer who is alive at T after x repeat purchases.</summary>
    private protected abstract AliveProcess AliveAfter(int frequency, double age);

    /// <summary>What lies ahead of a new customer, and the probability that anything does.</summary>
    private protected abstract (double Start, AliveProcess Process) NewCustomer();

    private protected abstract List<double> Simulate(double length, RandomStream random);

    /// <summary>Whether the expected purchases of every customer up to the end of time are finite.</summary>
    private protected abstract bool HasPurchasesForEver { get; }

    /// <summary>Whether the expected lifetime of every customer is finite.</summary>
    private protected abstract bool HasLifetimeForEver { get; }

    /// <summary>The parameters that make what goes on for ever infinite, in words: "a is at most 1".</summary>
    private protected abstract string WhyInfinite { get; }

    // P(alive) depends on x, t_x and T, what lies ahead on x and T alone: neighbours in the sorted order share it.
    private void ForEveryRow(
        PurchaseHistories histories, Span<double> destination, Func<AliveProcess, double> ahead, CancellationToken cancellationToken)
    {
        DistinctHistories distinct = Checked(histories);
        Guard.SameLength(histories.Count, destination.Length, "rows of the histories", nameof(destination));
        var values = new double[distinct.Count];
        int chunks = (distinct.Count + RowSums.ChunkRows - 1) / RowSums.ChunkRows;
        Parallel.For(0, chunks, new ParallelOptions { CancellationToken = cancellationToken }, chunk =>
        {
            int from = chunk * RowSums.ChunkRows;
            int to = Math.Min(distinct.Count, from + RowSums.ChunkRows);
            double shared = 0;
            for (int row = from; row < to; row++)
            {
                int x = distinct.Frequency[row];
                double age = distinct.Age[row];
                if (row == from || x != distinct.Frequency[row - 1] || age != distinct.Age[row - 1])
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    shared = ahead(AliveAfter(x, age));
                }

                values[row] = Alive(x, distinct.Recency[row], age) * shared;
            }
        });
        int[] groupOfRow = distinct.GroupOfRow;
        for (int row = 0; row < destination.Length; row++)
        {
            destination[row] = values[groupOfRow[row]];
        }
    }

    private DistinctHistories Checked(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        CheckUnit(histories.Unit);
        return histories.Distinct;
    }

    private void CheckUnit(TimeUnit unit)
    {
        if (unit != Unit)
        {
            throw new UnitMismatchException(Unit, unit);
        }
    }

    private double Limited(Horizon horizon, [CallerArgumentExpression(nameof(horizon))] string name = "") =>
        horizon.IsLimited ? horizon.In(Unit) : throw new ArgumentOutOfRangeException(name, "Must be a limited horizon; it was unlimited. Give it an end.");

    private void CheckPurchasesExist(DiscountRate discount, Horizon horizon)
    {
        if (!HasDiscountedPurchases(discount, horizon))
        {
            throw Infinite("purchases");
        }
    }

    private void CheckLifetimeExists(DiscountRate discount, Horizon horizon)
    {
        if (!HasDiscountedLifetime(discount, horizon))
        {
            throw Infinite("lifetime");
        }
    }

    private UndefinedValueException Infinite(string what) => new(
        $"Without a discount and without a horizon the expected {what} of a customer are infinite under this {Name} model, since {WhyInfinite}. "
        + "Give a discount rate above 0 or a limited horizon.");
}
