namespace Crm.Core.Tests.House;

/// <summary>Which folder of a project may name which. Not transitive: a folder names what stands in its own line.</summary>
internal sealed class FolderRules(string rootNamespace, IReadOnlyDictionary<string, string[]> allowed)
{
    private const string Root = "(root)";
    private const string Numerics = "Numerics";

    /// <summary>Gets the rules of the library, as its design states them.</summary>
    internal static FolderRules OfCrmCore { get; } = new("Crm.Core", new Dictionary<string, string[]>
    {
        [Root] = [],
        [Numerics] = [],
        ["Customers"] = [Root, Numerics],
        ["Interactions"] = [Root, Numerics],
        ["Offers"] = [Root, Numerics],
        ["Histories"] = [Root, Numerics, "Interactions"],
        ["LifetimeValue"] = [Root, Numerics, "Histories"],
        ["Pyramids"] = [Root, Numerics],
        ["Segments"] = [Root, Numerics, "Customers", "Interactions"],
        ["Benefits"] = [Root, Numerics, "Offers"],
        ["Preferences"] = [Root, Numerics, "Benefits", "Segments"],
        ["Portfolio"] = [Root, Numerics, "LifetimeValue", "Pyramids", "Benefits"],
        ["Decisions"] = [Root, Numerics, "LifetimeValue", "Segments", "Offers", "Benefits"],
        ["Campaigns"] = [Root, Numerics, "Customers", "Interactions", "Offers", "Decisions"],
        ["Hosting"] =
        [
            Root, Numerics, "Customers", "Interactions", "Offers", "Histories", "LifetimeValue", "Pyramids",
            "Segments", "Benefits", "Preferences", "Portfolio", "Decisions", "Campaigns",
        ],
    });

    internal IReadOnlyDictionary<string, string[]> Allowed => allowed;

    /// <summary>Gives the folder of a type by its namespace, or null for a type of another project.</summary>
    internal string? FolderOf(Type type) => FolderOf(type.Namespace ?? "");

    internal string? FolderOf(string name) => name == rootNamespace
        ? Root
        : name.StartsWith(rootNamespace + ".", StringComparison.Ordinal) ? name[(rootNamespace.Length + 1)..].Split('.')[0] : null;

    internal bool MayName(string from, string to) =>
        from == to || (allowed.TryGetValue(from, out string[]? others) && others.Contains(to));

    internal IReadOnlyList<string> Violations(IEnumerable<Type> types) => [.. types
        .Where(type => FolderOf(type) is not null)
        .SelectMany(ReferenceWalker.Of)
        .Where(reference => FolderOf(reference.To) is { } to && !MayName(FolderOf(reference.From)!, to))
        .Select(reference =>
            $"{reference.From} names {reference.To} in {reference.Member}: {FolderOf(reference.From)} may not use {FolderOf(reference.To)}.")
        .Distinct()
        .Order(StringComparer.Ordinal)];
}
