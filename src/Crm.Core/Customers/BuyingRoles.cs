namespace Crm.Core.Customers;

/// <summary>What someone does when another customer decides to buy; several may be true.</summary>
[Flags]
public enum BuyingRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Decides.</summary>
    Decides = 1,

    /// <summary>Uses what is bought.</summary>
    Uses = 2,

    /// <summary>Pays.</summary>
    Pays = 4,

    /// <summary>Advises.</summary>
    Advises = 8,
}
