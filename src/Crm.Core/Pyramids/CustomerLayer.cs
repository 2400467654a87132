namespace Crm.Core.Pyramids;

/// <summary>Whether somebody is ranked in a pyramid, or stands below those who are.</summary>
/// <remarks>Curry's layers below the customers: inactive customers, prospects, suspects.</remarks>
public enum CustomerLayer : byte
{
    /// <summary>A customer who is ranked by value.</summary>
    Active,

    /// <summary>A customer who buys no more.</summary>
    Inactive,

    /// <summary>Somebody who has shown interest and has not bought.</summary>
    Prospect,

    /// <summary>Somebody who could buy, and of whom nothing has been heard.</summary>
    Suspect,
}
