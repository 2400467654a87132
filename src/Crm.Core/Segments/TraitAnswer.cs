namespace Crm.Core.Segments;

/// <summary>Whether something is true of a customer, where the data may not say.</summary>
public enum TraitAnswer : byte
{
    /// <summary>The data that would decide are not there. It is not a no.</summary>
    Unknown,

    /// <summary>The data say no.</summary>
    No,

    /// <summary>The data say yes.</summary>
    Yes,
}
