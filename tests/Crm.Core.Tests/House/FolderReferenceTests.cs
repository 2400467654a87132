using System.Reflection;
using System.Text.RegularExpressions;
using Crm.Core.Tests.House.Planted.Upper;

namespace Crm.Core.Tests.House;

/// <summary>A folder of the library names only the folders its design allows.</summary>
public sealed partial class FolderReferenceTests
{
    private static readonly FolderRules _planted = new("Crm.Core.Tests.House.Planted", new Dictionary<string, string[]> { ["Upper"] = [], ["Lower"] = [] });

    public static TheoryData<string> WaysToNameAType => [.. typeof(Upper).GetNestedTypes(BindingFlags.NonPublic)
        .Where(type => type.Name.StartsWith("As", StringComparison.Ordinal))
        .Select(type => type.Name)];

    [Fact]
    public void Types_OfEveryFolder_NameOnlyAllowedFolders() =>
        House.Holds(FolderRules.OfCrmCore.Violations(House.Library.GetTypes()), "Folders that may not name each other do.");

    [Fact]
    public void Types_OfTheLibrary_StandInKnownFolders() => House.Holds(
        House.Library.GetTypes()
            .Where(type => FolderRules.OfCrmCore.FolderOf(type) is { } folder && !FolderRules.OfCrmCore.Allowed.ContainsKey(folder))
            .Select(type => $"{type} stands in no folder of the design; give its folder a line in {nameof(FolderRules)}."),
        "A folder without rules may name anything.");

    // What the compiler folds away, constants and nameof, still needs the using directive or the whole name.
    [Fact]
    public void Sources_OfEveryFolder_UseOnlyAllowedNamespaces() => House.Holds(
        from file in SourceTree.Files("src/Crm.Core")
        let rules = FolderRules.OfCrmCore
        let folder = rules.FolderOf(SourceTree.NamespaceOfFolder(file))
        from Match use in LibraryNamespace().Matches(file.TextWithoutComments)
        let used = rules.FolderOf(use.Groups["name"].Value)
        where rules.Allowed.ContainsKey(used) && !rules.MayName(folder, used)
        select $"{file.Path} writes {use.Value}: {folder} may not use {used}.",
        "Folders that may not name each other do.");

    [Fact]
    public void Rules_OfTheLibrary_NameFoldersThatHaveRules() =>
        Assert.Empty(FolderRules.OfCrmCore.Allowed.Values.SelectMany(others => others).Except(FolderRules.OfCrmCore.Allowed.Keys));

    [Theory]
    [MemberData(nameof(WaysToNameAType))]
    public void Violations_OfAPlantedReference_AreFound(string way)
    {
        Type planted = typeof(Upper).GetNestedType(way, BindingFlags.NonPublic)!;
        IReadOnlyList<string> violations = Violations(planted);
        Assert.NotEmpty(violations);
        Assert.All(violations, violation => Assert.EndsWith(": Upper may not use Lower.", violation, StringComparison.Ordinal));
    }

    [Fact]
    public void Violations_WithoutAReference_AreNone() => Assert.Empty(Violations(typeof(Upper.Innocent)));

    [Fact]
    public void Violations_OfAPlantedCall_NameTypeMemberAndReference() => Assert.Equal(
        "Crm.Core.Tests.House.Planted.Upper.Upper+AsCall names Crm.Core.Tests.House.Planted.Lower.Thing in Member: Upper may not use Lower.",
        Assert.Single(Violations(typeof(Upper.AsCall))));

    private static IReadOnlyList<string> Violations(Type type) => _planted.Violations(House.WithNested(type));

    [GeneratedRegex(@"(?<!namespace )\b(?<name>Crm\.Core\.[A-Z]\w+)")]
    private static partial Regex LibraryNamespace();
}
