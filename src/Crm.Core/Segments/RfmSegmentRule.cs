namespace Crm.Core.Segments;

/// <summary>A named RFM segment: what it is called, and which cells it holds.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record RfmSegmentRule
{
    private readonly ValueList<RfmBox> _boxes;

    /// <summary>Initializes a new instance of the <see cref="RfmSegmentRule"/> class.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="boxes">The cells it holds: those in one of the boxes, at least one.</param>
    /// <exception cref="ArgumentException">There are no boxes.</exception>
    public RfmSegmentRule(Segment segment, params IReadOnlyList<RfmBox> boxes)
    {
        ArgumentNullException.ThrowIfNull(segment);
        Segment = segment;
        _boxes = ValueList<RfmBox>.Of(boxes, nameof(boxes));
        if (_boxes.Count == 0)
        {
            throw new ArgumentException("A segment of an RFM table holds at least one box of cells.", nameof(boxes));
        }
    }

    /// <summary>Gets the segment.</summary>
    public Segment Segment { get; }

    /// <summary>Gets the boxes of cells it holds.</summary>
    public IReadOnlyList<RfmBox> Boxes => _boxes;

    /// <summary>Tells whether the segment holds a cell.</summary>
    /// <param name="score">The scores of the cell.</param>
    /// <returns>Whether it does.</returns>
    public bool Holds(RfmScore score) => _boxes.Any(box => box.Contains(score));

    /// <summary>Gives the id and the boxes, neither name nor words.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Segment}: {string.Join("; ", _boxes)}";
}
