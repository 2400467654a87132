namespace Crm.Core.Segments;

/// <summary>Whether a rule matches a customer. Only who is known to match is in a segment.</summary>
public enum RuleAnswer
{
    /// <summary>It does not match.</summary>
    No,

    /// <summary>What decides is not known. Its opposite is not known either.</summary>
    Unknown,

    /// <summary>It matches.</summary>
    Yes,
}
