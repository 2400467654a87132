namespace Crm.Core.Customers;

/// <summary>What can be noted of how a customer feels and thinks.</summary>
public enum AttitudeKind
{
    /// <summary>Whether they like the company, a product, a person.</summary>
    Liking,

    /// <summary>What they feel: "proud of it", "anxious about the price".</summary>
    Feeling,

    /// <summary>What speaks for a product, in their eyes.</summary>
    ReasonFor,

    /// <summary>What speaks against a product, in their eyes.</summary>
    ReasonAgainst,

    /// <summary>How near they want the company to be: from "leave me alone" to "call me often".</summary>
    WishForCloseness,

    /// <summary>Their temperament, as someone who met them put it.</summary>
    Temperament,
}
