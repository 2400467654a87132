using System.Xml.Linq;

namespace Crm.Core.Tests.House;

/// <summary>The library does no input or output, has no clock and no globals.</summary>
public sealed class BannedApiTests
{
    // The analyzer's list, src/BannedSymbols.txt, also holds for the tool, which may read files and write to the console.
    private static readonly BannedMembers _banned = new(
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.TimeProvider.get_System",
        "NodaTime.SystemClock.*", "System.Diagnostics.Stopwatch.*", "System.Threading.Timer.*",
        "System.TimeZoneInfo.get_Local", "NodaTime.DateTimeZoneProviders.get_Bcl", "NodaTime.IDateTimeZoneProvider.GetSystemDefault",
        "System.Random.*", "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Security.Cryptography.RandomNumberGenerator.*",
        "System.IO.File*", "System.IO.Directory*", "System.IO.Drive*", "System.IO.Path.*", "System.IO.Pipes.*", "System.Net.*",
        "System.Console.*", "System.Environment.*", "System.AppContext.*", "System.AppDomain.*", "System.Diagnostics.Process*",
        "System.Globalization.CultureInfo.get_Current*", "System.Globalization.CultureInfo.set_*", "System.Threading.Thread.*",
        "System.String.ToUpper", "System.String.ToLower",
    ],
    // Iterators remember the thread they began on; and how many threads share the work changes no answer. The last is the name of the type alone.
    except: ["System.Environment.get_CurrentManagedThreadId", "System.Environment.get_ProcessorCount", "System.Environment."]);

    public static TheoryData<string> AnalyzedProjects =>
        [.. SourceTree.Files("src", "*.csproj").Select(project => project.Folder)];

    [Fact]
    public void Library_Anywhere_UsesNoBannedMember() =>
        House.Holds(House.Library.GetTypes().SelectMany(_banned.Uses), "Take it as a parameter, or leave it to the host.");

    [Theory]
    [InlineData(typeof(DateTime), nameof(DateTime.Now))]
    [InlineData(typeof(DateTime), nameof(DateTime.UtcNow))]
    [InlineData(typeof(DateTime), nameof(DateTime.Today))]
    [InlineData(typeof(DateTimeOffset), nameof(DateTimeOffset.Now))]
    [InlineData(typeof(DateTimeOffset), nameof(DateTimeOffset.UtcNow))]
    [InlineData(typeof(Guid), nameof(Guid.NewGuid))]
    [InlineData(typeof(Random), null)]
    public void BannedSymbols_OfTheAnalyzer_HoldTheMember(Type type, string? member) =>
        Assert.Matches($@"(?m)^[TPM]:{type.FullName}{(member is null ? "" : "." + member)};\w", SourceTree.Read("src/BannedSymbols.txt"));

    [Fact]
    public void Analyzer_OfSrc_IsWiredWithItsList()
    {
        XDocument props = XDocument.Parse(SourceTree.Read("src/Directory.Build.props"));
        Assert.Contains(props.Descendants("PackageReference"), item => item.Attribute("Include")?.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(props.Descendants("AdditionalFiles"), item => item.Attribute("Include")?.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal) == true);
    }

    [Theory]
    [MemberData(nameof(AnalyzedProjects))]
    public void Analyzer_OfEveryProjectInSrc_IsRestored(string project) =>
        Assert.Contains("\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"", SourceTree.Read(project + "/packages.lock.json"), StringComparison.Ordinal);

    [Fact]
    public void Warnings_OfTheHouse_AreErrors() =>
        Assert.Equal("true", XDocument.Parse(SourceTree.Read("Directory.Build.props")).Descendants("TreatWarningsAsErrors").Single().Value);

    [Fact]
    public void Settings_OfTheHouse_LetNoBannedSymbolPass() => House.Holds(
        from file in SourceTree.Files("", "*.props", "*.targets", "*.csproj", ".editorconfig", ".globalconfig")
        from word in new[] { "RS0030", "WarningsNotAsErrors", "RunAnalyzers" }
        where file.Text.Contains(word, StringComparison.Ordinal)
        select $"{file.Path} has {word}.",
        "A banned symbol stays an error.");

    [Theory]
    [InlineData(nameof(Planted.Clock), "System.DateTime.get_UtcNow")]
    [InlineData(nameof(Planted.Chance), "System.Random.")]
    [InlineData(nameof(Planted.Input), "System.IO.File.ReadAllText")]
    [InlineData(nameof(Planted.Global), "System.Environment.get_MachineName")]
    [InlineData(nameof(Planted.Case), "System.String.ToUpper")]
    public void Uses_OfAPlantedMember_AreFound(string member, string banned) => Assert.Contains(
        _banned.Uses(typeof(Planted)), use => use == $"{typeof(Planted)} uses {banned} in {member}.");

    [Theory]
    [InlineData(nameof(Planted.Iterator))]
    [InlineData(nameof(Planted.Invariant))]
    public void Uses_OfAnAllowedMember_AreNone(string member) => Assert.DoesNotContain(
        House.WithNested(typeof(Planted)).SelectMany(_banned.Uses), use => use.Contains(member, StringComparison.Ordinal));

    private static class Planted
    {
#pragma warning disable CA1304, CA1311 // Planted on purpose: upper case by the current culture.
        internal static string Case(string text) => text.ToUpper();
#pragma warning restore CA1304, CA1311

        internal static DateTime Clock() => DateTime.UtcNow;

        internal static void Chance(Random random) => GC.KeepAlive(random);

        internal static string Input() => File.ReadAllText("x");

        internal static string Global() => Environment.MachineName;

        internal static string Invariant(string text) => text.ToUpperInvariant();

        internal static IEnumerable<int> Iterator()
        {
            yield return 1;
        }
    }
}
