using System.Reflection;

namespace Crm.Core.Tests.House;

/// <summary>Types as C# writes them, short, with the nullability of their parts.</summary>
internal static class CSharpName
{
    private static readonly Dictionary<Type, string> _keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(ushort)] = "ushort",
    };

    internal static string Of(FieldInfo field) => Of(field.FieldType, new NullabilityInfoContext().Create(field));

    internal static string Of(EventInfo @event) => Of(@event.EventHandlerType!, new NullabilityInfoContext().Create(@event));

    internal static string Of(PropertyInfo property) => Reference(property.PropertyType, property.GetMethod?.ReturnParameter)
        + Of(property.PropertyType, new NullabilityInfoContext().Create(property));

    internal static string Of(ParameterInfo parameter) => Direction(parameter) + Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));

    internal static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value, nullability?.GenericTypeArguments.FirstOrDefault()) + "?";
        }

        // A type parameter that may be null only because its argument may is not written with a question mark.
        bool mayBeNull = nullability?.ReadState == NullabilityState.Nullable && !type.IsValueType
            && (!type.IsGenericParameter || IsReference(type));
        return NotNull(type, nullability) + (mayBeNull ? "?" : "");
    }

    internal static string Simple(Type type) => type.Name.Split('`')[0];

    private static string NotNull(Type type, NullabilityInfo? nullability)
    {
        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (!type.IsGenericType)
        {
            return _keywords.GetValueOrDefault(type) ?? type.Name;
        }

        var arguments = type.GetGenericArguments().Select((argument, at) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(at)));
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
            ? $"({string.Join(", ", arguments)})"
            : $"{Simple(type)}<{string.Join(", ", arguments)}>";
    }

    private static bool IsReference(Type parameter) =>
        parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);

    private static string Direction(ParameterInfo parameter) => parameter switch
    {
        { Position: < 0 } => Reference(parameter.ParameterType, parameter),
        { IsOut: true } => "out ",
        { IsIn: true } => "in ",
        { ParameterType.IsByRef: true } => "ref ",
        _ => "",
    };

    private static string Reference(Type type, ParameterInfo? result) => !type.IsByRef
        ? ""
        : result?.GetRequiredCustomModifiers().Length > 0 ? "ref readonly " : "ref ";
}
