namespace Crm.Core.Tests.House;

/// <summary>Finds members that must not be used: by their whole name, or by its beginning where it ends in a star.</summary>
internal sealed class BannedMembers(IReadOnlyList<string> names, IReadOnlyList<string> except)
{
    internal IEnumerable<string> Uses(Type type)
    {
        var members =
            from method in ReferenceWalker.Methods(type)
            from use in IlReader.MembersNamedBy(method)
            let name = $"{use.Member.DeclaringType?.FullName}.{use.Member.Name}"
            where use.Member is not Type && IsBanned(name)
            select $"{type} uses {name} in {method.Name}.";
        var types =
            from reference in ReferenceWalker.Of(type)
            let name = reference.To.FullName + "."
            where IsBanned(name) && !House.IsMadeByTheCompiler(type)
            select $"{type} uses {name} in {reference.Member}.";
        return members.Concat(types).Distinct();
    }

    private bool IsBanned(string name) => !except.Contains(name) && names.Any(banned =>
        banned.EndsWith('*') ? name.StartsWith(banned[..^1], StringComparison.Ordinal) : name == banned);
}
