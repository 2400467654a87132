namespace Crm.Core.Customers;

/// <summary>What kind of place or line reaches a customer.</summary>
public enum ContactKind
{
    /// <summary>An address for e-mail.</summary>
    Email,

    /// <summary>A telephone or fax number.</summary>
    Phone,

    /// <summary>A place where post is delivered.</summary>
    Postal,

    /// <summary>An account in a messaging service, a device that shows notices.</summary>
    Message,
}
