using System.Text.Json.Serialization;

namespace Crm.Core.Customers;

/// <summary>What a customer is called.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record CustomerName : CustomerFact
{
    private readonly string _full = "";
    private readonly string? _given;
    private readonly string? _family;
    private readonly string? _salutation;

    /// <summary>Gets the whole name as it is written; 1 to 1,000 characters.</summary>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is.</exception>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string Full
    {
        get => _full;
        init => _full = StoredText.Line(value);
    }

    /// <summary>Gets the given name; null where it is not told apart.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Given
    {
        get => _given;
        init => _given = StoredText.LineOrNull(value);
    }

    /// <summary>Gets the family name; null where it is not told apart.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Family
    {
        get => _family;
        init => _family = StoredText.LineOrNull(value);
    }

    /// <summary>Gets how the customer wants to be addressed: "Dr Lovelace"; null where nobody asked.</summary>
    /// <exception cref="ArgumentException">The text is empty, too long, or cannot be stored as it is.</exception>
    public string? Salutation
    {
        get => _salutation;
        init => _salutation = StoredText.LineOrNull(value);
    }

    /// <summary>Names a customer.</summary>
    /// <param name="full">The whole name; 1 to 1,000 characters.</param>
    /// <param name="dates">Its source and dates.</param>
    /// <returns>The fact.</returns>
    /// <exception cref="ArgumentException">The text is null, empty, too long, or cannot be stored as it is; or the dates are wrong.</exception>
    public static CustomerName Of(string full, FactDates dates) => new() { Full = full, Dates = dates };
}
