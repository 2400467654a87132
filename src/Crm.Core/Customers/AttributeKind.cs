namespace Crm.Core.Customers;

/// <summary>The types an attribute's value can have.</summary>
public enum AttributeKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A day.</summary>
    Day,

    /// <summary>An amount of money.</summary>
    Money,
}
