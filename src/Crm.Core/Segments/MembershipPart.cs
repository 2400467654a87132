namespace Crm.Core.Segments;

/// <summary>What is asked of a membership.</summary>
public enum MembershipPart
{
    /// <summary>Whether there is one.</summary>
    IsMember,

    /// <summary>Its level.</summary>
    Level,

    /// <summary>How many days it has lasted.</summary>
    Days,
}
