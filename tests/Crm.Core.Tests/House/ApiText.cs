using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Crm.Core.Tests.House;

/// <summary>The public face of an assembly as text: a line for each type and each member, sorted.</summary>
internal static class ApiText
{
    internal static IReadOnlyList<string> Of(IEnumerable<Type> types) =>
        [.. types.SelectMany(type => PublicMembers.Of(type).Select(Line).Append(TypeLine(type))).Order(StringComparer.Ordinal)];

    private static string TypeLine(Type type) =>
        $"{FullName(type)} = {Kind(type)}{(type.IsEnum ? " : " + CSharpName.Of(Enum.GetUnderlyingType(type)) : Bases(type))}{Constraints(type.GetGenericArguments())}";

    private static string Line(MemberInfo member) => $"{FullName(member.DeclaringType!)}: {Member(member)}";

    private static string Member(MemberInfo member) => member switch
    {
        FieldInfo field => Field(field),
        EventInfo @event => $"{Modifiers(@event.AddMethod!)}event {CSharpName.Of(@event)} {@event.Name}",
        PropertyInfo property => Property(property),
        ConstructorInfo constructor => $"{Modifiers(constructor)}{CSharpName.Simple(constructor.DeclaringType!)}({Parameters(constructor.GetParameters())})",
        MethodInfo method => Method(method),
        _ => throw new NotSupportedException($"{member} is of a kind this text does not know."),
    };

    private static string FullName(Type type) =>
        $"{type.Namespace}.{(type.DeclaringType is { } outer ? CSharpName.Of(outer) + "." : "")}{CSharpName.Of(type)}";

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => type.IsDefined(typeof(FlagsAttribute)) ? "[Flags] enum" : "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{Record(type)}struct",
        _ when typeof(Delegate).IsAssignableFrom(type) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => $"abstract {Record(type)}class",
        { IsSealed: true } => $"sealed {Record(type)}class",
        _ => $"{Record(type)}class",
    };

    private static string Record(Type type) => PublicMembers.IsRecord(type) ? "record " : "";

    private static string Bases(Type type)
    {
        var own = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(IsVisible);
        var parent = new[] { type.BaseType }.OfType<Type>().Where(parent => parent != typeof(object) && parent != typeof(ValueType));
        string[] bases = [.. parent.Select(type => CSharpName.Of(type)), .. own.Select(type => CSharpName.Of(type)).Order(StringComparer.Ordinal)];
        return bases.Length == 0 ? "" : " : " + string.Join(", ", bases);
    }

    private static bool IsVisible(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).IsVisible;

    private static string Field(FieldInfo field)
    {
        string value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return field.DeclaringType!.IsEnum
            ? field.Name + value
            : $"{(field.IsFamily ? "protected " : "")}{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{CSharpName.Of(field)} {field.Name}{value}";
    }

    private static string Property(PropertyInfo property)
    {
        ParameterInfo[] keys = property.GetIndexParameters();
        string name = keys.Length == 0 ? property.Name : $"this[{Parameters(keys)}]";
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        MethodInfo any = property.GetAccessors(nonPublic: true).First(PublicMembers.IsVisible);
        return $"{Modifiers(any)}{required}{Flow(property.CustomAttributes)}{CSharpName.Of(property)} {name} {{ {Accessors(property)}}}";
    }

    private static string Accessors(PropertyInfo property)
    {
        string get = PublicMembers.IsVisible(property.GetMethod) ? "get; " : "";
        string set = PublicMembers.IsVisible(property.SetMethod) ? TypeShapeTests.IsInit(property.SetMethod!) ? "init; " : "set; " : "";
        return get + set;
    }

    private static string Method(MethodInfo method)
    {
        Type[] arguments = method.GetGenericArguments();
        string generic = arguments.Length == 0 ? "" : $"<{string.Join(", ", arguments.Select(argument => argument.Name))}>";
        string extension = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        string result = Flow(method.ReturnParameter.CustomAttributes, "return: ") + CSharpName.Of(method.ReturnParameter);
        return $"{Modifiers(method)}{result} {method.Name}{generic}({extension}{Parameters(method.GetParameters())}){Constraints(arguments)}";
    }

    private static string Modifiers(MethodBase method)
    {
        string access = method.IsPublic ? "" : method.IsFamilyOrAssembly ? "protected internal " : "protected ";
        bool isOverride = method is MethodInfo { IsVirtual: true } info && info.GetBaseDefinition() != info;
        string kind = method switch
        {
            { DeclaringType.IsInterface: true, IsStatic: false } => method.IsAbstract ? "" : "virtual ",
            { IsStatic: true } => method.IsAbstract ? "static abstract " : "static ",
            { IsAbstract: true } => "abstract ",
            _ when isOverride => method.IsFinal ? "sealed override " : "override ",
            { IsVirtual: true, IsFinal: false } => "virtual ",
            _ => "",
        };
        return access + kind;
    }

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string value = parameter.HasDefaultValue ? " = " + Default(parameter) : "";
        return $"{Flow(parameter.CustomAttributes)}{(isParams ? "params " : "")}{CSharpName.Of(parameter)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType
        ? Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null"
        : Literal(parameter.RawDefaultValue);

    // What tells the compiler when a value is null is part of the promise: [NotNullWhen(true)].
    private static string Flow(IEnumerable<CustomAttributeData> attributes, string target = "") => string.Concat(attributes
        .Where(attribute => attribute.AttributeType.Namespace == "System.Diagnostics.CodeAnalysis" && attribute.AttributeType.Name.Contains("Null", StringComparison.Ordinal))
        .Select(attribute =>
            $"[{target}{attribute.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal)}{Arguments(attribute)}] "));

    private static string Arguments(CustomAttributeData attribute) => attribute.ConstructorArguments.Count == 0
        ? ""
        : $"({string.Join(", ", attribute.ConstructorArguments.SelectMany(Values))})";

    private static IEnumerable<string> Values(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> many ? many.SelectMany(Values) : [Literal(argument.Value)];

    private static string Constraints(Type[] arguments) => string.Concat(
        from argument in arguments
        let constraints = Constraints(argument).ToList()
        where constraints.Count > 0
        select $" where {argument.Name} : {string.Join(", ", constraints)}");

    private static IEnumerable<string> Constraints(Type argument)
    {
        GenericParameterAttributes attributes = argument.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        return new[]
        {
            attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "",
            isStruct ? "struct" : "",
        }
            .Concat(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => CSharpName.Of(type)))
            .Append(attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct ? "new()" : "")
            .Where(text => text.Length > 0);
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool yes => yes ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
