using NodaTime;

namespace Crm.Core.Customers;

/// <summary>What an attribute is: its type, its unit, what values it takes, and how long a value stays fresh.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record AttributeDefinition
{
    private readonly IReadOnlyList<string> _accepted = ValueList<string>.None;

    /// <summary>Gets the attribute.</summary>
    public required AttributeId Id { get; init; }

    /// <summary>Gets the type of its values.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>Gets what it tells of a customer.</summary>
    public AttributeGroup Group { get; init; }

    /// <summary>Gets what a number counts: "km"; null for nothing.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets the texts it takes; empty for any.</summary>
    /// <exception cref="ArgumentException">The list or one of its texts is null.</exception>
    public IReadOnlyList<string> Accepted
    {
        get => _accepted;
        init => _accepted = ValueList<string>.Of(value, nameof(Accepted));
    }

    /// <summary>Gets the least number; null for no limit.</summary>
    public decimal? Least { get; init; }

    /// <summary>Gets the greatest number; null for no limit.</summary>
    public decimal? Greatest { get; init; }

    /// <summary>Gets how long after it was recorded a value is fresh; null for always (a day of birth does not age).</summary>
    public Duration? FreshFor { get; init; }

    /// <summary>
    /// Gets a value indicating whether the law protects it more than other data (health, belief, origin, opinion, sexuality, union): such
    /// attributes are shown and shared only where they are named one by one.
    /// </summary>
    public bool IsSpecialCategory { get; init; }

    /// <summary>Says what is wrong with a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>What is accepted instead, in words without the value; null where the value is right.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public string? Fault(AttributeValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind != Kind ? $"a {Words(Kind)}, not a {Words(value.Kind)}"
            : value.Unit != Unit ? $"a number of {Unit ?? "no unit"}, not of {value.Unit ?? "no unit"}"
            : value.Text is { } text && Accepted.Count > 0 && !Accepted.Contains(text, StringComparer.Ordinal) ? $"one of {string.Join(", ", Accepted)}"
            : value.Number < Least ? FormattableString.Invariant($"{Least} or more")
            : value.Number > Greatest ? FormattableString.Invariant($"{Greatest} or less")
            : null;
    }

    /// <summary>Gives the attribute and its type.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id}, a {Words(Kind)}";

    private static string Words(AttributeKind kind) => kind switch
    {
        AttributeKind.Text => "text",
        AttributeKind.Number => "number",
        AttributeKind.Flag => "yes or no",
        AttributeKind.Day => "day",
        _ => "sum of money",
    };
}
