using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Files;

/// <summary>What was counted while a file of customers went by.</summary>
internal sealed class CustomerTally(int sets)
{
    private readonly long[] _bySet = new long[sets];

    internal long Count { get; private set; }

    /// <summary>Gets or sets how many name a segment that the weights do not know.</summary>
    internal long WithUnknownSegments { get; set; }

    /// <summary>Gets or sets how many of them name no other, so that the default decides.</summary>
    internal long WithOnlyUnknownSegments { get; set; }

    /// <summary>Gets or sets the first line with such a segment.</summary>
    internal long FirstUnknownLine { get; set; }

    internal long WithOwnRelationship { get; set; }

    /// <summary>Gets or sets how many have a relationship that takes an offer beyond the reference range.</summary>
    internal long BeyondByOwnRelationship { get; set; }

    /// <summary>Gets or sets how many reach the minimum with no offer.</summary>
    internal long WithoutOffers { get; set; }

    /// <summary>Gets or sets the rows that were left out because of faults.</summary>
    internal SkippedRows Skipped { get; set; } = SkippedRows.None;

    /// <summary>How many weigh by a set of weights, by its index.</summary>
    internal long Of(int set) => _bySet[set];

    internal void Add(int set)
    {
        _bySet[set]++;
        Count++;
    }
}
