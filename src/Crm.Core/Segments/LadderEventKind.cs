namespace Crm.Core.Segments;

/// <summary>What an event in the columns of the ladder is.</summary>
public enum LadderEventKind : byte
{
    /// <summary>A purchase.</summary>
    Purchase,

    /// <summary>Money given back for a purchase.</summary>
    Return,

    /// <summary>Something by which the customer is known from now on, and no sign of interest: a name on a list, a letter sent.</summary>
    Known,

    /// <summary>A sign of interest: an enquiry, a visit, a click.</summary>
    Interest,

    /// <summary>How the customer felt about something; the value, −1 to 1.</summary>
    Sentiment,

    /// <summary>How satisfied the customer was with a service case; the value, 0 to 1.</summary>
    Satisfaction,

    /// <summary>That the customer is a member of something from this day on (value 1), or of nothing any more (value 0).</summary>
    Membership,

    /// <summary>How much the customer likes the company from this day on: the value, −1 to 1; NaN where nobody knows any more.</summary>
    Liking,

    /// <summary>That somebody brought the customer; value 1 where nobody said when, and the day is only that on which it was noted.</summary>
    Referral,

    /// <summary>What a model says on this day of how likely the customer is still one; the value, 0 to 1.</summary>
    Alive,

    /// <summary>The stage that the host states from this day on: the value of the stage; NaN where it states none any more.</summary>
    StatedStage,
}
