namespace Crm.Core.LifetimeValue;

/// <summary>What a test of the calendar months found.</summary>
public enum SeasonalityFinding
{
    /// <summary>There are not enough months to tell a season from a trend.</summary>
    CannotTell,

    /// <summary>The months do not differ by more than chance and a smooth trend explain, or by too little to matter.</summary>
    NotSeen,

    /// <summary>The same months are above or below what the model expects, year after year.</summary>
    Seasonal,
}
