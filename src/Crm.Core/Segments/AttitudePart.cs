namespace Crm.Core.Segments;

/// <summary>What is asked of an attitude.</summary>
public enum AttitudePart
{
    /// <summary>How strong it is, from −1 to 1.</summary>
    Strength,

    /// <summary>Its words.</summary>
    Words,

    /// <summary>Whether it is noted at all.</summary>
    Noted,
}
