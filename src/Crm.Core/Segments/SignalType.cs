using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>What values a signal can have.</summary>
/// <param name="Kind">The type; money counts as a number of its currency.</param>
/// <param name="Unit">What a number counts, or its currency; null for nothing.</param>
/// <param name="Accepted">The texts it takes; empty for any.</param>
/// <param name="Least">The least number.</param>
/// <param name="Greatest">The greatest number.</param>
/// <param name="IsWhole">Whether all numbers are whole.</param>
internal sealed record SignalType(
    AttributeKind Kind, string? Unit, IReadOnlyList<string> Accepted, double Least = double.NegativeInfinity, double Greatest = double.PositiveInfinity, bool IsWhole = false)
{
    internal static SignalType Flag { get; } = new(AttributeKind.Flag, null, [], 0, 1, IsWhole: true);

    internal static SignalType Text { get; } = Texts();

    internal static SignalType Texts(params IReadOnlyList<string> accepted) => new(AttributeKind.Text, null, accepted);

    internal static SignalType Count(string? unit, double greatest = double.PositiveInfinity) => new(AttributeKind.Number, unit, [], 0, greatest, IsWhole: true);

    internal static SignalType Number(string? unit, double least = double.NegativeInfinity, double greatest = double.PositiveInfinity) =>
        new(AttributeKind.Number, unit, [], least, greatest);

    internal string InWords() => Kind switch
    {
        AttributeKind.Text => Accepted.Count > 0 ? $"a text: one of {string.Join(", ", Accepted)}" : "a text",
        AttributeKind.Flag => "yes or no",
        AttributeKind.Day => "a day",
        _ => Unit is null ? "a number" : $"a number of {Unit}",
    };
}
