namespace Crm.Core.Segments;

/// <summary>The customer is in another segment of the same book.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record InSegmentRule : SegmentRule
{
    private readonly SegmentId _segment;

    /// <summary>Gets the segment.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SegmentId.None"/> or cannot be stored as it is.</exception>
    public required SegmentId Segment
    {
        get => _segment;
        init => _segment = StoredText.Id(value, SegmentId.None);
    }

    /// <inheritdoc/>
    public override int Depth => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRule> Parts => ValueList<SegmentRule>.None;

    internal override string InWords(bool isPart) => $"in {Segment}";
}
