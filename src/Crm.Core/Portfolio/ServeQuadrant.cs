namespace Crm.Core.Portfolio;

/// <summary>Where a customer stands by what they bring and what it costs to serve them.</summary>
/// <remarks>The names are those of Shapiro, Rangan, Moriarty &amp; Ross (1987), "Manage Customers for Profits (Not Just Sales)", Harvard Business Review 65(5).</remarks>
public enum ServeQuadrant
{
    /// <summary>Brings much and costs little to serve: price matters less to them, and so does service.</summary>
    Passive,

    /// <summary>Brings much and costs much to serve: pays for what it asks for.</summary>
    CarriageTrade,

    /// <summary>Brings little and costs little to serve: price is what counts.</summary>
    BargainBasement,

    /// <summary>Brings little and costs much to serve: has the power to ask for both, a low price and much service.</summary>
    Aggressive,
}
