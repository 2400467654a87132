namespace Crm.Core.LifetimeValue;

/// <summary>What lies ahead of customers who are alive now, in the model's unit of time.</summary>
/// <remarks>
/// In every model of this family a history changes the future in two ways only: it gives the probability of being alive, and,
/// given that, the distributions that the rates of this customer come from. Those depend on x and T, not on t_x.
/// </remarks>
internal abstract class AliveProcess
{
    /// <summary>P(still alive at t).</summary>
    internal abstract double Survival(double t);

    /// <summary>E[purchases in (0, t]].</summary>
    internal abstract double ExpectedPurchases(double t);

    /// <summary>P(exactly n purchases in (0, t]).</summary>
    internal abstract double ProbabilityOfPurchases(int n, double t);

    /// <summary>E[Σ e^(−δ t_i)] over the purchases in (0, horizon]; the horizon may be infinite, and is finite when δ is 0.</summary>
    internal abstract double DiscountedPurchases(double delta, double horizon);

    /// <summary>E[∫ e^(−δt) dt] over the time alive in (0, horizon]; the horizon may be infinite, and is finite when δ is 0.</summary>
    internal abstract double DiscountedLifetime(double delta, double horizon);
}
