namespace Crm.Core.Segments;

/// <summary>What is done to the values of a feature before they are compared.</summary>
public enum FeatureTransform
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>ln(1 + value), for amounts and counts of 0 or more with a few great ones: then a ratio counts, not a difference.</summary>
    Log1P,
}
