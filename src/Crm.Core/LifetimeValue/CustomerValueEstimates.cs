using Crm.Core.Histories;

namespace Crm.Core.LifetimeValue;

/// <summary>What every customer of a base is worth, how sure that is, and what may come of it.</summary>
/// <remarks>
/// <para>
/// The values are those of <see cref="CustomerValues"/>, to the bit. Each carries the uncertainty of the parameters of both models
/// (delta method, on the logarithm; on the value itself where costs can take it below 0; with the <see cref="Estimate.Bend"/> of the purchases to come). The total also says what may come of it,
/// chance included; so does <see cref="OutcomeOf(CustomerId, ulong, int)"/> for one customer. All is conditional on the models and
/// on the terms.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed class CustomerValueEstimates
{
    private readonly PurchaseHistories _histories;
    private readonly PurchaseEstimates _buying;
    private readonly SpendEstimates _spend;
    private readonly Lazy<TotalForecast> _total;

    private CustomerValueEstimates(
        PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, CustomerValues values, EstimateColumn clv, Lazy<TotalForecast> total)
    {
        _histories = histories;
        _buying = buying;
        _spend = spend;
        Values = values;
        Clv = clv;
        _total = total;
    }

    /// <summary>Gets the values themselves.</summary>
    public CustomerValues Values { get; }

    /// <summary>Gets the lifetime values with their errors, of one customer each, in the currency of <see cref="Values"/>.</summary>
    public EstimateColumn Clv { get; }

    /// <summary>Gets the lifetime value of the whole base with both intervals; worked out when first asked for.</summary>
    public TotalForecast Total => _total.Value;

    /// <summary>Gets the lifetime value of a customer by the text of the id.</summary>
    /// <param name="customer">The id.</param>
    /// <exception cref="KeyNotFoundException">There is no such customer.</exception>
    public Estimate this[string customer] => CustomerId.TryOf(customer, out CustomerId id)
        ? this[id]
        : throw new KeyNotFoundException("There is no such customer: an id has 1 to 128 characters.");

    /// <summary>Gets the lifetime value of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">There is no such customer.</exception>
    public Estimate this[CustomerId customer] => Clv[RowOf(customer)];

    /// <summary>Works out what every customer is worth, and how sure that is.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="buying">The purchase model with its uncertainty, in the unit of the histories.</param>
    /// <param name="spend">The spend model with its uncertainty, in the currency of the histories.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The values, row by row.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnitMismatchException">Histories, model and terms do not agree on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">Histories, model and terms do not agree on the currency.</exception>
    /// <exception cref="UndefinedValueException">The values are infinite on these terms, or expected spend does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static CustomerValueEstimates Of(
        PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, ClvTerms terms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentNullException.ThrowIfNull(terms);
        return Of(histories, buying, spend, terms, ServiceCosts.Of(terms, buying.Model.Unit), cancellationToken);
    }

    /// <summary>Works out what every customer is worth, and how sure that is, where each costs something else to serve.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="buying">The purchase model with its uncertainty, in the unit of the histories.</param>
    /// <param name="spend">The spend model with its uncertainty, in the currency of the histories.</param>
    /// <param name="terms">The terms, without a cost to serve of their own.</param>
    /// <param name="yearlyCostToServe">What it costs a year to serve one customer of each row, in the currency of the histories; finite, 0 or more. It is taken as certain.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The values, row by row; with equal costs the bits of <see cref="ClvTerms.CostToServe"/> for all.</returns>
    /// <exception cref="ArgumentException"><paramref name="yearlyCostToServe"/> has not one entry a row, or the terms have a cost to serve too.</exception>
    /// <exception cref="RowFaultsException">A cost is negative or not finite.</exception>
    /// <inheritdoc cref="Of(PurchaseHistories, PurchaseEstimates, SpendEstimates, ClvTerms, CancellationToken)" path="/exception"/>
    public static CustomerValueEstimates Of(
        PurchaseHistories histories,
        PurchaseEstimates buying,
        SpendEstimates spend,
        ClvTerms terms,
        ReadOnlySpan<double> yearlyCostToServe,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentNullException.ThrowIfNull(terms);
        return Of(histories, buying, spend, terms, ServiceCosts.Of(histories, terms, buying.Model.Unit, yearlyCostToServe), cancellationToken);
    }

    private static CustomerValueEstimates Of(
        PurchaseHistories histories, PurchaseEstimates buying, SpendEstimates spend, ClvTerms terms, ServiceCosts costs, CancellationToken cancellationToken)
    {
        terms.CheckCurrency(histories.Currency);
        var worth = new ValueSlopes(histories, buying, spend, terms, costs, cancellationToken);
        return new(histories, buying, spend, worth.Values, worth.Column(), new(() => new(
            new(worth.Values.Total, worth.TotalError(), worth.Scale),
            ValueVariance.Of(histories, buying, spend, worth.Values),
            ValueVariance.WhyNone(histories, spend, terms))));
    }

    /// <summary>Simulates what may come of a customer: the present value of the profit still to come.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="seed">Any number; the same one gives the same futures.</param>
    /// <param name="draws">How many futures, from 100 to 1,000,000; each draws its own parameters, within their uncertainty.</param>
    /// <returns>The simulated values, in the currency of <see cref="Values"/>.</returns>
    /// <exception cref="KeyNotFoundException">There is no such customer.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="draws"/> is out of range.</exception>
    /// <exception cref="UndefinedValueException">The terms have neither a discount nor a horizon: a future has no end.</exception>
    public SimulatedOutcome OutcomeOf(CustomerId customer, ulong seed = 1, int draws = 10_000)
    {
        int row = RowOf(customer);
        return new SimulatedFuture(_buying, _spend, Values.Terms, Values.Costs).Of(_histories[row], seed, row, Checked(draws));
    }

    private static int Checked(int draws) =>
        (int)Guard.InRange((double)draws, 100, 1_000_000, "10,000 make the ends of a 90 % interval good to about 2 %.", nameof(draws));

    private int RowOf(CustomerId customer) => _histories.TryGetRow(customer, out int row)
        ? row
        : throw new KeyNotFoundException($"There is no value of customer {customer}: no purchase in the window.");
}
