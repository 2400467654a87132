namespace Crm.Core.Tests.House;

/// <summary>The folder of the checkout holds the project's own names and no others.</summary>
public sealed class RootFolderTests
{
    private static readonly string[] _names =
    [
        "src", "tests", "benchmarks", "docs",
        "Crm.Core.sln", "Directory.Build.props", "Directory.Packages.props", "nuget.config",
        "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
    ];

    [Fact]
    public void Root_OfTheCheckout_HoldsOnlyTheProjectsNames() => House.Holds(
        new DirectoryInfo(SourceTree.Root).EnumerateFileSystemInfos()
            .Select(entry => entry.Name)
            .Where(name => !name.StartsWith('.') && !SourceTree.IsBuilt(name) && !_names.Contains(name, StringComparer.Ordinal))
            .Select(name => $"'{name}' is not one of {string.Join(", ", _names)}."),
        "Top-level names are the project's; put it into src, tests, benchmarks or docs.");

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("Crm.Core.sln")]
    [InlineData("README.md")]
    [InlineData("LICENSE")]
    public void Root_OfTheCheckout_HoldsTheNamesEveryoneNeeds(string name) => Assert.True(Path.Exists(Path.Combine(SourceTree.Root, name)));
}
