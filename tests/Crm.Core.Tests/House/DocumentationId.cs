using System.Reflection;

namespace Crm.Core.Tests.House;

/// <summary>The name under which the compiler files a member's documentation: "M:Crm.Core.Money.Of(System.Decimal,System.String)".</summary>
internal static class DocumentationId
{
    internal static string Of(MemberInfo member) => member switch
    {
        Type type => "T:" + Declared(type),
        FieldInfo => $"F:{Declared(member.DeclaringType!)}.{member.Name}",
        EventInfo => $"E:{Declared(member.DeclaringType!)}.{member.Name}",
        PropertyInfo property => $"P:{Declared(member.DeclaringType!)}.{member.Name}{Parameters(property.GetIndexParameters())}",
        MethodBase method => $"M:{Declared(member.DeclaringType!)}.{Name(method)}{Parameters(method.GetParameters())}{Conversion(method)}",
        _ => throw new NotSupportedException($"{member} has no documentation of its own."),
    };

    private static string Declared(Type type) => type.FullName!.Replace('+', '.');

    private static string Name(MethodBase method) =>
        method.Name.Replace('.', '#') + (method.IsGenericMethod ? "``" + method.GetGenericArguments().Length : "");

    private static string Conversion(MethodBase method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? "~" + Named(((MethodInfo)method).ReturnType) : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => Named(parameter.ParameterType)))})";

    private static string Named(Type type)
    {
        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        if (type.HasElementType)
        {
            return Named(type.GetElementType()!) + (type.IsByRef ? "@" : type.IsPointer ? "*" : Rank(type.GetArrayRank()));
        }

        return type.IsGenericType ? Constructed(type) : Declared(type);
    }

    private static string Rank(int rank) => rank == 1 ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", rank))}]";

    // Each level of nesting takes its own share of the arguments: Outer{System.Int32}.Inner{System.String}.
    private static string Constructed(Type type)
    {
        string name = Declared(type.GetGenericTypeDefinition());
        int taken = 0;
        foreach (string level in name.Split('.').Where(part => part.Contains('`', StringComparison.Ordinal)))
        {
            int count = int.Parse(level.Split('`')[1], System.Globalization.CultureInfo.InvariantCulture);
            string arguments = string.Join(',', type.GetGenericArguments().Skip(taken).Take(count).Select(Named));
            name = name.Replace(level, $"{level.Split('`')[0]}{{{arguments}}}", StringComparison.Ordinal);
            taken += count;
        }

        return name;
    }
}
