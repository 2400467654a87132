using System.Globalization;
using System.Text;

namespace Crm.Core.Testing.Rules;

/// <summary>A check inside a rule did not hold. Caught by the rule set, which names the rule.</summary>
internal sealed class BrokenPromise(string expected, string actual) : Exception
{
    internal string Expected { get; } = OnOneLine(expected);

    internal string Actual { get; } = OnOneLine(actual);

    // Ids may hold any characters, line ends and marks that turn the direction of a line included.
    private static string OnOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            bool isSeen = !(char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            _ = isSeen ? line.Append(c) : line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return line.ToString();
    }
}
