namespace Crm.Core.Interactions;

/// <summary>Who began an interaction.</summary>
public enum Direction
{
    /// <summary>Nobody has said.</summary>
    Unstated,

    /// <summary>The customer.</summary>
    Inbound,

    /// <summary>The company.</summary>
    Outbound,
}
