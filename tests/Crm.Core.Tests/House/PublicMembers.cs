using System.Reflection;
using System.Runtime.CompilerServices;

namespace Crm.Core.Tests.House;

/// <summary>The members of a public type that a caller or a deriving class can name.</summary>
/// <remarks>What the compiler adds to a record (equality, printing, copying) is left out, except how it is taken apart.</remarks>
internal static class PublicMembers
{
    internal static IEnumerable<MemberInfo> Of(Type type) => type.GetMembers(ReferenceWalker.Declared)
        .Where(member => IsVisible(member) && !IsAccessor(member) && !IsMadeByTheCompiler(member) && member is not Type)
        .Where(member => !(type.IsEnum && member is FieldInfo { IsLiteral: false }));

    internal static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    internal static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", ReferenceWalker.Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => IsVisible(method),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo @event => IsVisible(@event.AddMethod),
        _ => false,
    };

    private static bool IsAccessor(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } && !member.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsMadeByTheCompiler(MemberInfo member) => member.Name.StartsWith('<')
        || (member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name != "Deconstruct");
}
