namespace Crm.Core.Hosting;

/// <summary>What kinds of facts a source may state of customers; several may be true. Attributes are named one by one besides.</summary>
[Flags]
public enum IntakeFacts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Names.</summary>
    Names = 1,

    /// <summary>Other systems' ids.</summary>
    ExternalIds = 2,

    /// <summary>Contact points.</summary>
    ContactPoints = 4,

    /// <summary>Attitudes.</summary>
    Attitudes = 8,

    /// <summary>Consents.</summary>
    Consents = 16,

    /// <summary>Relations, referrals and the reselling of what was bought.</summary>
    Relations = 32,

    /// <summary>Memberships.</summary>
    Memberships = 64,

    /// <summary>Accounts that move to another person.</summary>
    AccountMoves = 128,

    /// <summary>Account owners and stages of the lifecycle: what the company says of itself.</summary>
    Management = 256,
}
