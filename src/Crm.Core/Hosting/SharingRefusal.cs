namespace Crm.Core.Hosting;

/// <summary>Why nothing is passed to a partner.</summary>
public enum SharingRefusal
{
    /// <summary>It is passed on.</summary>
    None,

    /// <summary>There is no such customer.</summary>
    NoSuchCustomer,

    /// <summary>The agreement has run out.</summary>
    AgreementExpired,

    /// <summary>The customer has not consented to the purpose, has refused, or the consent ran out.</summary>
    NoConsent,

    /// <summary>All attributes are asked for, and some are of a special category and not named one by one, or nobody has declared which are.</summary>
    SpecialCategoryNotNamed,
}
