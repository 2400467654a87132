namespace Crm.Core.Pyramids;

/// <summary>What the values of a pyramid are: revenue of a year in EUR, margin, lifetime value.</summary>
/// <remarks>Compared by value. Immutable and thread-safe.</remarks>
public sealed record PyramidMeasure
{
    private readonly string _name = "";

    /// <summary>Gets the name, in words: "revenue of 12 months".</summary>
    /// <exception cref="ArgumentException">The name is null or blank.</exception>
    public required string Name
    {
        get => _name;
        init => _name = !string.IsNullOrWhiteSpace(value) ? value : throw new ArgumentException("A measure has a name: revenue of 12 months, margin, lifetime value.", nameof(value));
    }

    /// <summary>Gets the currency; none for what is no money.</summary>
    public Currency Currency { get; init; }

    /// <summary>Gives the name and the currency.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Currency == Currency.None ? Name : $"{Name} in {Currency}";
}
