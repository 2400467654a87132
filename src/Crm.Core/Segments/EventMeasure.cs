namespace Crm.Core.Segments;

/// <summary>What is measured of things that happened.</summary>
public enum EventMeasure
{
    /// <summary>How many.</summary>
    Count,

    /// <summary>On how many different days.</summary>
    Days,

    /// <summary>The money of purchases, less what was given back.</summary>
    Money,

    /// <summary>Days since the last.</summary>
    DaysSinceLast,

    /// <summary>Days since the first.</summary>
    DaysSinceFirst,

    /// <summary>Mean days from one day on which one happened to the next.</summary>
    AverageGap,
}
