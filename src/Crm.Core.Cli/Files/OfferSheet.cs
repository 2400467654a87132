namespace Crm.Core.Cli.Files;

/// <summary>The offers of a file that can be had through one channel, in the order of the file.</summary>
internal sealed record OfferSheet
{
    /// <summary>Gets what messages call the file.</summary>
    internal required string Name { get; init; }

    internal required IReadOnlyList<OfferLine> Offers { get; init; }

    /// <summary>Gets what a reader must know of how they were read.</summary>
    internal required IReadOnlyList<string> Notes { get; init; }
}
