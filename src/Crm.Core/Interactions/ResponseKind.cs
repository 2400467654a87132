namespace Crm.Core.Interactions;

/// <summary>What comes back on a campaign.</summary>
public enum ResponseKind
{
    /// <summary>It arrived.</summary>
    Delivered,

    /// <summary>It was opened or looked at.</summary>
    Opened,

    /// <summary>It was followed.</summary>
    Clicked,

    /// <summary>It was answered.</summary>
    Replied,

    /// <summary>The offer was taken.</summary>
    Accepted,

    /// <summary>The offer was turned down.</summary>
    Declined,

    /// <summary>The customer wants no more of them. Write the consent as well: this is only the event.</summary>
    Unsubscribed,

    /// <summary>It could not be delivered.</summary>
    Bounced,
}
