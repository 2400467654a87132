using System.Reflection;
using System.Xml.Linq;

namespace Crm.Core.Tests.House;

/// <summary>The documentation the compiler wrote beside an assembly, and what is missing in it.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    internal XmlDocumentation(XDocument file) => _members = file.Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);

    internal static XmlDocumentation Of(Assembly assembly) =>
        new(XDocument.Load(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml")));

    internal IEnumerable<string> Missing(MemberInfo member)
    {
        string id = DocumentationId.Of(member);
        if (!_members.TryGetValue(id, out XElement? documentation))
        {
            return [$"{id} has no documentation."];
        }

        return documentation.Element("inheritdoc") is not null ? [] : MissingParts(member, documentation).Select(part => $"{id} has no {part}.");
    }

    private static IEnumerable<string> MissingParts(MemberInfo member, XElement documentation)
    {
        if (IsEmpty(documentation.Element("summary")))
        {
            yield return "summary";
        }

        if (member is MethodInfo { ReturnType: var type } && type != typeof(void) && IsEmpty(documentation.Element("returns")))
        {
            yield return "returns";
        }

        foreach (string parameter in Parameters(member).Where(name => IsEmpty(Named(documentation, "param", name))))
        {
            yield return $"param '{parameter}'";
        }

        foreach (string parameter in TypeParameters(member).Where(name => IsEmpty(Named(documentation, "typeparam", name))))
        {
            yield return $"typeparam '{parameter}'";
        }
    }

    private static XElement? Named(XElement documentation, string element, string name) =>
        documentation.Elements(element).FirstOrDefault(child => child.Attribute("name")?.Value == name);

    private static bool IsEmpty(XElement? element) => element is null || (string.IsNullOrWhiteSpace(element.Value) && !element.HasElements);

    private static IEnumerable<string> Parameters(MemberInfo member) => member switch
    {
        MethodBase method => method.GetParameters().Select(parameter => parameter.Name!),
        PropertyInfo property => property.GetIndexParameters().Select(parameter => parameter.Name!),
        _ => [],
    };

    private static IEnumerable<string> TypeParameters(MemberInfo member) => member switch
    {
        Type type => type.GetGenericArguments().Select(argument => argument.Name),
        MethodInfo method => method.GetGenericArguments().Select(argument => argument.Name),
        _ => [],
    };
}
