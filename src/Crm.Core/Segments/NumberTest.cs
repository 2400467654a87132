using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>That a number lies in a range.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record NumberTest : SignalTest
{
    private readonly double _least = double.NegativeInfinity;
    private readonly double _greatest = double.PositiveInfinity;
    private readonly bool _isLeastOutside;
    private readonly bool _isGreatestOutside;

    /// <summary>Gets the lower end; −∞ for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or +∞.</exception>
    public double Least
    {
        get => _least;
        init => _least = value < double.PositiveInfinity ? value + 0.0 : throw NoEnd(nameof(Least), value);
    }

    /// <summary>Gets the upper end; +∞ for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or −∞.</exception>
    public double Greatest
    {
        get => _greatest;
        init => _greatest = value > double.NegativeInfinity ? value + 0.0 : throw NoEnd(nameof(Greatest), value);
    }

    /// <summary>Gets a value indicating whether <see cref="Least"/> itself is outside; without that end it does not matter.</summary>
    public bool IsLeastOutside
    {
        get => _isLeastOutside && !double.IsInfinity(Least);
        init => _isLeastOutside = value;
    }

    /// <summary>Gets a value indicating whether <see cref="Greatest"/> itself is outside; without that end it does not matter.</summary>
    public bool IsGreatestOutside
    {
        get => _isGreatestOutside && !double.IsInfinity(Greatest);
        init => _isGreatestOutside = value;
    }

    /// <summary>Whether two tests ask the same.</summary>
    /// <param name="other">The other.</param>
    /// <returns>Whether they do.</returns>
    public bool Equals(NumberTest? other) => other is not null
        && (Least, Greatest, IsLeastOutside, IsGreatestOutside).Equals((other.Least, other.Greatest, other.IsLeastOutside, other.IsGreatestOutside));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Least, Greatest, IsLeastOutside, IsGreatestOutside);

    internal override RuleAnswer AnswerKnown(SignalValue value) => double.IsNaN(value.Number) ? RuleAnswer.Unknown : AnswerOf(Contains(value.Number));

    internal bool Contains(double number) =>
        (IsLeastOutside ? number > Least : number >= Least) && (IsGreatestOutside ? number < Greatest : number <= Greatest);

    internal override string? Fault(SignalType type) => type.Kind is AttributeKind.Number or AttributeKind.Money ? null : $"is {type.InWords()}, and a range of numbers is asked of it";

    internal override string InWords(string unit)
    {
        string least = FormattableString.Invariant($"{(IsLeastOutside ? "above" : "at least")} {Least}");
        string greatest = FormattableString.Invariant($"{(IsGreatestOutside ? "below" : "at most")} {Greatest}");
        string range = Least == Greatest ? FormattableString.Invariant($"{Least}")
            : double.IsInfinity(Greatest) ? double.IsInfinity(Least) ? "any number" : least
            : double.IsInfinity(Least) ? greatest : $"{least} and {greatest}";
        return unit.Length == 0 ? range : $"{range} {unit}";
    }

    private static ArgumentOutOfRangeException NoEnd(string name, double value) =>
        new(name, FormattableString.Invariant($"An end of a range is a number, or infinite on its own side for none; it was {value}."));
}
