namespace Crm.Core.Segments;

/// <summary>A segment: customers who are alike in something, under a name.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record Segment
{
    private readonly SegmentId _id;
    private readonly SegmentId _parent;
    private readonly string _name = "";
    private readonly string? _words;

    /// <summary>Gets the id.</summary>
    /// <exception cref="ArgumentException">The value is <see cref="SegmentId.None"/> or cannot be stored as it is.</exception>
    public required SegmentId Id
    {
        get => _id;
        init => _id = StoredText.Id(value, SegmentId.None);
    }

    /// <summary>Gets the name; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public required string Name
    {
        get => _name;
        init => _name = StoredText.Line(value);
    }

    /// <summary>Gets the segment it refines, none by default.</summary>
    /// <exception cref="ArgumentException">The id cannot be stored as it is.</exception>
    public SegmentId Parent
    {
        get => _parent;
        init => _parent = StoredText.OptionalId(value);
    }

    /// <summary>Gets who is in it, in words; null where the name says enough.</summary>
    /// <exception cref="ArgumentException">The text is too long or cannot be stored as it is.</exception>
    public string? Words
    {
        get => _words;
        init => _words = StoredText.BodyOrNull(value);
    }

    /// <summary>Gives the id, neither name nor words: a host may name a segment after what the law protects.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"segment {Id}";
}
