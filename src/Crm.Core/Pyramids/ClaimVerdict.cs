namespace Crm.Core.Pyramids;

/// <summary>Whether what is said of customer pyramids is so in a base.</summary>
public enum ClaimVerdict
{
    /// <summary>The whole interval lies where the claim says.</summary>
    Holds,

    /// <summary>The whole interval lies outside of what the claim says.</summary>
    DoesNotHold,

    /// <summary>The interval lies on both sides, or what is needed is not known.</summary>
    CannotTell,
}
