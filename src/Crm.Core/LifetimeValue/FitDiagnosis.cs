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

    /// <summary>The likelihood rises towards the edge of the parameters' range: it has no maximum inside.</summary>
    NoInteriorMaximum,

    /// <summary>The search stopped before it reached a maximum.</summary>
    NotConverged,

    /// <summary>There are too few repeat buyers for stable estimates.</summary>
    FewRepeatBuyers,

    /// <summary>A combination of parameters is hardly determined by the data.</summary>
    FlatDirection,

    /// <summary>Customers with repeat purchases but no positive mean spend were left out of a spend fit.</summary>
    SpendLeftOut,

    /// <summary>The histories carry no amounts, or none that a spend model can use.</summary>
    NoSpend,

    /// <summary>The expected spend of a customer without repeat purchases does not exist under the fitted model.</summary>
    InfiniteMeanSpend,
}
