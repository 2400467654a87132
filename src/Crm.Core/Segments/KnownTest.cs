namespace Crm.Core.Segments;

/// <summary>That something is known, or that it is not. It always has an answer.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
/// <param name="Expected">Whether it must be known.</param>
public sealed record KnownTest(bool Expected) : SignalTest
{
    internal override RuleAnswer Answer(SignalValue value) => AnswerOf(value.IsKnown == Expected);

    internal override RuleAnswer AnswerKnown(SignalValue value) => AnswerOf(Expected);

    internal override string? Fault(SignalType type) => null;

    internal override string InWords(string unit) => Expected ? "known" : "not known";
}
