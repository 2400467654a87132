using System.Diagnostics.CodeAnalysis;

namespace Crm.Core;

/// <summary>Identifies one customer. The library never looks inside the text.</summary>
/// <remarks>
/// Equality is ordinal. Ids made of digits only sort by number and before all others, which sort ordinally, so that
/// "9" comes before "10". The default value is <see cref="None"/>, which nothing accepts. Immutable and thread-safe.
/// </remarks>
public readonly record struct CustomerId : IComparable<CustomerId>
{
    private readonly string? _text;

    private CustomerId(string text) => _text = text;

    /// <summary>Gets the absent id, the default value.</summary>
    public static CustomerId None => default;

    /// <summary>Brings the texts near; none may be <see cref="None"/>.</summary>
    /// <remarks>They lie anywhere in memory. Asked for one after another without work between, they come side by side.</remarks>
    internal static void Touch(ReadOnlySpan<CustomerId> ids)
    {
        foreach (ref readonly CustomerId id in ids)
        {
            _ = id._text!.Length;
        }
    }

    /// <summary>Whether two ids are made of one string: less than being equal, and told without looking at it.</summary>
    internal bool IsSame(CustomerId other) => ReferenceEquals(_text, other._text);

    /// <summary>Makes an id of a text.</summary>
    /// <param name="text">1 to 128 characters.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="text"/> is null, empty or longer than 128 characters.</exception>
    public static CustomerId Of(string text) =>
        TryOf(text, out var id) ? id : throw IdText.WrongLength(text, "customer id", nameof(text));

    /// <summary>Makes an id of a text, if it can be one.</summary>
    /// <param name="text">1 to 128 characters make an id; anything else does not.</param>
    /// <param name="id">The id, or <see cref="None"/>.</param>
    /// <returns>Whether the text made an id.</returns>
    public static bool TryOf([NotNullWhen(true)] string? text, out CustomerId id)
    {
        bool accepted = IdText.IsAccepted(text);
        id = accepted ? new(text!) : None;
        return accepted;
    }

    /// <summary>Compares two ids: digits by number first, then the rest ordinally; <see cref="None"/> comes before all.</summary>
    /// <param name="other">The id to compare with.</param>
    /// <returns>Less than 0, 0 or more than 0, and 0 only for equal ids.</returns>
    public int CompareTo(CustomerId other) => IdText.Compare(_text, other._text);

    /// <summary>Whether one id sorts before another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>Whether <paramref name="left"/> comes first.</returns>
    public static bool operator <(CustomerId left, CustomerId right) => left.CompareTo(right) < 0;

    /// <summary>Whether one id sorts after another.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>Whether <paramref name="left"/> comes last.</returns>
    public static bool operator >(CustomerId left, CustomerId right) => left.CompareTo(right) > 0;

    /// <summary>Whether one id sorts before another or equals it.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>Whether <paramref name="left"/> does not come last.</returns>
    public static bool operator <=(CustomerId left, CustomerId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one id sorts after another or equals it.</summary>
    /// <param name="left">The first id.</param>
    /// <param name="right">The second id.</param>
    /// <returns>Whether <paramref name="left"/> does not come first.</returns>
    public static bool operator >=(CustomerId left, CustomerId right) => left.CompareTo(right) >= 0;

    /// <summary>Gives the text of the id, "(none)" for <see cref="None"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text ?? "(none)";
}
