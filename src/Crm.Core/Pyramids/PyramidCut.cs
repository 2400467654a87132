namespace Crm.Core.Pyramids;

/// <summary>What the tiers of a scheme are cut by.</summary>
public enum PyramidCut
{
    /// <summary>By share of customers: the first 1 %, the next 4 %.</summary>
    ShareOfCustomers,

    /// <summary>By share of value: the customers who together make the first 50 % of it, the next 30 %.</summary>
    ShareOfValue,

    /// <summary>By what a customer is worth: from 10,000 on, from 1,000 on.</summary>
    Threshold,
}
