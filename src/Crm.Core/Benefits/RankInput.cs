using System.Numerics;

namespace Crm.Core.Benefits;

/// <summary>The customers to rank offers for, one row each, over the caller's own memory. What is left empty does not apply.</summary>
/// <typeparam name="T">double or float.</typeparam>
public readonly ref struct RankInput<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets how many rows there are. Needed where no column of segments tells; else left out, or the length of that column.</summary>
    public int Rows { get; init; }

    /// <summary>Gets the segment of each row, counted from 0. Needed where there are several; <see cref="SegmentColumn.Same"/> puts all rows into one.</summary>
    public SegmentColumn Segments { get; init; }

    /// <summary>Gets the affinities, row by row, as many a row as the offers have. Finite. Needed if the offers have any.</summary>
    public ReadOnlySpan<T> Affinities { get; init; }

    /// <summary>Gets where the corrections of each row begin, and last of all where the last ones end: one entry more than rows, from 0 up.</summary>
    public ReadOnlySpan<int> CorrectionStarts { get; init; }

    /// <summary>Gets the offer of each correction, counted from 0. Several of one row and offer are added one after the other.</summary>
    public ReadOnlySpan<int> CorrectionOffers { get; init; }

    /// <summary>Gets what each correction adds to the benefit. Finite.</summary>
    public ReadOnlySpan<T> Corrections { get; init; }

    /// <summary>Gets which offers each customer may have: offer j is bit j mod 64 of word j / 64; every row has as many words as the offers need.</summary>
    public ReadOnlySpan<ulong> Eligible { get; init; }

    /// <summary>Gets what works out the benefits, instead of base benefits and affinities. Corrections are added, and eligibility holds.</summary>
    public IBenefitSource<T>? Source { get; init; }

    internal int RowCount => Math.Max(Rows, Segments.Length);
}
