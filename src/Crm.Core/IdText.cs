using System.Globalization;

namespace Crm.Core;

/// <summary>What every id shares: the accepted length, the order, and the message when a text is no id.</summary>
internal static class IdText
{
    internal const int MaxLength = 128;

    internal static bool IsAccepted(string? text) => text is { Length: >= 1 and <= MaxLength };

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
