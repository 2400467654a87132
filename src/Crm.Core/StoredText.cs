using System.Globalization;
using System.Runtime.CompilerServices;

namespace Crm.Core;

/// <summary>What a text must be so that every store gives it back exactly as it was, and the refusal that names what is wrong.</summary>
internal static class StoredText
{
    /// <summary>The longest name, key or address line.</summary>
    internal const int MaxLine = 1_000;

    /// <summary>The longest note, wording or message.</summary>
    internal const int MaxBody = 65_536;

    /// <summary>Whether a text can be kept: PostgreSQL refuses NUL, and half a surrogate pair cannot be written as UTF-8.</summary>
    internal static bool IsStorable(ReadOnlySpan<char> text) => !text.Contains('\0') && IsUnicode(text);

    /// <summary>Whether a text can be written as UTF-8, as JSON is: half of a surrogate pair cannot.</summary>
    internal static bool IsUnicode(ReadOnlySpan<char> text)
    {
        int start = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        return start < 0 || IsPaired(text[start..]);
    }

    internal static string Line(string? text, [CallerMemberName] string name = "") => Checked(text, 1, MaxLine, name);

    internal static string? LineOrNull(string? text, [CallerMemberName] string name = "") => text is null ? null : Line(text, name);

    internal static string Body(string? text, [CallerMemberName] string name = "") => Checked(text, 0, MaxBody, name);

    internal static string? BodyOrNull(string? text, [CallerMemberName] string name = "") => text is null ? null : Body(text, name);

    /// <summary>Refuses an id that is absent or that a store could not keep; the ids of the first hour accept any characters.</summary>
    internal static T Id<T>(T id, T none, [CallerMemberName] string name = "")
        where T : struct, IEquatable<T>
    {
        if (id.Equals(none))
        {
            throw new ArgumentException($"{name} names nobody and nothing. Give an id.", name);
        }

        return OptionalId(id, name);
    }

    /// <summary>Refuses an id that a store could not keep.</summary>
    internal static T OptionalId<T>(T id, [CallerMemberName] string name = "")
        where T : struct => IsStorable(id.ToString()) ? id : throw NotStorable(name);

    private static string Checked(string? text, int least, int most, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        if (text.Length < least || text.Length > most)
        {
            throw new ArgumentOutOfRangeException(name, string.Create(
                CultureInfo.InvariantCulture, $"{name} has {least} to {most} characters; this one has {text.Length}. Keep longer texts elsewhere and store where."));
        }

        return IsStorable(text) ? text : throw NotStorable(name);
    }

    // Never the text itself: it may be personal.
    private static ArgumentException NotStorable(string name) => new(
        $"{name} holds NUL or half of a surrogate pair, which no store keeps as they are. Remove or encode them.", name);

    private static bool IsPaired(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
