using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What lies ahead of customers who are alive now, in the model's unit of time.</summary>
/// <remarks>
/// <para>
/// In every model of this family a history changes the future in two ways only: it gives the probability of being alive, and,
/// given that, the distributions that the rates of this customer come from. Those depend on x and T, not on t_x.
/// </para>
/// <para>
/// Answers that estimates are made of also give their slopes: the derivatives with respect to the logarithms of the process's own
/// parameters, in their order. Who does not want them passes an empty span; the answer has the same bits either way. Slopes carry
/// six digits or more, which is all that a standard error can use.
/// </para>
/// </remarks>
internal abstract class AliveProcess
{
    /// <summary>How many parameters a process has.</summary>
    internal const int Parameters = 4;

    private const int MaxSimulated = 1_000_000;

    /// <summary>P(still alive at t).</summary>
    internal abstract double Survival(double t, Span<double> slopes);

    /// <summary>E[purchases in (0, t]].</summary>
    internal abstract double ExpectedPurchases(double t, Span<double> slopes);

    /// <summary>P(exactly n purchases in (0, t]).</summary>
    internal abstract double ProbabilityOfPurchases(int n, double t);

    /// <summary>E[Σ e^(−δ t_i)] over the purchases in (0, horizon]; the horizon may be infinite, and is finite when δ is 0.</summary>
    internal abstract double DiscountedPurchases(double delta, double horizon, Span<double> slopes);

    /// <summary>E[∫ e^(−δt) dt] over the time alive in (0, horizon]; the horizon may be infinite, and is finite when δ is 0.</summary>
    internal abstract double DiscountedLifetime(double delta, double horizon, Span<double> slopes);

    /// <summary>
    /// ½ E[(∫ e^(−δt) dt)²] over the time alive in (0, horizon], which is ∫ e^(−δu) (1 − e^(−δu))/δ P(alive at u) du; the horizon is
    /// finite when δ is 0.
    /// </summary>
    internal abstract double HalfSquaredLifetime(double delta, double horizon);

    /// <summary>
    /// Gets the customers who make a purchase and, at any later time, another one: the intensity of such pairs is
    /// <c>Intensity</c> · P(such a customer is alive at the later time).
    /// </summary>
    internal abstract (double Intensity, AliveProcess Customers) PurchaseThenPurchase { get; }

    /// <summary>Gets, in the same way, the customers who make a purchase and are alive later.</summary>
    internal abstract (double Intensity, AliveProcess Customers) PurchaseThenAlive { get; }

    /// <summary>Gets, in the same way, the customers who are alive and make a purchase later.</summary>
    internal abstract (double Intensity, AliveProcess Customers) AliveThenPurchase { get; }

    /// <summary>Draws one such customer: the times of the purchases in (0, end], ascending, and for how long of it they are one.</summary>
    internal abstract double Simulate(double end, ref RandomStream random, List<double> purchases);

    internal double Survival(double t) => Survival(t, []);

    internal double ExpectedPurchases(double t) => ExpectedPurchases(t, []);

    internal double DiscountedPurchases(double delta, double horizon) => DiscountedPurchases(delta, horizon, []);

    internal double DiscountedLifetime(double delta, double horizon) => DiscountedLifetime(delta, horizon, []);

    /// <summary>E[Σ e^(−δ (t_i + t_j))] over the ordered pairs of different purchases in (0, horizon]; E[n(n − 1)] for δ = 0.</summary>
    internal double DiscountedPairs(double delta, double horizon) => 2 * Pairs(PurchaseThenPurchase, delta, horizon);

    /// <summary>E[Σ e^(−δ t_i) · ∫ e^(−δt) dt] over the purchases and the time alive in (0, horizon].</summary>
    internal double DiscountedPurchasesTimesLifetime(double delta, double horizon) =>
        Pairs(PurchaseThenAlive, delta, horizon) + Pairs(AliveThenPurchase, delta, horizon);

    /// <summary>Throws when a simulated customer has bought more often than any customer does.</summary>
    private protected static void CheckSimulated(int purchases)
    {
        if (purchases == MaxSimulated)
        {
            throw new InvalidOperationException(
                "A simulated customer made more than 1,000,000 purchases: rates like these are no customer's. Use other parameters or a shorter time.");
        }
    }

    private static double Pairs((double Intensity, AliveProcess Customers) pairs, double delta, double horizon) =>
        horizon == 0 ? 0 : pairs.Intensity * pairs.Customers.HalfSquaredLifetime(delta, horizon);
}
