using System.Reflection;

namespace Crm.Core.Tests.House;

/// <summary>The library keeps no state of its own between calls.</summary>
public sealed class StaticStateTests
{
    private static readonly string[] _collections = ["System.Collections.Generic", "System.Collections.Concurrent", "System.Collections"];

    [Fact]
    public void StaticFields_OfTheLibrary_NeverChange() => House.Holds(
        House.Libraries.SelectMany(library => library.GetTypes()).Where(type => !House.IsMadeByTheCompiler(type)).SelectMany(Changeable),
        "A static field is a constant, or readonly and of a type that cannot change; a private readonly array is a table.");

    [Fact]
    public void Changeable_OfASample_AreFound() => Assert.Equal(
        ["Assigned", "Open", "Property", "Table"],
        Changeable(typeof(Sample)).Select(text => text.Split(' ')[0].Split('.')[^1]).Order(StringComparer.Ordinal));

    // Caches of delegates live in types of the compiler's. The field behind a static property with a setter does not.
    private static IEnumerable<string> Changeable(Type type) =>
        from field in type.GetFields(ReferenceWalker.Declared)
        where field is { IsStatic: true, IsLiteral: false } && (!field.IsInitOnly || IsOpen(field))
        select $"{type}.{field.Name.TrimStart('<').Split('>')[0]} of {field.FieldType} can change.";

    private static bool IsOpen(FieldInfo field) => field.FieldType.IsArray
        ? !field.IsPrivate
        : field.FieldType is { IsInterface: false } type && _collections.Contains(type.Namespace);

    private sealed class Sample
    {
        internal const int Constant = 1;
        internal static readonly int[] Open = [1];
        internal static readonly string Text = "1";
        internal static readonly IReadOnlyList<int> List = [1];
        internal static readonly Dictionary<string, int> Table = [];
        internal static int Assigned = 1;

        internal static int Property { get; set; }

        internal static int ReadOnly { get; } = 1;
    }
}
