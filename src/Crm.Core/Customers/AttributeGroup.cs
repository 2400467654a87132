namespace Crm.Core.Customers;

/// <summary>What an attribute tells of a customer.</summary>
public enum AttributeGroup
{
    /// <summary>None of the others.</summary>
    Free,

    /// <summary>Who they are: age, place, trade, size of the household or company.</summary>
    Demographic,

    /// <summary>How they think and live: values, interests, temperament.</summary>
    Psychographic,

    /// <summary>What they do, as someone stated it; what they were seen doing is interactions.</summary>
    Behavioural,

    /// <summary>What they need.</summary>
    Need,

    /// <summary>What they would rather have.</summary>
    Preference,
}
