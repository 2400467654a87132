using System.Reflection;
using Crm.Core.Testing;

namespace Crm.Core.Tests.House;

/// <summary>What the tests of the house share: the assembly they look at, and how they say what is wrong.</summary>
internal static class House
{
    internal static Assembly Library { get; } = typeof(Money).Assembly;

    /// <summary>Gets the conformance kit, which hosts reference too.</summary>
    internal static Assembly Kit { get; } = typeof(ConformanceRule).Assembly;

    /// <summary>Gets the assemblies whose public members a host writes against.</summary>
    internal static IReadOnlyList<Assembly> Libraries { get; } = [Library, Kit];

    /// <summary>Gets the public types of all of them.</summary>
    internal static IReadOnlyList<Type> PublicTypes { get; } = [.. Libraries.SelectMany(PublicTypesOf)];

    /// <summary>Gives the public types of an assembly, without those the compiler makes.</summary>
    internal static IReadOnlyList<Type> PublicTypesOf(Assembly assembly) =>
        [.. assembly.GetExportedTypes().Where(type => !type.Name.StartsWith('<')).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    internal static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(ReferenceWalker.Declared).SelectMany(WithNested).Prepend(type);

    /// <summary>Whether the compiler made a type: closures, iterators, inline arrays, caches of delegates.</summary>
    internal static bool IsMadeByTheCompiler(Type type) =>
        type.Name.StartsWith('<') || (type.DeclaringType is { } outer && IsMadeByTheCompiler(outer));

    internal static void Holds(IEnumerable<string> violations, string why)
    {
        string[] found = [.. violations];
        Assert.True(found.Length == 0, $"{why}{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
