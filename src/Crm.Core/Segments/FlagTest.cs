using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>That something is so, or is not.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
/// <param name="Expected">What it must be.</param>
public sealed record FlagTest(bool Expected) : SignalTest
{
    internal override RuleAnswer AnswerKnown(SignalValue value) => double.IsNaN(value.Number) ? RuleAnswer.Unknown : AnswerOf(value.Number == (Expected ? 1 : 0));

    internal override string? Fault(SignalType type) => type.Kind == AttributeKind.Flag ? null : $"is {type.InWords()}, and yes or no is asked of it";

    internal override string InWords(string unit) => Expected ? "yes" : "no";
}
