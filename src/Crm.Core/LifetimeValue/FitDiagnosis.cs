namespace Crm.Core.LifetimeValue;

/// <summary>What a fit found wrong or noteworthy in the data.</summary>
public enum FitDiagnosis
{
    /// <summary>There are no customers.</summary>
    NoCustomers,

    /// <summary>Nobody bought again, so there is no rate of buying to learn.</summary>
    NoRepeatPurchases,

    /// <summary>All customers have the same history, so there is no difference between customers to learn.</summary>
    IdenticalCustomers,

    /// <summary>The likelihood has no maximum inside the parameters' range, in a way that no simpler model accounts for.</summary>
    NoInteriorMaximum,

    /// <summary>The likelihood rises along a ridge, several parameters together: it has no maximum, and its limit is a simpler model.</summary>
    Ridge,

    /// <summary>The likelihood still rises as one parameter grows without limit or falls to 0.</summary>
    ParameterAtBound,

    /// <summary>The search stopped before it reached a maximum.</summary>
    NotConverged,

    /// <summary>There are too few repeat buyers for stable estimates.</summary>
    FewRepeatBuyers,

    /// <summary>A combination of parameters is hardly determined by the data, so that no interval can be given by the delta method.</summary>
    FlatDirection,

    /// <summary>Customers with repeat purchases but no positive mean spend were left out of a spend fit.</summary>
    SpendLeftOut,

    /// <summary>The histories carry no amounts, or none that a spend model can use.</summary>
    NoSpend,

    /// <summary>The expected spend of a customer without repeat purchases does not exist under the fitted model.</summary>
    InfiniteMeanSpend,

    /// <summary>Purchases without a discount and without a horizon are infinite under the fitted model.</summary>
    InfiniteExpectation,

    /// <summary>Customers who buy more often spend more or less on an occasion: a spend model takes the two to be independent.</summary>
    SpendAndFrequencyCorrelated,

    /// <summary>The parameters were found under a prior: they are not those of the highest likelihood.</summary>
    Penalised,
}
