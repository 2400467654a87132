namespace Crm.Core.Segments;

/// <summary>What shows that a regular customer does more than buy.</summary>
[Flags]
public enum FanSigns
{
    /// <summary>Nothing: no definition takes it.</summary>
    None = 0,

    /// <summary>They have brought somebody.</summary>
    Referral = 1,

    /// <summary>They like the company or a product, as someone noted it.</summary>
    Liking = 2,

    /// <summary>They are a member of a programme or a club.</summary>
    Membership = 4,
}
