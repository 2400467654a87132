namespace Crm.Core.Customers;

/// <summary>That a customer sells on what it buys; its dates say since when.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ResellerStatus : CustomerFact
{
    private readonly string? _territory;

    /// <summary>Gets where or to whom: "north", "schools"; null where nobody said.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Territory
    {
        get => _territory;
        init => _territory = StoredText.LineOrNull(value);
    }
}
