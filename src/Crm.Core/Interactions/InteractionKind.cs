namespace Crm.Core.Interactions;

/// <summary>What an interaction is; each has a detail of its own.</summary>
public enum InteractionKind
{
    /// <summary>A purchase.</summary>
    Purchase,

    /// <summary>Money given back for a purchase.</summary>
    Return,

    /// <summary>A question.</summary>
    Enquiry,

    /// <summary>A visit.</summary>
    Visit,

    /// <summary>A contact for a campaign.</summary>
    CampaignContact,

    /// <summary>A response to a campaign.</summary>
    CampaignResponse,

    /// <summary>A step of a service case.</summary>
    ServiceCase,

    /// <summary>A complaint.</summary>
    Complaint,

    /// <summary>How a lead or an opportunity stands.</summary>
    Opportunity,

    /// <summary>A quotation.</summary>
    Quotation,

    /// <summary>How an order stands.</summary>
    Order,

    /// <summary>Use of what was bought.</summary>
    Usage,

    /// <summary>A message the customer was shown.</summary>
    Message,

    /// <summary>A promise or a reminder.</summary>
    FollowUp,

    /// <summary>A note.</summary>
    Note,

    /// <summary>Data passed to a partner.</summary>
    Disclosure,

    /// <summary>That an interaction never was. Stores keep it and show neither it nor what it corrects.</summary>
    Retraction,
}
