namespace Crm.Core.Segments;

/// <summary>What else is on record of a customer that rules can ask about.</summary>
public enum CustomerPart
{
    /// <summary>A person, an organisation or a household: a text, "person".</summary>
    Kind,

    /// <summary>The stage of the lifecycle: a text, "first-time".</summary>
    Stage,

    /// <summary>Whether they resell.</summary>
    Reseller,
}
