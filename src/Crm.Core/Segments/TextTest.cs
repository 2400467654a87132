using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>That a text is one of several, compared ordinally.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record TextTest : SignalTest
{
    private readonly IReadOnlyList<string> _accepted = ValueList<string>.None;

    /// <summary>Gets the texts; 1 or more.</summary>
    /// <exception cref="ArgumentException">The list is null or empty, or one of its texts is null or cannot be stored as it is.</exception>
    public required IReadOnlyList<string> Accepted
    {
        get => _accepted;
        init
        {
            var texts = ValueList<string>.Of(value, nameof(Accepted));
            _accepted = texts.Count == 0 ? throw new ArgumentException("Name at least one text; use IsUnknown for who has none.", nameof(Accepted))
                : texts.All(text => StoredText.IsStorable(text)) ? texts
                : throw new ArgumentException("A text holds NUL or half of a surrogate pair, which no store keeps as they are.", nameof(Accepted));
        }
    }

    internal override RuleAnswer AnswerKnown(SignalValue value) => value.Text is { } text ? AnswerOf(Accepted.Contains(text, StringComparer.Ordinal)) : RuleAnswer.Unknown;

    internal override string? Fault(SignalType type) => type.Kind != AttributeKind.Text ? $"is {type.InWords()}, and a text is asked of it"
        : type.Accepted.Count > 0 && Accepted.Except(type.Accepted, StringComparer.Ordinal).ToArray() is { Length: > 0 } others
        ? $"is never {string.Join(" or ", others)}; possible are {string.Join(", ", type.Accepted)}" : null;

    internal override string InWords(string unit) => string.Join(" or ", Accepted);
}
