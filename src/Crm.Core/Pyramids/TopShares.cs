namespace Crm.Core.Pyramids;

/// <summary>What the most valuable customers of a pyramid bring and cost of all.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record TopShares
{
    /// <summary>Gets how many customers are meant.</summary>
    public required long Customers { get; init; }

    /// <summary>Gets their share of all revenue; null where that is not above 0.</summary>
    public required double? Revenue { get; init; }

    /// <summary>Gets their share of all contributions, above 1 where the others cost more than they bring; null where they are not known, or not above 0.</summary>
    public required double? Contribution { get; init; }

    /// <summary>Gets their share of all marketing spend; null where it is not known, or not above 0.</summary>
    public required double? Marketing { get; init; }
}
