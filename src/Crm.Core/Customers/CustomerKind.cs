namespace Crm.Core.Customers;

/// <summary>Who can be a customer.</summary>
public enum CustomerKind
{
    /// <summary>One human being.</summary>
    Person,

    /// <summary>A company, an authority, a club.</summary>
    Organisation,

    /// <summary>People who live and buy together.</summary>
    Household,
}
