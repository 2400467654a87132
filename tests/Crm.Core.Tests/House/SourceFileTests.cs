using System.Text.RegularExpressions;

namespace Crm.Core.Tests.House;

/// <summary>How source files are cut, named and kept.</summary>
public sealed partial class SourceFileTests
{
    private const int MostLines = 500;

    [Fact]
    public void Files_InSrc_HoldOnePublicTypeAtMost() => House.Holds(
        from file in SourceTree.Files("src")
        let types = TypesOf(file, "public").Distinct().ToList()
        where types.Count > 1
        select $"{file.Path} holds {string.Join(", ", types)}.",
        "One public type a file.");

    [Fact]
    public void Files_InSrc_AreNamedAfterTheirType() => House.Holds(
        from file in SourceTree.Files("src")
        let types = TypesOf(file, "public").DefaultIfEmpty(TypesOf(file, "internal").FirstOrDefault()).ToList()
        where !types.Contains(file.Name) && !IsEntryPoint(file)
        select $"{file.Path} holds {string.Join(", ", types)}.",
        "A file is named after its public type, or else after its first one.");

    [Fact]
    public void Files_InSrc_HaveTheNamespaceOfTheirFolder() => House.Holds(
        from file in SourceTree.Files("src")
        let name = FileNamespace().Match(file.Text).Groups["name"].Value
        where name != SourceTree.NamespaceOfFolder(file) && !(name.Length == 0 && IsEntryPoint(file))
        select $"{file.Path} has the namespace '{name}'.",
        "Namespaces follow folders.");

    [Fact]
    public void Files_InSrc_AreShort() => House.Holds(
        from file in SourceTree.Files("src")
        where file.Lines.Count > MostLines
        select $"{file.Path} has {file.Lines.Count} lines.",
        $"A file over {MostLines} lines holds more than one concern.");

    [Fact]
    public void Files_InSrc_LeaveNothingUndone() => House.Holds(Lines(Undone()), "Finish it, or say in the documentation that it is not there.");

    [Fact]
    public void Files_InSrc_SuppressOnlyWithAReason() =>
        House.Holds(Lines(Suppression(), HasReason()), "A suppression says why on its line: after // or as its Justification.");

    [Theory]
    [InlineData("public sealed class Money", "Money")]
    [InlineData("public readonly record struct Money : IComparable<Money>", "Money")]
    [InlineData("public sealed class FitResult<TModel>", "FitResult")]
    [InlineData("public abstract partial record Money(int Amount);", "Money")]
    [InlineData("public interface IMoney", "IMoney")]
    [InlineData("public delegate int Spend(Money money);", "Spend")]
    [InlineData("    public sealed class Nested", null)]
    public void TypesOf_ALine_AreFound(string line, string? name) =>
        Assert.Equal(name, TypesOf(new("a/b.cs", line), "public").SingleOrDefault());

    [Theory]
    [InlineData("#pragma warning disable CA1000", false)]
    [InlineData("#pragma warning disable CA1000 // ", false)]
    [InlineData("#pragma warning disable CA1000 // the factory stands on the type it makes", true)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\")]", false)]
    [InlineData("[SuppressMessage(\"Design\", \"CA1000\", Justification = \"The factory stands on the type it makes.\")]", true)]
    public void Suppression_WithoutAReason_IsFound(string line, bool allowed)
    {
        Assert.Matches(Suppression(), line);
        Assert.Equal(allowed, HasReason().IsMatch(line));
    }

    private static IEnumerable<string> Lines(Regex forbidden, Regex? unless = null) =>
        from file in SourceTree.Files("src")
        from line in file.Lines.Index()
        where forbidden.IsMatch(line.Item) && unless?.IsMatch(line.Item) != true
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}";

    // Types begin in the first column: namespaces are file-scoped, so what is indented is nested.
    private static IEnumerable<string> TypesOf(SourceFile file, string access) =>
        TypeDeclaration().Matches(file.Text).Where(match => match.Groups["access"].Value == access).Select(match => match.Groups["name"].Value);

    private static bool IsEntryPoint(SourceFile file) => file.Name == "Program";

    [GeneratedRegex(
        @"^(?<access>public|internal) (?:(?:sealed|abstract|static|readonly|ref|partial|unsafe|file) )*(?:class|struct|interface|enum|record struct|record class|record|delegate [\w<>?\[\]., ]+?) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex FileNamespace();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX:|NotImplementedException)\b")]
    private static partial Regex Undone();

    [GeneratedRegex(@"#pragma warning disable|SuppressMessage\b")]
    private static partial Regex Suppression();

    [GeneratedRegex(@"//\s*\w|Justification = ""\w")]
    private static partial Regex HasReason();
}
