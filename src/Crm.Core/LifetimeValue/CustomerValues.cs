using Crm.Core.Histories;
using Crm.Core.Numerics;

namespace Crm.Core.LifetimeValue;

/// <summary>What every customer of a base is worth, in columns, row by row as the histories.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class CustomerValues
{
    private readonly PurchaseHistories _histories;
    private readonly double[] _alive;
    private readonly double[] _purchases;
    private readonly double[] _spend;
    private readonly double[] _clv;
    private readonly bool[] _ownSpend;

    private CustomerValues(PurchaseHistories histories, ClvTerms terms, ServiceCosts costs, double[] purchases)
    {
        _histories = histories;
        Terms = terms;
        Costs = costs;
        _alive = new double[histories.Count];
        _purchases = purchases;
        _spend = new double[histories.Count];
        _clv = new double[histories.Count];
        _ownSpend = new bool[histories.Count];
    }

    /// <summary>Gets the terms they were worked out on.</summary>
    public ClvTerms Terms { get; }

    /// <summary>Gets the currency of the amounts.</summary>
    public Currency Currency => _histories.Currency;

    /// <summary>Gets the number of rows.</summary>
    public int Count => _clv.Length;

    /// <summary>Gets the ids, one a row.</summary>
    public IReadOnlyList<CustomerId> Ids => _histories.Ids;

    /// <summary>Gets the probabilities of not having dropped out.</summary>
    public ReadOnlySpan<double> ProbabilityAlive => _alive;

    /// <summary>Gets the discounted expected purchases over the terms' horizon, of one customer each.</summary>
    public ReadOnlySpan<double> DiscountedPurchases => _purchases;

    /// <summary>Gets the expected values of a purchase, in <see cref="Currency"/>.</summary>
    public ReadOnlySpan<double> ExpectedSpend => _spend;

    /// <summary>
    /// Gets whether each expected spend is the customer's own. Where it is not, there were no repeat purchases with a positive mean
    /// to learn it from, and the population mean stands in.
    /// </summary>
    public ReadOnlySpan<bool> HasOwnSpend => _ownSpend;

    /// <summary>Gets the lifetime values, in <see cref="Currency"/>, of one customer each.</summary>
    public ReadOnlySpan<double> Clv => _clv;

    /// <summary>Gets the lifetime value of the whole base: the sum over customers, in <see cref="Currency"/>.</summary>
    public double Total { get; private set; }

    /// <summary>Gets the value of a customer by the text of the id.</summary>
    /// <param name="customer">The id.</param>
    /// <exception cref="KeyNotFoundException">There is no such customer.</exception>
    public CustomerValue this[string customer] => CustomerId.TryOf(customer, out CustomerId id)
        ? this[id]
        : throw new KeyNotFoundException("There is no such customer: an id has 1 to 128 characters.");

    /// <summary>Gets the value of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">There is no such customer.</exception>
    public CustomerValue this[CustomerId customer] => _histories.TryGetRow(customer, out int row)
        ? AtRow(row)
        : throw new KeyNotFoundException($"There is no value of customer {customer}: no purchase in the window.");

    /// <summary>Gives the value of the customer, or of one of the customers, of a row.</summary>
    /// <param name="row">The row, from 0. It is not the customer's id: <c>values["42"]</c> is customer 42.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="row"/> is not a row.</exception>
    public CustomerValue AtRow(int row)
    {
        Guard.Row(row, Count);
        return new()
        {
            Id = Ids[row],
            ProbabilityAlive = _alive[row],
            DiscountedPurchases = _purchases[row],
            ExpectedSpend = _spend[row],
            HasOwnSpend = _ownSpend[row],
            Clv = _clv[row],
        };
    }

    /// <summary>Works out what every customer is worth.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="buying">The purchase model, in the unit of the histories.</param>
    /// <param name="spend">The spend model, in the currency of the histories.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The values, row by row.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnitMismatchException">Histories, model and terms do not agree on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">Histories, model and terms do not agree on the currency.</exception>
    /// <exception cref="UndefinedValueException">The values are infinite on these terms, or expected spend does not exist.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static CustomerValues Of(
        PurchaseHistories histories, IPurchaseModel buying, ISpendModel spend, ClvTerms terms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentNullException.ThrowIfNull(terms);
        return Of(histories, buying, spend, terms, ServiceCosts.Of(terms, buying.Unit), cancellationToken);
    }

    /// <summary>Works out what every customer is worth, where each costs something else to serve.</summary>
    /// <param name="histories">The histories.</param>
    /// <param name="buying">The purchase model, in the unit of the histories.</param>
    /// <param name="spend">The spend model, in the currency of the histories.</param>
    /// <param name="terms">The terms, without a cost to serve of their own.</param>
    /// <param name="yearlyCostToServe">What it costs a year to serve one customer of each row, in the currency of the histories; finite, 0 or more.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The values, row by row; with equal costs the bits of <see cref="ClvTerms.CostToServe"/> for all.</returns>
    /// <exception cref="ArgumentException"><paramref name="yearlyCostToServe"/> has not one entry a row, or the terms have a cost to serve too.</exception>
    /// <exception cref="RowFaultsException">A cost is negative or not finite.</exception>
    /// <inheritdoc cref="Of(PurchaseHistories, IPurchaseModel, ISpendModel, ClvTerms, CancellationToken)" path="/exception"/>
    public static CustomerValues Of(
        PurchaseHistories histories,
        IPurchaseModel buying,
        ISpendModel spend,
        ClvTerms terms,
        ReadOnlySpan<double> yearlyCostToServe,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentNullException.ThrowIfNull(terms);
        return Of(histories, buying, spend, terms, ServiceCosts.Of(histories, terms, buying.Unit, yearlyCostToServe), cancellationToken);
    }

    /// <summary>The values of customers whose discounted purchases and, where serving them costs anything, lifetimes are known.</summary>
    internal static CustomerValues Of(
        PurchaseHistories histories, IPurchaseModel buying, ISpendModel spend, ClvTerms terms, ServiceCosts costs, double[] purchases, double[] lifetimes)
    {
        var values = new CustomerValues(histories, terms, costs, purchases);
        spend.ExpectedSpend(histories, values._spend);
        buying.ProbabilityAlive(histories, values._alive);
        values.FillClv(lifetimes);
        for (int row = 0; row < histories.MeanSpendColumn.Length; row++)
        {
            values._ownSpend[row] = GammaGamma.IsInside(histories.FrequencyColumn[row], histories.MeanSpendColumn[row]);
        }

        return values;
    }

    /// <summary>
    /// Works out what a new customer is worth at the first purchase: that purchase, what follows it, less what it cost to attract them.
    /// </summary>
    /// <param name="buying">The purchase model.</param>
    /// <param name="spend">The spend model; the first purchase is taken to be worth what a repeat purchase is.</param>
    /// <param name="terms">The terms.</param>
    /// <returns>The expected value, in the currency of the spend model; below 0 where they cost more than they bring.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="UnitMismatchException">Model and terms do not agree on the unit of time.</exception>
    /// <exception cref="CurrencyMismatchException">Model and terms do not agree on the currency.</exception>
    /// <exception cref="UndefinedValueException">The value is infinite on these terms, or expected spend does not exist.</exception>
    public static double OfNewCustomer(IPurchaseModel buying, ISpendModel spend, ClvTerms terms)
    {
        ArgumentNullException.ThrowIfNull(buying);
        ArgumentNullException.ThrowIfNull(spend);
        ArgumentNullException.ThrowIfNull(terms);
        terms.CheckCurrency(spend.Currency);
        double costToServe = terms.CostToServePer(buying.Unit);
        double purchases = 1 + buying.DiscountedPurchases(terms.Discount, terms.Horizon);
        double lifetime = costToServe > 0 ? buying.DiscountedLifetime(terms.Discount, terms.Horizon) : 0;
        return Profit(terms, purchases, spend.ExpectedSpend(), costToServe * lifetime) - (double)(terms.CostToAttract?.Amount ?? 0);
    }

    /// <summary>Gets what serving the customer of a row costs.</summary>
    internal ServiceCosts Costs { get; }

    /// <summary>What a purchase of a row's customer is expected to bring, after the margin and the cost to sell.</summary>
    internal double PerPurchase(int row) => (Terms.Margin * _spend[row]) - (double)(Terms.CostToSell?.Amount ?? 0);

    private static CustomerValues Of(
        PurchaseHistories histories, IPurchaseModel buying, ISpendModel spend, ClvTerms terms, ServiceCosts costs, CancellationToken cancellationToken)
    {
        terms.CheckCurrency(histories.Currency);
        double[] purchases = new double[histories.Count];
        buying.DiscountedPurchases(histories, terms.Discount, terms.Horizon, purchases, cancellationToken);
        double[] lifetimes = new double[costs.Any ? histories.Count : 0];
        if (costs.Any)
        {
            buying.DiscountedLifetime(histories, terms.Discount, terms.Horizon, lifetimes, cancellationToken);
        }

        return Of(histories, buying, spend, terms, costs, purchases, lifetimes);
    }

    private static double Profit(ClvTerms terms, double purchases, double spend, double served) =>
        (((terms.Margin * spend) - (double)(terms.CostToSell?.Amount ?? 0)) * purchases) - served;

    private void FillClv(double[] lifetimes)
    {
        for (int row = 0; row < _clv.Length; row++)
        {
            double served = lifetimes.Length == 0 ? 0 : Costs[row] * lifetimes[row];
            _clv[row] = Profit(Terms, _purchases[row], _spend[row], served);
        }

        Total = OrderFreeSum.Of(_clv, _histories.CustomersColumn);
    }
}
