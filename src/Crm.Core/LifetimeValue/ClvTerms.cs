namespace Crm.Core.LifetimeValue;

/// <summary>The terms on which purchases become lifetime value: margin, discount, horizon and costs.</summary>
/// <remarks>
/// The value is margin · spend · DERT, less the cost to sell times DERT, less the cost to serve times the discounted expected
/// lifetime; DERT and lifetime are expectations that count whether the customer is still one. What it cost to attract an existing customer is spent, so
/// <see cref="CostToAttract"/> lowers the value of a new customer only. Immutable and thread-safe; checked when set.
/// </remarks>
public sealed record ClvTerms
{
    private readonly double _margin = 1;
    private readonly Money? _costToAttract;
    private readonly Money? _costToSell;
    private readonly Money? _costToServe;

    /// <summary>Gets the share of spend that is left as profit before the costs below; from 0 to 1, 1 by default (value is revenue).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number from 0 to 1.</exception>
    public double Margin
    {
        get => _margin;
        init => _margin = Guard.InRange(value, 0, 1, "Give the margin as a fraction: 0.30 for 30 %.", nameof(Margin));
    }

    /// <summary>Gets the discount rate; none by default.</summary>
    public DiscountRate Discount { get; init; }

    /// <summary>Gets how far ahead to look; without end by default.</summary>
    public Horizon Horizon { get; init; }

    /// <summary>Gets what it costs to win a new customer, once; 0 or more. Null for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cost is negative.</exception>
    public Money? CostToAttract
    {
        get => _costToAttract;
        init => _costToAttract = NotNegative(value, nameof(CostToAttract));
    }

    /// <summary>Gets what each purchase costs to bring about and handle, beyond the margin; 0 or more. Null for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cost is negative.</exception>
    public Money? CostToSell
    {
        get => _costToSell;
        init => _costToSell = NotNegative(value, nameof(CostToSell));
    }

    /// <summary>Gets what it costs a year to keep someone as a customer, purchases or not; 0 or more. Null for nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cost is negative.</exception>
    public Money? CostToServe
    {
        get => _costToServe;
        init => _costToServe = NotNegative(value, nameof(CostToServe));
    }

    /// <summary>The cost to serve for one unit of time, 0 for nothing.</summary>
    internal double CostToServePer(TimeUnit unit) =>
        CostToServe is { Amount: > 0 } cost ? (double)cost.Amount * PerYear(unit) : 0;

    /// <summary>How many years a unit of time is.</summary>
    internal static double PerYear(TimeUnit unit) => TimeUnit.Convert(1, unit, TimeUnit.Year);

    internal void CheckCurrency(Currency currency)
    {
        foreach (Money? cost in (ReadOnlySpan<Money?>)[CostToAttract, CostToSell, CostToServe])
        {
            if (cost is { } money && money.Currency != currency)
            {
                throw new CurrencyMismatchException(currency, money.Currency);
            }
        }
    }

    private static Money? NotNegative(Money? cost, string name) => cost is { Amount: < 0 }
        ? throw new ArgumentOutOfRangeException(name, "A cost is 0 or more. Give it without a minus sign.")
        : cost;
}
