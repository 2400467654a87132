namespace Crm.Core.Interactions;

/// <summary>What is done in a service case.</summary>
public enum CaseStep
{
    /// <summary>It was opened.</summary>
    Opened,

    /// <summary>Something was done on it.</summary>
    Worked,

    /// <summary>It was solved.</summary>
    Solved,

    /// <summary>It was not solved after all.</summary>
    Reopened,

    /// <summary>It was closed without being solved.</summary>
    Closed,
}
