namespace Crm.Core.Benefits;

/// <summary>One of the five factors of a benefit, in the order of the formula w_U·U + w_B·B + w_R·R − w_C·C − w_T·T.</summary>
public enum BenefitFactor
{
    /// <summary>U: what the product or service does for the customer.</summary>
    Utility,

    /// <summary>B: what the brand adds to it.</summary>
    Brand,

    /// <summary>R: what the relationship with the company adds to it.</summary>
    Relationship,

    /// <summary>C: what it costs the customer; subtracted.</summary>
    Cost,

    /// <summary>T: the time it takes the customer; subtracted.</summary>
    Time,
}
