namespace Crm.Core.Segments;

/// <summary>A segment with the rule that says who is in it.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record SegmentDefinition
{
    private readonly Segment _segment = null!;
    private readonly SegmentRule _rule = null!;

    /// <summary>Gets the segment. Where it has a parent, its members are members of the parent too: it refines it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required Segment Segment
    {
        get => _segment;
        init => _segment = value ?? throw new ArgumentNullException(nameof(Segment));
    }

    /// <summary>Gets who of the parent's members, or of all customers, is in it.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public required SegmentRule Rule
    {
        get => _rule;
        init => _rule = value ?? throw new ArgumentNullException(nameof(Rule));
    }

    /// <summary>Defines a segment.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rule">Who is in it.</param>
    /// <param name="parent">The segment it refines; none by default.</param>
    /// <returns>The definition, whose segment has the rule as its words, cut after 1,000 characters.</returns>
    /// <exception cref="ArgumentException">The id is none, the name empty or too long, or the rule null.</exception>
    public static SegmentDefinition Of(SegmentId id, string name, SegmentRule rule, SegmentId parent = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new() { Segment = new() { Id = id, Name = name, Parent = parent, Words = Names.Shortened(rule.ToString(), 1_000) }, Rule = rule };
    }

    /// <summary>Gives the id, neither name nor rule.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Segment.ToString();
}
