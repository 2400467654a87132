namespace Crm.Core.Segments;

/// <summary>What is asked of the value of a signal.</summary>
/// <remarks>A closed set. Compared by value. Immutable and thread-safe.</remarks>
public abstract record SignalTest
{
    private protected SignalTest()
    {
    }

    /// <summary>Gives the test in words: "at least 3".</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public sealed override string ToString() => InWords("");

    /// <summary>The answer for a value; never asked of an unknown one but by <see cref="KnownTest"/>.</summary>
    internal abstract RuleAnswer AnswerKnown(SignalValue value);

    /// <summary>The answer, whether the value is known or not.</summary>
    internal virtual RuleAnswer Answer(SignalValue value) => value.IsKnown ? AnswerKnown(value) : RuleAnswer.Unknown;

    /// <summary>What is wrong with asking this of such values, in words; null where nothing is.</summary>
    internal abstract string? Fault(SignalType type);

    internal abstract string InWords(string unit);

    private protected static RuleAnswer AnswerOf(bool holds) => holds ? RuleAnswer.Yes : RuleAnswer.No;
}
