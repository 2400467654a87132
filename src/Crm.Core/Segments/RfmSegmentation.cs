using System.Text;

namespace Crm.Core.Segments;

/// <summary>A customer base in named RFM segments: each customer in exactly one.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RfmSegmentation
{
    private readonly byte[] _placeOfRow;

    internal RfmSegmentation(RfmSegments segments, RfmTable table)
    {
        Segments = segments;
        Table = table;
        RfmShape shape = table.Shape;
        byte[] placeOfCell = [.. Enumerable.Range(0, shape.Cells).Select(cell => (byte)segments.PlaceOf(shape.ScoreOf(cell), table.Scheme))];
        Sizes = Array.AsReadOnly([.. segments.Rules.Index().Select(rule => new RfmSegmentSize(
            rule.Item.Segment, table.Tally.Of(Enumerable.Range(0, shape.Cells).Where(cell => placeOfCell[cell] == rule.Index))))]);
        _placeOfRow = GC.AllocateUninitializedArray<byte>(table.Count);
        ReadOnlySpan<byte> recency = table.Recency;
        ReadOnlySpan<byte> frequency = table.Frequency;
        ReadOnlySpan<byte> money = table.Money;
        for (int row = 0; row < recency.Length; row++)
        {
            _placeOfRow[row] = placeOfCell[shape.CellOf(recency[row], frequency[row], money[row])];
        }
    }

    /// <summary>Gets the table of segments.</summary>
    public RfmSegments Segments { get; }

    /// <summary>Gets the scores of the customers.</summary>
    public RfmTable Table { get; }

    /// <summary>Gets every segment with what its customers come to, in the order of the table of segments, those of nobody too.</summary>
    public IReadOnlyList<RfmSegmentSize> Sizes { get; }

    /// <summary>Gets the place in <see cref="RfmSegments.Rules"/> of every row's segment: a column of segments.</summary>
    public ReadOnlySpan<byte> PlaceOfRow => _placeOfRow;

    /// <summary>Gets the segment of a row.</summary>
    /// <param name="row">The row, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public SegmentId this[int row] => Segments.Rules[_placeOfRow[Guard.Row(row, _placeOfRow.Length)]].Segment.Id;

    /// <summary>Gets the segment of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">The customer is not in the table, or it was made without ids.</exception>
    public SegmentId this[CustomerId customer] => Segments.SegmentOf(Table[customer], Table.Scheme).Id;

    /// <summary>Gives the segments as a table: id, customers, share, money, share, mean recency.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        int width = Math.Max(8, Sizes.Max(size => size.Segment.Id.ToString().Length));
        var text = new StringBuilder();
        text.Append("segment".PadRight(width)).AppendLine("  customers   of all              money   of all   days since");
        foreach (RfmSegmentSize size in Sizes)
        {
            RfmWords.Append(text, size.Segment.Id.ToString(), width, size.Totals);
        }

        return text.ToString();
    }
}
