using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Customers;

/// <summary>The value of an attribute: a text, a number with or without a unit, yes or no, a day, or money.</summary>
/// <remarks>Compared by value and type; 1 km is not 1,000 m. Immutable and thread-safe.</remarks>
[JsonConverter(typeof(AttributeValueConverter))]
public sealed record AttributeValue
{
    private AttributeValue(AttributeKind kind) => Kind = kind;

    /// <summary>Gets the type.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Gets the text; null where the value is none.</summary>
    public string? Text { get; private init; }

    /// <summary>Gets the number; null where the value is none.</summary>
    public decimal? Number { get; private init; }

    /// <summary>Gets what the number counts, "km"; null where it counts nothing or the value is no number.</summary>
    public string? Unit { get; private init; }

    /// <summary>Gets yes or no; null where the value is neither.</summary>
    public bool? Flag { get; private init; }

    /// <summary>Gets the day; null where the value is none.</summary>
    public LocalDate? Day { get; private init; }

    /// <summary>Gets the money; null where the value is none.</summary>
    public Money? Money { get; private init; }

    /// <summary>Makes a value of a text.</summary>
    /// <param name="text">0 to 65,536 characters.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The text is null, too long, or cannot be stored as it is.</exception>
    public static AttributeValue Of(string text) => new(AttributeKind.Text) { Text = StoredText.Body(text, nameof(text)) };

    /// <summary>Makes a value of a number.</summary>
    /// <param name="number">The number.</param>
    /// <param name="unit">What it counts: "km", "employees"; null for nothing.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The unit is empty, too long, or cannot be stored as it is.</exception>
    public static AttributeValue Of(decimal number, string? unit = null) =>
        new(AttributeKind.Number) { Number = number, Unit = StoredText.LineOrNull(unit, nameof(unit)) };

    /// <summary>Makes a value of yes or no.</summary>
    /// <param name="flag">Yes or no.</param>
    /// <returns>The value.</returns>
    public static AttributeValue Of(bool flag) => new(AttributeKind.Flag) { Flag = flag };

    /// <summary>Makes a value of a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>The value.</returns>
    public static AttributeValue Of(LocalDate day) => new(AttributeKind.Day) { Day = day };

    /// <summary>Makes a value of money.</summary>
    /// <param name="money">The money.</param>
    /// <returns>The value.</returns>
    public static AttributeValue Of(Money money) => new(AttributeKind.Money) { Money = money };

    /// <summary>Gives the type, nothing of the value.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Kind} value";

    /// <summary>Gives the value in words, in the invariant culture. It may be personal data.</summary>
    /// <returns>The text.</returns>
    public string ToText() => Kind switch
    {
        AttributeKind.Text => Text!,
        AttributeKind.Number => string.Create(CultureInfo.InvariantCulture, $"{Number}{(Unit is null ? "" : " " + Unit)}"),
        AttributeKind.Flag => Flag!.Value ? "yes" : "no",
        AttributeKind.Day => LocalDatePattern.Iso.Format(Day!.Value),
        _ => Money!.Value.ToString(),
    };
}
