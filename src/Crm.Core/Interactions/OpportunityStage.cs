namespace Crm.Core.Interactions;

/// <summary>How far a lead or an opportunity has come.</summary>
public enum OpportunityStage
{
    /// <summary>Someone may have a need.</summary>
    Lead,

    /// <summary>There is a need, and means to pay.</summary>
    Qualified,

    /// <summary>An offer lies on the table.</summary>
    Proposed,

    /// <summary>It is talked about.</summary>
    Negotiating,

    /// <summary>They bought.</summary>
    Won,

    /// <summary>They did not buy, or not here.</summary>
    Lost,
}
