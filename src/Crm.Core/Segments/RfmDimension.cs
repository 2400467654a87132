namespace Crm.Core.Segments;

/// <summary>What customers are scored by.</summary>
public enum RfmDimension
{
    /// <summary>How long ago the last purchase was, in days. Fewer days are better.</summary>
    Recency = 0,

    /// <summary>On how many days there was a purchase. More are better.</summary>
    Frequency = 1,

    /// <summary>How much was spent. More is better.</summary>
    Money = 2,
}
