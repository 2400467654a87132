namespace Crm.Core.Interactions;

/// <summary>Who waits for what is to be done.</summary>
public enum FollowUpKind
{
    /// <summary>Nobody: the company wants to think of it.</summary>
    Reminder,

    /// <summary>The customer, who was promised it.</summary>
    Promise,
}
