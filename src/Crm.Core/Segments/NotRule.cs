namespace Crm.Core.Segments;

/// <summary>A rule is known not to match.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record NotRule : SegmentRule
{
    private readonly ValueList<SegmentRule> _parts;

    internal NotRule(SegmentRule part)
    {
        _parts = Checked([part], nameof(part));
        (Depth, Size) = (part.Depth + 1, SizeOf(_parts));
    }

    /// <summary>Gets the rule.</summary>
    public SegmentRule Part => _parts[0];

    /// <inheritdoc/>
    public override int Depth { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRule> Parts => _parts;

    internal override string InWords(bool isPart) => $"not ({Part.InWords(isPart: false)})";
}
