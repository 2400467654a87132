using Crm.Core.Tests.Support;

namespace Crm.Core.Testing.Tests;

/// <summary>The page of the package lists the rules as they are.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- rules -->\n";
    private const string End = "<!-- /rules -->\n";
    private const string Update = "CRM_UPDATE_KIT_README";

    private static string File { get; } = Path.Combine(SharedData.RepositoryRoot(), "src", "Crm.Core.Testing", "README.md");

    private static IEnumerable<(string Name, IReadOnlyList<ConformanceRule> Rules)> Contracts =>
    [
        ("ICustomerStore", CustomerStoreConformance.Rules),
        ("IInteractionStore", InteractionStoreConformance.Rules),
        ("ISegmentStore", SegmentStoreConformance.Rules),
        ("IScoreStore", ScoreStoreConformance.Rules),
        ("IModelStore", ModelStoreConformance.Rules),
        ("IHistorySource", HistorySourceConformance.Rules),
    ];

    [Fact]
    public void Readme_OfThePackage_ListsEveryRule()
    {
        string text = System.IO.File.ReadAllText(File);
        int from = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int to = text.IndexOf(End, StringComparison.Ordinal);
        bool updates = Environment.GetEnvironmentVariable(Update) == "1";
        if (updates)
        {
            System.IO.File.WriteAllText(File, text[..from] + Rules() + text[to..]);
        }

        // An updating run fails too: no build may pass by writing down what it found.
        Assert.False(updates, $"The README is rewritten. Read the difference, commit it, and run again without {Update}.");
        Assert.Equal(Rules(), text[from..to]);
    }

    [Fact]
    public void Rules_OfTheKit_SayWhyInOneSentence() => Assert.All(
        Contracts.SelectMany(contract => contract.Rules),
        rule =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", rule.Name);
            Assert.EndsWith(".", rule.Why, StringComparison.Ordinal);
            Assert.InRange(rule.Why.Length, 20, 200);
            Assert.InRange(rule.Name.Length, 1, 40);
        });

    [Fact]
    public void Rules_OfOneInterface_HaveNamesOfTheirOwn() => Assert.All(
        Contracts, contract => Assert.Equal(contract.Rules.Count, contract.Rules.Select(rule => rule.Name).Distinct().Count()));

    private static string Rules() => string.Concat(Contracts.Select(contract => Section(contract.Name, contract.Rules)));

    private static string Section(string contract, IReadOnlyList<ConformanceRule> rules) =>
        $"### {contract}\n\n{string.Concat(rules.Select(rule => $"- `{rule.Name}`: {rule.Why}{Needs(rule)}\n"))}\n";

    private static string Needs(ConformanceRule rule) =>
        rule.Interface is { } also ? $" *({also})*" : rule.Requires == StoreCapabilities.None ? "" : $" *({rule.Requires})*";
}
