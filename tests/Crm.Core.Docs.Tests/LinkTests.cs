using System.Text.RegularExpressions;

namespace Crm.Core.Docs.Tests;

/// <summary>Links between pages lead somewhere: to a file that is there, and to a heading that stands in it.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. Page.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string name)
    {
        Page page = Page.Named(name);
        string folder = Path.GetDirectoryName(Path.Combine(Page.Repository, name))!;
        foreach (Match link in Link().Matches(page.Text))
        {
            string target = link.Groups[1].Value;
            if (target.Contains("://", StringComparison.Ordinal))
            {
                continue;
            }

            string[] parts = target.Split('#');
            string path = parts[0].Length == 0 ? Path.Combine(Page.Repository, name) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Assert.True(File.Exists(path) || Directory.Exists(path), $"{name} links to {target}, which is not there.");
            if (parts.Length > 1)
            {
                Assert.True(Headings(File.ReadAllText(path)).Contains(parts[1]), $"{name} links to {target}: no heading there is called so.");
            }
        }
    }

    private static HashSet<string> Headings(string markdown) =>
        [.. Heading().Matches(markdown).Select(heading => NotInAnchor().Replace(heading.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
