namespace Crm.Core.Hosting;

/// <summary>What an interaction from outside can be asked to have; several may be.</summary>
[Flags]
public enum IntakeProperties
{
    /// <summary>Nothing beyond what every interaction has.</summary>
    None = 0,

    /// <summary>The channel.</summary>
    Channel = 1,

    /// <summary>Who began it.</summary>
    Direction = 2,

    /// <summary>What it cost to serve the customer.</summary>
    Cost = 4,

    /// <summary>How long it took.</summary>
    Length = 8,

    /// <summary>Who acted for the company.</summary>
    Staff = 16,

    /// <summary>The offer it was about.</summary>
    Offer = 32,

    /// <summary>The campaign it belongs to.</summary>
    Campaign = 64,

    /// <summary>What it belongs to with others: a case, an order, a promise.</summary>
    Thread = 128,

    /// <summary>The product; only kinds that have one can have it.</summary>
    Product = 256,

    /// <summary>An amount in a named currency; only kinds that have one can have it.</summary>
    Amount = 512,

    /// <summary>How the customer felt about it.</summary>
    Sentiment = 1024,
}
