using System.Runtime.CompilerServices;

namespace Crm.Core.Tests.House;

/// <summary>The conformance kit proves that the public API is enough: it uses nothing else of the library, and no test framework.</summary>
public sealed class KitReferenceTests
{
    [Fact]
    public void Kit_OfTheLibrary_UsesOnlyItsPublicApi() => House.Holds(
        from type in House.Kit.GetTypes()
        from reference in ReferenceWalker.Of(type)
        where reference.To.Assembly == House.Library && !reference.To.IsVisible
        select $"{reference.From} names {reference.To} in {reference.Member}, which no host can.",
        "The kit stands where a host stands.");

    [Fact]
    public void Library_ToTheKit_OpensNoInternals() => Assert.DoesNotContain(
        House.Library.GetCustomAttributes(typeof(InternalsVisibleToAttribute), inherit: false).Cast<InternalsVisibleToAttribute>(),
        opened => opened.AssemblyName.StartsWith("Crm.Core.Testing", StringComparison.Ordinal));

    [Fact]
    public void Kit_InItsReferences_HasNothingButTheLibraryAndItsTime() => Assert.DoesNotContain(
        House.Kit.GetReferencedAssemblies(),
        name => name.Name is not ("Crm.Core" or "NodaTime" or "Ardalis.SmartEnum") && !name.Name!.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void Sources_OfTheKit_NameNoTestFramework() => House.Holds(
        from file in SourceTree.Files("src/Crm.Core.Testing", "*.cs", "*.csproj")
        from word in new[] { "xunit", "NUnit", "MSTest", "PackageReference", "InternalsVisibleTo" }
        where file.Text.Contains(word, StringComparison.OrdinalIgnoreCase)
        select $"{file.Path} has {word}.",
        "The kit runs in any test framework, and needs only the library.");
}
