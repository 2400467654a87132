using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Crm.Core.Tests.House;

/// <summary>Whatever a caller can name says what it is.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Members_OfThePublic_AreDocumented() => House.Holds(
        from library in House.Libraries
        let documentation = XmlDocumentation.Of(library)
        from type in House.PublicTypesOf(library)
        from member in PublicMembers.Of(type).Prepend(type)
        where !IsWrittenByNobody(member)
        from missing in documentation.Missing(member)
        select missing,
        "Every public type, member, parameter and result is documented.");

    [Theory]
    [InlineData("", "M:{0} has no documentation.")]
    [InlineData("<member name='M:{0}'><summary> </summary><param name='count'>x</param><returns>x</returns></member>", "M:{0} has no summary.")]
    [InlineData("<member name='M:{0}'><summary>x</summary><param name='other'>x</param><returns>x</returns></member>", "M:{0} has no param 'count'.")]
    [InlineData("<member name='M:{0}'><summary>x</summary><param name='count'>x</param></member>", "M:{0} has no returns.")]
    [InlineData("<member name='M:{0}'><inheritdoc/></member>", null)]
    [InlineData("<member name='M:{0}'><summary>x</summary><param name='count'>x</param><returns><see langword='true'/></returns></member>", null)]
    public void Missing_InASample_IsFound(string xml, string? missing)
    {
        MethodInfo method = typeof(DocumentationTests).GetMethod(nameof(Sample), BindingFlags.NonPublic | BindingFlags.Static)!;
        string id = "Crm.Core.Tests.House.DocumentationTests.Sample(System.Int32)";
        var documentation = new XmlDocumentation(XDocument.Parse($"<members>{xml.Replace("{0}", id, StringComparison.Ordinal)}</members>"));
        Assert.Equal(missing?.Replace("{0}", id, StringComparison.Ordinal), documentation.Missing(method).SingleOrDefault());
    }

    // A constructor without parameters looks the same written or not; the compiler (CS1591) asks for the written ones.
    private static bool IsWrittenByNobody(MemberInfo member) =>
        member is ConstructorInfo constructor ? constructor.GetParameters().Length == 0 : member.IsDefined(typeof(CompilerGeneratedAttribute));

    private static bool Sample(int count) => count > 0;
}
