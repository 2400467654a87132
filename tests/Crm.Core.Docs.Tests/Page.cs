namespace Crm.Core.Docs.Tests;

/// <summary>A page of the documentation and the code that stands in it.</summary>
internal sealed class Page
{
    private Page(string name, string text)
    {
        Name = name;
        Text = text;
    }

    internal static string Repository { get; } = FindRepository();

    internal static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository, "README.md"))
            .Append(Path.Combine(Repository, "CONTRIBUTING.md"))
            .Order(StringComparer.Ordinal)
            .Select(path => new Page(Path.GetRelativePath(Repository, path).Replace('\\', '/'), File.ReadAllText(path))),
    ];

    internal string Name { get; }

    internal string Text { get; }

    internal static Page Named(string name) => All.Single(page => page.Name == name);

    /// <summary>The blocks of a language, in their order.</summary>
    internal IReadOnlyList<string> Blocks(string language) =>
        [.. Text.Split("```" + language + "\n")[1..].Select(rest => rest[..rest.IndexOf("\n```", StringComparison.Ordinal)])];

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Crm.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run within the repository.");
    }
}
