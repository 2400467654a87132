namespace Crm.Core.Hosting;

/// <summary>What the customers of an analysed base are ranked by.</summary>
public enum ValueMeasure
{
    /// <summary>Lifetime value, in money.</summary>
    LifetimeValue,

    /// <summary>Discounted expected purchases: where the data carry no amounts, so that nothing can be said of money.</summary>
    DiscountedPurchases,
}
