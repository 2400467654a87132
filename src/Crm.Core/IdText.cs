using System.Globalization;

namespace Crm.Core;

/// <summary>What every id shares: the accepted length, the order, and the message when a text is no id.</summary>
internal static class IdText
{
    internal const int MaxLength = 128;

    internal static bool IsAccepted(string? text) => text is { Length: >= 1 and <= MaxLength };

    /// <summary>Whether a text is an id that every store can keep: databases refuse NUL, and half a surrogate pair has no UTF-8.</summary>
    internal static bool IsStorable(string? text) => IsAccepted(text) && StoredText.IsStorable(text);

    internal static ArgumentOutOfRangeException NotStorable(string? text, string kind, string parameter) => IsAccepted(text)
        ? new(parameter, $"A {kind} holds neither NUL nor half of a surrogate pair, which no store keeps as they are; this one does. Encode or hash it.")
        : WrongLength(text, kind, parameter);

    // Names the length and never the text: a text that is no id may be anything, a person's name included.
    internal static ArgumentOutOfRangeException WrongLength(string? text, string kind, string parameter) => new(
        parameter,
        string.Create(CultureInfo.InvariantCulture,
            $"A {kind} has 1 to {MaxLength} characters; this one has {text?.Length ?? 0}. Hash longer keys before passing them."));

    /// <summary>A total order: nothing, then digits by number (leading zeros last among equals), then ordinal.</summary>
    internal static int Compare(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        bool leftIsNumber = IsNumber(left);
        bool rightIsNumber = IsNumber(right);
        if (leftIsNumber != rightIsNumber)
        {
            return leftIsNumber ? -1 : 1;
        }

        return leftIsNumber ? CompareNumbers(left, right) : string.CompareOrdinal(left, right);
    }

    /// <summary>The order of two texts by their UTF-8 bytes, without making any: that of code points, which pairs of surrogates leave in UTF-16.</summary>
    internal static int CompareUtf8(string left, string right)
    {
        int same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length - right.Length;
        }

        // Surrogates stand for code points above all that a single unit stands for.
        char a = left[same];
        char b = right[same];
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }

    internal static bool IsNumber(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static int CompareNumbers(string left, string right)
    {
        var a = left.AsSpan().TrimStart('0');
        var b = right.AsSpan().TrimStart('0');
        int byLength = a.Length.CompareTo(b.Length);
        int byDigits = byLength != 0 ? byLength : a.SequenceCompareTo(b);
        return byDigits != 0 ? byDigits : left.Length.CompareTo(right.Length);
    }
}
