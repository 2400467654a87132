using Spectre.Console;

namespace Crm.Core.Cli;

/// <summary>What one of the two outputs can show.</summary>
/// <param name="IsTerminal">Whether somebody looks at it.</param>
/// <param name="IsDumb">Whether it is a terminal that knows no control sequences.</param>
/// <param name="HasColours">Whether colours are wanted and can be shown; null where that is for the terminal to say.</param>
internal readonly record struct TerminalTraits(bool IsTerminal, bool IsDumb, bool? HasColours)
{
    /// <summary>Gets a value indicating whether lines can be written over, as a bar does.</summary>
    internal bool CanRedraw => IsTerminal && !IsDumb;

    internal AnsiSupport Ansi => HasColours == true ? AnsiSupport.Yes : CanRedraw ? AnsiSupport.Detect : AnsiSupport.No;

    internal ColorSystemSupport Colours => HasColours switch
    {
        true => ColorSystemSupport.Standard,
        false => ColorSystemSupport.NoColors,
        null => ColorSystemSupport.Detect,
    };

    /// <summary>Goes by the usual variables: NO_COLOR (no-color.org) before FORCE_COLOR (force-color.org) before TERM=dumb.</summary>
    internal static TerminalTraits Of(bool isTerminal, Func<string, string?> environment)
    {
        bool isDumb = environment("TERM") == "dumb";
        bool forced = environment("FORCE_COLOR") is { Length: > 0 } force && force is not ("0" or "false");
        bool? colours = !string.IsNullOrEmpty(environment("NO_COLOR")) ? false
            : forced ? true
            : isTerminal && !isDumb ? null : false;
        return new(isTerminal, isDumb, colours);
    }
}
