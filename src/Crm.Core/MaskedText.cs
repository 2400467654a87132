namespace Crm.Core;

/// <summary>Shows enough of a value to recognise what kind of thing it is, and too little to know whose.</summary>
internal static class MaskedText
{
    private const int Shown = 8;

    /// <summary>The first 8 characters, letters as x, digits as 9 and control characters as a dot, then an ellipsis if there is more.</summary>
    internal static string Of(string value)
    {
        string start = string.Create(Math.Min(value.Length, Shown), value, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                char c = text[i];
                span[i] = char.IsLetter(c) || char.IsSurrogate(c) ? 'x' : char.IsDigit(c) ? '9' : char.IsControl(c) ? '·' : c;
            }
        });
        return value.Length > Shown ? start + "…" : start;
    }
}
