namespace Crm.Core.Customers;

/// <summary>How one customer belongs to another.</summary>
public enum RelationKind
{
    /// <summary>Is a member of that household.</summary>
    MemberOf,

    /// <summary>Is the partner of that person.</summary>
    PartnerOf,

    /// <summary>Is a child of that person.</summary>
    ChildOf,

    /// <summary>Works for that organisation.</summary>
    WorksFor,

    /// <summary>Belongs to that organisation.</summary>
    SubsidiaryOf,

    /// <summary>Acts for that customer: an agent, a guardian, an adviser.</summary>
    ActsFor,

    /// <summary>Any other relation; its label says which.</summary>
    Other,
}
