using System.Text.RegularExpressions;

namespace Crm.Core.Tests.House;

/// <summary>A source file of the checkout.</summary>
/// <param name="Path">From the root of the checkout, with slashes.</param>
/// <param name="Text">What stands in it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    internal string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>Gets the name without the endings: "Money" of Money.cs and of Money.Operators.cs.</summary>
    internal string Name => Path[(Path.LastIndexOf('/') + 1)..].Split('.')[0];

    internal IReadOnlyList<string> Lines { get; } = Text.Split('\n');

    // A string with two slashes in it loses its end, which no test here minds.
    internal string TextWithoutComments { get; } = Comment().Replace(Text, "");

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
