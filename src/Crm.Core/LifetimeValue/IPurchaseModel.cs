using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>A model of how customers without a contract buy and stop buying.</summary>
/// <remarks>
/// Each question has two doors: one for a customer, and one for all rows of histories at once, written into the caller's own
/// memory. Both give the same bits. Times are <see cref="Horizon"/>s and are converted to the model's <see cref="Unit"/>.
/// Implementations are immutable and thread-safe.
/// </remarks>
public interface IPurchaseModel
{
    /// <summary>Gets the model's short name, as the tool writes it: "bg-nbd".</summary>
    string Name { get; }

    /// <summary>Gets the unit in which the model counts time. Histories must have the same.</summary>
    TimeUnit Unit { get; }

    /// <summary>Gets the parameters by the names of the paper, in its order.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>Log-likelihood of a history: ln L(x, t_x, T), without combinatorial constants.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <returns>A finite number.</returns>
    /// <exception cref="UnitMismatchException">The history is in another unit.</exception>
    double LogLikelihood(in PurchaseHistory history);

    /// <summary>Log-likelihood of all histories: the sum over customers.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <returns>A finite number, 0 for no customers.</returns>
    /// <exception cref="UnitMismatchException">The histories are in another unit.</exception>
    double LogLikelihood(PurchaseHistories histories);

    /// <summary>Probability that a customer has not dropped out by the end of the window.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="UnitMismatchException">The history is in another unit.</exception>
    double ProbabilityAlive(in PurchaseHistory history);

    /// <summary>Probability that a customer has not dropped out some time after the end of the window.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="later">How long after; limited.</param>
    /// <returns>From 0 to 1; it never rises with <paramref name="later"/> by more than rounding.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="later"/> is unlimited.</exception>
    double ProbabilityAlive(in PurchaseHistory history, Horizon later);

    /// <summary>Probability of every row that the customer has not dropped out by the end of the window.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="destination">Receives one number a row, from 0 to 1.</param>
    /// <exception cref="UnitMismatchException">The histories are in another unit.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each row.</exception>
    void ProbabilityAlive(PurchaseHistories histories, Span<double> destination);

    /// <summary>Expected repeat purchases of a new customer in (0, t], the first purchase not counted.</summary>
    /// <param name="horizon">t, limited.</param>
    /// <returns>A finite number, 0 or more; 0 for t = 0; it never falls as t grows by more than rounding (1e-13 of it).</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    double ExpectedPurchases(Horizon horizon);

    /// <summary>Expected purchases in (T, T + t] of a customer with this history.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <returns>A finite number, 0 or more; 0 for t = 0; it never falls as t grows by more than rounding (1e-13 of it).</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="horizon"/> is unlimited.</exception>
    double ExpectedPurchases(in PurchaseHistory history, Horizon horizon);

    /// <summary>Expected purchases in (T, T + t] of every row; of one customer each where rows are shared.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="horizon">t, limited.</param>
    /// <param name="destination">Receives one number a row, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work; what was written by then is incomplete.</param>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each row, or the horizon is unlimited.</exception>
    void ExpectedPurchases(PurchaseHistories histories, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default);

    /// <summary>Probability that a new customer makes exactly n repeat purchases in (0, t].</summary>
    /// <param name="purchases">n, 0 or more.</param>
    /// <param name="horizon">t, limited.</param>
    /// <returns>From 0 to 1; over all n they sum to 1.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="purchases"/> is negative or <paramref name="horizon"/> unlimited.</exception>
    double ProbabilityOfPurchases(int purchases, Horizon horizon);

    /// <summary>Probability that a customer with this history makes exactly n purchases in (T, T + t].</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="purchases">n, 0 or more.</param>
    /// <param name="horizon">t, limited.</param>
    /// <returns>From 0 to 1; over all n they sum to 1.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="purchases"/> is negative or <paramref name="horizon"/> unlimited.</exception>
    double ProbabilityOfPurchases(in PurchaseHistory history, int purchases, Horizon horizon);

    /// <summary>Whether the discounted purchases of every customer are finite: always with a discount or a limited horizon.</summary>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>Whether <see cref="DiscountedPurchases(in PurchaseHistory, DiscountRate, Horizon)"/> exists.</returns>
    bool HasDiscountedPurchases(DiscountRate discount, Horizon horizon);

    /// <summary>
    /// Whether the discounted lifetime of every customer is finite: always with a discount or a limited horizon.
    /// </summary>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>Whether <see cref="DiscountedLifetime(in PurchaseHistory, DiscountRate, Horizon)"/> exists.</returns>
    bool HasDiscountedLifetime(DiscountRate discount, Horizon horizon);

    /// <summary>
    /// Discounted expected repeat purchases of a new customer, the first purchase not counted: each purchase at time t counts e^(−δt).
    /// </summary>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>A finite number, 0 or more.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    double DiscountedPurchases(DiscountRate discount, Horizon horizon);

    /// <summary>
    /// Discounted expected residual transactions (DERT) of a customer with this history: each purchase at time T + t counts e^(−δt).
    /// </summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead; unlimited for DERT proper.</param>
    /// <returns>A finite number, 0 or more.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    double DiscountedPurchases(in PurchaseHistory history, DiscountRate discount, Horizon horizon);

    /// <summary>Discounted expected purchases of every row; of one customer each where rows are shared.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead; unlimited for DERT proper.</param>
    /// <param name="destination">Receives one number a row, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work; what was written by then is incomplete.</param>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each row.</exception>
    void DiscountedPurchases(
        PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default);

    /// <summary>Discounted expected time for which a new customer will be one, from the first purchase.</summary>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>In the model's unit; finite, 0 or more.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    double DiscountedLifetime(DiscountRate discount, Horizon horizon);

    /// <summary>Discounted expected time for which a customer with this history will still be one: what it costs to serve them meets this.</summary>
    /// <param name="history">The history, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <returns>In the model's unit; finite, 0 or more.</returns>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    double DiscountedLifetime(in PurchaseHistory history, DiscountRate discount, Horizon horizon);

    /// <summary>Discounted expected lifetime of every row; of one customer each where rows are shared.</summary>
    /// <param name="histories">The histories, in the model's unit.</param>
    /// <param name="discount">The discount rate.</param>
    /// <param name="horizon">How far ahead.</param>
    /// <param name="destination">Receives one number a row, in the model's unit, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work; what was written by then is incomplete.</param>
    /// <exception cref="UndefinedValueException">It is infinite: no discount, no horizon, and customers who may never drop out.</exception>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has not one place for each row.</exception>
    void DiscountedLifetime(
        PurchaseHistories histories, DiscountRate discount, Horizon horizon, Span<double> destination, CancellationToken cancellationToken = default);

    /// <summary>Draws the repeat purchases of a new customer.</summary>
    /// <param name="length">How long the customer is watched; limited.</param>
    /// <param name="seed">Any number; the same one gives the same purchases.</param>
    /// <param name="customer">Which customer of this seed; they are independent of each other.</param>
    /// <returns>The times of the purchases after the first, in the model's unit, ascending.</returns>
    /// <exception cref="UnitMismatchException">The units do not agree.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is unlimited.</exception>
    /// <exception cref="InvalidOperationException">The customer made more than 1,000,000 purchases.</exception>
    IReadOnlyList<double> SimulatePurchases(Horizon length, ulong seed, ulong customer);
}
