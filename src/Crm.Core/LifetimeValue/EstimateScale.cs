namespace Crm.Core.LifetimeValue;

/// <summary>The scale on which the error of an estimate is taken to be normal, so that its interval stays where the value may lie.</summary>
public enum EstimateScale
{
    /// <summary>The value itself: for what may be below 0.</summary>
    Natural,

    /// <summary>Its logarithm: for what is above 0.</summary>
    Log,

    /// <summary>ln(p / (1 − p)): for a probability.</summary>
    Logit,
}
