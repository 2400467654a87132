using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;

namespace Crm.Core.Tests.House;

/// <summary>Finds where numbers and dates turn into text, or text into them, by the culture of the machine.</summary>
internal static class CultureUse
{
    private static readonly Type[] _sameEverywhere = [typeof(char), typeof(Guid), typeof(Version)];
    private static readonly Type[] _writers = [typeof(string), typeof(StringBuilder), typeof(Convert), typeof(TextWriter)];

    internal static IEnumerable<string> In(Type type) =>
        from method in ReferenceWalker.Methods(type)
        where !IsPrintingOfARecord(method)
        from use in In(method)
        select $"{type} uses {use} in {method.Name} without a culture.";

    private static IEnumerable<string> In(MethodBase method)
    {
        Type? constrained = null;
        bool handlerKnowsCulture = true;
        foreach ((OpCode code, MemberInfo member) in IlReader.MembersNamedBy(method))
        {
            if (member is ConstructorInfo { DeclaringType.Name: "DefaultInterpolatedStringHandler" or "AppendInterpolatedStringHandler" } handler)
            {
                handlerKnowsCulture = TakesCulture(handler);
            }
            else if (member is MethodInfo called && DependsOnCulture(called, constrained, handlerKnowsCulture))
            {
                yield return $"{constrained ?? called.DeclaringType}.{called.Name}";
            }

            constrained = code == OpCodes.Constrained ? (Type)member : null;
        }
    }

    // C# writes the members of a record by the culture, for the eyes of a debugger, and offers no other way.
    private static bool IsPrintingOfARecord(MethodBase method) =>
        method.Name == "PrintMembers" && method.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool DependsOnCulture(MethodInfo called, Type? constrained, bool handlerKnowsCulture) => called switch
    {
        _ when TakesCulture(called) => false,
        { Name: "AppendFormatted" } => !handlerKnowsCulture && Named(called).Any(HasCulture),
        // The message names the value that came.
        _ when called.DeclaringType == typeof(ArgumentOutOfRangeException) => Named(called).Any(HasCulture),
        _ when _writers.Contains(called.DeclaringType) => Written(called).Any(HasCulture),
        { Name: "ToString" or "Parse" or "TryParse" } => HasCulture(constrained ?? called.DeclaringType!),
        _ => false,
    };

    // The rest of the parameters are places and counts.
    private static IEnumerable<Type> Written(MethodInfo called) => called.Name switch
    {
        "Append" or "ToString" or "Write" or "WriteLine" => Named(called).Take(1),
        "Insert" => Named(called).Skip(1).Take(1),
        "Concat" or "Join" or "AppendJoin" => Named(called),
        _ => [],
    };

    private static IEnumerable<Type> Named(MethodInfo called) => called.IsGenericMethod
        ? called.GetGenericArguments()
        : called.GetParameters().Select(parameter => parameter.ParameterType);

    private static bool TakesCulture(MethodBase called) =>
        called.GetParameters().Any(parameter => typeof(IFormatProvider).IsAssignableFrom(parameter.ParameterType));

    // So are the names of an enumeration; our own types write themselves.
    private static bool HasCulture(Type type)
    {
        Type value = Nullable.GetUnderlyingType(type) ?? type;
        return typeof(IFormattable).IsAssignableFrom(value)
            && !value.IsEnum && !_sameEverywhere.Contains(value) && !House.Libraries.Contains(value.Assembly);
    }
}
