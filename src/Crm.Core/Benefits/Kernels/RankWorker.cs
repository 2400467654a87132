using System.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>What one thread of a ranking keeps for itself.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal struct RankWorker<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Benefits of the customers that are worked on together, their affinities and maxima, and room to align them.</summary>
    internal T[] Scratch;

    /// <summary>What the caller filled in, some rows at a time.</summary>
    internal T[]? Filled;

    /// <summary>Exponentials of one row.</summary>
    internal double[]? Shares;

    /// <summary>The lists of all segments, or those of a block before they are matched.</summary>
    internal int[]? ListOffers;

    internal T[]? ListBenefits;

    /// <summary>Which segments have their list already.</summary>
    internal bool[]? Listed;

    /// <summary>Where a row is not listed: the floors of its offers, and the rows that hold them.</summary>
    internal T[]? Floors;

    internal int[]? FloorRows;

    internal OfferSums? Sums;

    internal RowFaultList? Faults;
}
