using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>That a day lies in a span of days.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record DayTest : SignalTest
{
    /// <summary>Gets the first day inside; null for none.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Gets the first day no more inside; null for none.</summary>
    public LocalDate? Before { get; init; }

    internal override RuleAnswer AnswerKnown(SignalValue value) => Range.AnswerKnown(value);

    /// <summary>The span as a range of day numbers.</summary>
    internal NumberTest Range => new()
    {
        Least = From is { } from ? DayNumber.Of(from) : double.NegativeInfinity,
        Greatest = Before is { } before ? DayNumber.Of(before) : double.PositiveInfinity,
        IsGreatestOutside = true,
    };

    internal override string? Fault(SignalType type) => type.Kind == AttributeKind.Day ? null : $"is {type.InWords()}, and a day is asked of it";

    internal override string InWords(string unit) => string.Join(" and ", ((string[])[
        From is { } from ? FormattableString.Invariant($"{from:uuuu-MM-dd} or later") : "",
        Before is { } before ? FormattableString.Invariant($"before {before:uuuu-MM-dd}") : ""]).Where(text => text.Length > 0).DefaultIfEmpty("any day"));
}
