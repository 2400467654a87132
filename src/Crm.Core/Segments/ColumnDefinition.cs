using Crm.Core.Customers;

namespace Crm.Core.Segments;

/// <summary>A column of answers about customers that others compute: "clv" in euros, "p-alive", "tier".</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record ColumnDefinition
{
    private readonly string _name = "";
    private readonly string? _unit;
    private readonly IReadOnlyList<string> _accepted = ValueList<string>.None;

    /// <summary>Gets the name; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    public required string Name
    {
        get => _name;
        init => _name = StoredText.Line(value);
    }

    /// <summary>Gets the type of its values. Money is a number whose <see cref="Unit"/> is the currency.</summary>
    public required AttributeKind Kind { get; init; }

    /// <summary>Gets what its numbers count, or their currency: "EUR"; null for nothing.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Unit
    {
        get => _unit;
        init => _unit = StoredText.LineOrNull(value);
    }

    /// <summary>Gets the texts it takes; empty for any.</summary>
    /// <exception cref="ArgumentException">The list or one of its texts is null.</exception>
    public IReadOnlyList<string> Accepted
    {
        get => _accepted;
        init => _accepted = ValueList<string>.Of(value, nameof(Accepted));
    }

    /// <summary>Defines a column of numbers.</summary>
    /// <param name="name">The name.</param>
    /// <param name="unit">What they count, or their currency; null for nothing.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The name or the unit is empty, too long, or cannot be stored as it is.</exception>
    public static ColumnDefinition Number(string name, string? unit = null) => new() { Name = name, Kind = AttributeKind.Number, Unit = unit };

    /// <summary>Defines a column of texts.</summary>
    /// <param name="name">The name.</param>
    /// <param name="accepted">The texts it takes; none for any.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentException">The name is empty, too long, or cannot be stored as it is, or a text is null.</exception>
    public static ColumnDefinition Text(string name, params IEnumerable<string> accepted) => new() { Name = name, Kind = AttributeKind.Text, Accepted = [.. accepted] };

    internal SignalType Type => Kind switch
    {
        AttributeKind.Text => SignalType.Texts(Accepted),
        AttributeKind.Flag => SignalType.Flag,
        AttributeKind.Day => new(AttributeKind.Day, null, []),
        _ => SignalType.Number(Unit),
    };
}
