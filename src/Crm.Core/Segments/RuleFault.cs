namespace Crm.Core.Segments;

/// <summary>What is wrong with a rule, and where in it.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
/// <param name="Segment">The segment whose rule it is.</param>
/// <param name="Path">The place inside: "rule.all[1].not".</param>
/// <param name="Problem">What was found and what is possible, in words.</param>
public sealed record RuleFault(SegmentId Segment, string Path, string Problem)
{
    /// <summary>Gives segment, place and problem.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"segment {Segment}, {Path}: {Problem}";
}
