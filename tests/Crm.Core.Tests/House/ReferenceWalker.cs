using System.Reflection;

namespace Crm.Core.Tests.House;

/// <summary>Finds every type that a type names, in its signatures and in its method bodies.</summary>
/// <remarks>
/// Lambdas, iterators and async methods live in nested types of the compiler's, so walk those too. A body names the types of its
/// locals, and of each member it uses the declaring type, the generic arguments, and the type of the value that comes back.
/// Constants and nameof leave no trace in a body; the test of using directives sees those.
/// </remarks>
internal static class ReferenceWalker
{
    internal const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    internal static IEnumerable<Reference> Of(Type type)
    {
        var named = Declaration(type).Select(to => ("its declaration", to))
            .Concat(type.GetFields(Declared).SelectMany(field => Signature(field).Select(to => (field.Name, to))))
            .Concat(type.GetProperties(Declared).SelectMany(property => Signature(property).Select(to => (property.Name, to))))
            .Concat(type.GetEvents(Declared).SelectMany(@event => Signature(@event).Select(to => (@event.Name, to))))
            .Concat(Methods(type).SelectMany(method => Signature(method).Concat(Body(method)).Select(to => (method.Name, to))));
        return named.SelectMany(one => Parts(one.to).Select(part => new Reference(type, one.Item1, part))).Distinct();
    }

    internal static IEnumerable<MethodBase> Methods(Type type) =>
        type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    private static IEnumerable<Type> Declaration(Type type)
    {
        var inherited = type.GetInterfaces().SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []);
        return type.GetInterfaces().Except(inherited)
            .Append(type.BaseType ?? typeof(object))
            .Concat(Constraints(type.GetGenericArguments()))
            .Concat(Attributes(type.CustomAttributes));
    }

    private static IEnumerable<Type> Signature(FieldInfo field) => Attributes(field.CustomAttributes).Append(field.FieldType);

    private static IEnumerable<Type> Signature(PropertyInfo property) => Attributes(property.CustomAttributes).Append(property.PropertyType);

    private static IEnumerable<Type> Signature(EventInfo @event) => Attributes(@event.CustomAttributes).Append(@event.EventHandlerType!);

    private static IEnumerable<Type> Signature(MethodBase method)
    {
        var parameters = method.GetParameters();
        var types = parameters.Select(parameter => parameter.ParameterType)
            .Concat(parameters.SelectMany(parameter => Attributes(parameter.CustomAttributes)))
            .Concat(Attributes(method.CustomAttributes))
            .Concat(Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []));
        return method is MethodInfo { ReturnParameter: var result }
            ? types.Append(result.ParameterType).Concat(Attributes(result.CustomAttributes))
            : types;
    }

    private static IEnumerable<Type> Body(MethodBase method) => method.GetMethodBody() is not { } body
        ? []
        : body.LocalVariables.Select(local => local.LocalType)
            .Concat(body.ExceptionHandlingClauses
                .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType ?? typeof(object)))
            .Concat(IlReader.MembersNamedBy(method).SelectMany(one => Named(one.Member)));

    private static IEnumerable<Type> Named(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.FieldType, .. Owner(field)],
        MethodInfo method => [method.ReturnType, .. Owner(method), .. method.GetGenericArguments()],
        _ => Owner(member),
    };

    private static IEnumerable<Type> Owner(MemberInfo member) => member.DeclaringType is { } owner ? [owner] : [];

    private static IEnumerable<Type> Constraints(Type[] arguments) =>
        arguments.Where(argument => argument.IsGenericParameter)
            .SelectMany(argument => argument.GetGenericParameterConstraints().Concat(Attributes(argument.CustomAttributes)));

    private static IEnumerable<Type> Attributes(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .SelectMany(Values)
            .Append(attribute.AttributeType));

    private static IEnumerable<Type> Values(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type, argument.ArgumentType],
        IEnumerable<CustomAttributeTypedArgument> many => many.SelectMany(Values),
        _ => [argument.ArgumentType],
    };

    /// <summary>Takes a type apart: List&lt;Thing[]&gt; is List and Thing.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.IsGenericParameter)
        {
            return [];
        }

        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        if (type.IsFunctionPointer)
        {
            return type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).SelectMany(Parts);
        }

        return type.IsGenericType
            ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
