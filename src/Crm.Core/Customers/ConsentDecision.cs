namespace Crm.Core.Customers;

/// <summary>What a person decided when asked, or told unasked.</summary>
public enum ConsentDecision
{
    /// <summary>No: not given, or taken back.</summary>
    Refused,

    /// <summary>Yes.</summary>
    Given,
}
