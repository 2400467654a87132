using System.Reflection;
using System.Runtime.CompilerServices;

namespace Crm.Core.Tests.House;

/// <summary>How public types are made.</summary>
public sealed class TypeShapeTests
{
    [Fact]
    public void Classes_OfThePublic_AreSealedAbstractOrStatic() => House.Holds(
        House.PublicTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Select(type => $"{type} can be derived from."),
        "A public class is sealed unless it is designed to be derived from, and then it is abstract.");

    // Accumulators inside the library may change in place; what a caller holds is a value.
    [Fact]
    public void Structs_OfThePublic_AreReadonly() => House.Holds(
        House.PublicTypes.Where(type => type is { IsValueType: true, IsEnum: false } && !type.IsDefined(typeof(IsReadOnlyAttribute)))
            .Select(type => $"{type} is not readonly."),
        "A public struct is readonly.");

    [Fact]
    public void Fields_OfThePublic_AreConstants() => House.Holds(
        from type in House.PublicTypes
        from field in PublicMembers.Of(type).OfType<FieldInfo>()
        where field is { IsLiteral: false, IsInitOnly: false }
        select $"{type}.{field.Name} can be assigned by anyone.",
        "State is open through properties only.");

    [Fact]
    public void Properties_OfThePublic_AreSetOnlyWhileTheyAreMade() => House.Holds(
        from type in House.PublicTypes
        from property in PublicMembers.Of(type).OfType<PropertyInfo>()
        where PublicMembers.IsVisible(property.SetMethod) && !IsInit(property.SetMethod!)
        select $"{type}.{property.Name} can be set at any time.",
        "Results and options are immutable: init instead of set.");

    [Fact]
    public void Nested_OfThePublic_AreNone() =>
        House.Holds(House.PublicTypes.Where(type => type.IsNested).Select(type => $"{type} is nested."), "One public type a file.");

    [Fact]
    public void TryMembers_OfThePublic_HaveAThrowingTwin() => House.Holds(
        from type in House.PublicTypes
        from method in PublicMembers.Of(type).OfType<MethodInfo>()
        where IsTry(method) && !HasTwin(type, method)
        select $"{type}.{method.Name} has no {method.Name[3..]} beside it that throws.",
        "What can fail on data has two forms: one that answers, and one that throws.");

    [Theory]
    [InlineData(nameof(Sample.TryOf), true)]
    [InlineData(nameof(Sample.TryGet), true)]
    [InlineData(nameof(Sample.TryRead), true)]
    [InlineData(nameof(Sample.TryParse), false)]
    public void TryMembers_OfASample_AreToldApart(string name, bool hasTwin)
    {
        MethodInfo method = typeof(Sample).GetMethod(name, ReferenceWalker.Declared)!;
        Assert.True(IsTry(method));
        Assert.Equal(hasTwin, HasTwin(typeof(Sample), method));
    }

    internal static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsTry(MethodInfo method) => method.ReturnType == typeof(bool)
        && method.Name.StartsWith("Try", StringComparison.Ordinal)
        && method.GetParameters().Any(parameter => parameter.IsOut);

    // TryGetRow(customer, out row) is the twin of GetRow(customer), or of the indexer of a customer.
    private static bool HasTwin(Type type, MethodInfo method)
    {
        Type[] inputs = [.. method.GetParameters().Where(parameter => !parameter.IsOut).Select(parameter => parameter.ParameterType)];
        return TwinOf(type, method, inputs) is { } twin
            ? PublicMembers.IsVisible(twin)
            : method.Name.StartsWith("TryGet", StringComparison.Ordinal) && HasIndexer(type, inputs);
    }

    // The type parameters of two generic methods are two types of one name.
    private static MethodInfo? TwinOf(Type type, MethodInfo method, Type[] inputs) => type.GetMethods(ReferenceWalker.Declared).FirstOrDefault(twin =>
        twin.Name == method.Name[3..]
        && twin.GetParameters().Select(parameter => parameter.ParameterType.ToString()).SequenceEqual(inputs.Select(input => input.ToString())));

    private static bool HasIndexer(Type type, Type[] inputs) => type.GetProperties()
        .Any(property => property.GetIndexParameters() is { Length: > 0 } keys && keys.Select(key => key.ParameterType).SequenceEqual(inputs));

    private sealed class Sample
    {
        public string this[int row] => "" + row;

        public static Sample Of(string text) => TryOf(text, out Sample? sample) ? sample! : throw new ArgumentException(text, nameof(text));

        public static bool TryOf(string text, out Sample? sample) => (sample = text.Length > 0 ? new() : null) is not null;

        public static bool TryParse(string text, out Sample? sample) => TryOf(text, out sample);

        public static void Read<T>(in T value) => _ = value;

        public static bool TryRead<T>(in T value, out string text) => (text = "" + value).Length > 0;

        public bool TryGet(int row, out string text) => (text = this[row]).Length > 0;
    }
}
