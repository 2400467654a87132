using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.House;

/// <summary>The source files of the checkout, without what a build writes.</summary>
internal static class SourceTree
{
    private static readonly string[] _built = ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    internal static string Root { get; } = SharedData.RepositoryRoot();

    internal static bool IsBuilt(string folder) => _built.Contains(folder, StringComparer.Ordinal);

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    internal static IReadOnlyList<SourceFile> Files(string under) => Files(under, "*.cs");

    internal static IReadOnlyList<SourceFile> Files(string under, params string[] patterns)
    {
        var files = patterns
            .SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Root, under), pattern, SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(IsBuilt))
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceFile(file, Read(file)))
            .ToList();
        Assert.NotEmpty(files);
        return files;
    }

    /// <summary>Gives the namespace a file's folder asks for: src/Crm.Core/Histories is Crm.Core.Histories.</summary>
    internal static string NamespaceOfFolder(SourceFile file) => string.Join('.', file.Folder.Split('/').Skip(1));
}
