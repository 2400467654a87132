using System.Text;

namespace Crm.Core.Segments;

/// <summary>Why a rule matched a customer or did not: the answer of each part, and what was found.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record RuleTrace
{
    private readonly IReadOnlyList<RuleTrace> _parts = ValueList<RuleTrace>.None;

    /// <summary>Gets the rule.</summary>
    public required SegmentRule Rule { get; init; }

    /// <summary>Gets the answer.</summary>
    public required RuleAnswer Answer { get; init; }

    /// <summary>Gets what was found, in words, or why nothing is known; null where the parts say it. It may be personal data.</summary>
    public string? Found { get; init; }

    /// <summary>Gets the traces of the parts; of "in a segment", that of the segment's rule.</summary>
    /// <exception cref="ArgumentException">The list or one of its traces is null.</exception>
    public IReadOnlyList<RuleTrace> Parts
    {
        get => _parts;
        init => _parts = ValueList<RuleTrace>.Of(value, nameof(Parts));
    }

    /// <summary>Gives the answer, nothing of the customer.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Answer.ToString();

    /// <summary>Gives the trace as lines, the parts indented below what they are parts of. It may be personal data.</summary>
    /// <returns>The text, in the invariant culture, without an end of line at its end.</returns>
    public string ToText()
    {
        var lines = new StringBuilder();
        Write(lines, 0);
        return lines.ToString().TrimEnd('\n');
    }

    private void Write(StringBuilder lines, int indent)
    {
        string what = Rule switch
        {
            AllRule => "all of",
            AnyRule => "any of",
            NotRule => "not",
            _ => Rule.ToString(),
        };
        lines.Append(' ', indent * 2).Append(Names.Of(Answer)).Append(": ").Append(what);
        if (Found is not null)
        {
            lines.Append(" (").Append(Found).Append(')');
        }

        lines.Append('\n');
        foreach (RuleTrace part in Parts)
        {
            part.Write(lines, indent + 1);
        }
    }
}
