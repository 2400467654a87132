namespace Crm.Core.Segments;

/// <summary>One of several rules matches.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record AnyRule : SegmentRule
{
    private readonly ValueList<SegmentRule> _parts;

    internal AnyRule(IEnumerable<SegmentRule> parts)
    {
        _parts = Checked(parts, nameof(parts));
        (Depth, Size) = (_parts.Max(part => part.Depth) + 1, SizeOf(_parts));
    }

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRule> Parts => _parts;

    internal override string InWords(bool isPart)
    {
        string words = string.Join(_parts.Count > 2 ? ", or " : " or ", _parts.Select(part => part.InWords(isPart: true)));
        return isPart && _parts.Count > 1 ? $"({words})" : words;
    }
}
