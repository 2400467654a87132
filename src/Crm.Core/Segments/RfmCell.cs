namespace Crm.Core.Segments;

/// <summary>The customers of one cell of an RFM table: those with the same three scores.</summary>
/// <param name="Score">The scores.</param>
/// <param name="Totals">What its customers come to.</param>
public readonly record struct RfmCell(RfmScore Score, RfmTotals Totals);
