namespace Crm.Core.Segments;

/// <summary>What a search for segments is at.</summary>
public enum DiscoveryStage
{
    /// <summary>Fits segments of a given number, start by start.</summary>
    Fitting,

    /// <summary>Tries the numbers and kinds of segments.</summary>
    Searching,

    /// <summary>Tries whether the same segments are found again in halves of the customers.</summary>
    Resampling,

    /// <summary>Tries whether bases without segments are divided as well.</summary>
    Comparing,

    /// <summary>Works out what sets the segments apart.</summary>
    Describing,
}
