namespace Crm.Core.Segments;

/// <summary>A named RFM segment and what its customers come to.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Totals">What its customers come to.</param>
public readonly record struct RfmSegmentSize(Segment Segment, RfmTotals Totals);
