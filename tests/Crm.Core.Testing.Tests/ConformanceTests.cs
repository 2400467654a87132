using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Testing.Tests.Broken;

namespace Crm.Core.Testing.Tests;

/// <summary>Every rule passes on the reference store and fails on the store that breaks it.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string> CustomerRules => new(CustomerStoreConformance.RuleNames);

    public static TheoryData<string> InteractionRules => new(InteractionStoreConformance.RuleNames);

    public static TheoryData<string> SegmentRules => new(SegmentStoreConformance.RuleNames);

    [Theory, MemberData(nameof(CustomerRules))]
    public Task InMemoryCustomerStore_ByEveryRule_Keeps(string rule) => CustomerStoreConformance.RunAsync(rule, () => Task.FromResult<ICustomerStore>(new InMemoryCustomerStore()));

    [Theory, MemberData(nameof(InteractionRules))]
    public Task InMemoryInteractionStore_ByEveryRule_Keeps(string rule) =>
        InteractionStoreConformance.RunAsync(rule, () => Task.FromResult<IInteractionStore>(new InMemoryInteractionStore()));

    [Theory, MemberData(nameof(SegmentRules))]
    public Task InMemorySegmentStore_ByEveryRule_Keeps(string rule) => SegmentStoreConformance.RunAsync(rule, () => Task.FromResult<ISegmentStore>(new InMemorySegmentStore()));

    [Theory, MemberData(nameof(CustomerRules))]
    public Task CustomerStore_ThatBreaksARule_FailsIt(string rule) => Fails(
        rule, BrokenCustomerStores.ByRule, (name, newStore) => CustomerStoreConformance.RunAsync(name, newStore));

    [Theory, MemberData(nameof(InteractionRules))]
    public Task InteractionStore_ThatBreaksARule_FailsIt(string rule) => Fails(
        rule, BrokenInteractionStores.ByRule, (name, newStore) => InteractionStoreConformance.RunAsync(name, newStore));

    [Theory, MemberData(nameof(SegmentRules))]
    public Task SegmentStore_ThatBreaksARule_FailsIt(string rule) => Fails(
        rule, BrokenSegmentStores.ByRule, (name, newStore) => SegmentStoreConformance.RunAsync(name, newStore));

    [Fact]
    public void BrokenStores_OfRulesThatAreNoMore_AreNone()
    {
        Assert.Empty(BrokenCustomerStores.ByRule.Keys.Except(CustomerStoreConformance.RuleNames));
        Assert.Empty(BrokenInteractionStores.ByRule.Keys.Except(InteractionStoreConformance.RuleNames));
        Assert.Empty(BrokenSegmentStores.ByRule.Keys.Except(SegmentStoreConformance.RuleNames));
    }

    private static async Task Fails<TStore>(
        string rule, IReadOnlyDictionary<string, Func<TStore>> broken, Func<string, Func<Task<TStore>>, Task<ConformanceResult>> run)
    {
        Assert.True(broken.ContainsKey(rule), $"No broken store shows that '{rule}' can fail. Add one.");

        // A race does not show in every run; of the other rules the first run fails.
        Exception? found = null;
        for (int tries = 0; found is null && tries < 50; tries++)
        {
            found = await Record.ExceptionAsync(() => run(rule, () => Task.FromResult(broken[rule]())));
        }

        var failure = Assert.IsType<ConformanceException>(found);
        Assert.Equal(rule, failure.Rule.Name);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Contains($"rule '{rule}': expected {failure.Expected}; but {failure.Actual}.", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 1, 600);
    }
}
