namespace Crm.Core.Cli.Files;

/// <summary>Shows enough of a wrong value to recognise what kind of thing it is, and too little to know whose.</summary>
internal static class Masked
{
    private const int Shown = 8;

    // Words that programs write for "no number": safe to show, and the best hint there is.
    private static readonly string[] _plain = ["nan", "null", "inf", "-inf", "infinity", "n/a", "na", "none", "true", "false"];

    /// <summary>The first 8 characters, letters as x and control characters as a dot, then an ellipsis if there is more.</summary>
    internal static string Text(string value)
    {
        if (_plain.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            return value;
        }

        string start = new([.. value.Take(Shown).Select(c => char.IsLetter(c) || char.IsSurrogate(c) ? 'x' : char.IsControl(c) ? '·' : c)]);
        return value.Length > Shown ? start + "…" : start;
    }
}
