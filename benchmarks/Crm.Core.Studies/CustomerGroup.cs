namespace Crm.Core.Studies;

/// <summary>Customers with about as much evidence about them.</summary>
internal enum CustomerGroup
{
    /// <summary>The base as a whole: one number for all customers together.</summary>
    Base,

    /// <summary>Every customer.</summary>
    All,

    /// <summary>Customers without repeat purchases.</summary>
    None,

    /// <summary>Customers with one or two.</summary>
    Few,

    /// <summary>Customers with three or more.</summary>
    Many,
}
