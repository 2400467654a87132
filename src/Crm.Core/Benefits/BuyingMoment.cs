namespace Crm.Core.Benefits;

/// <summary>When, around a purchase, a factor is felt.</summary>
public enum BuyingMoment
{
    /// <summary>Before: searching, comparing, getting there.</summary>
    Before,

    /// <summary>At the purchase: paying, queuing, being served.</summary>
    At,

    /// <summary>After: delivery, installation, use, service, disposal.</summary>
    After,
}
