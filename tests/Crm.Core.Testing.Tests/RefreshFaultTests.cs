namespace Crm.Core.Testing.Tests;

/// <summary>A refresh over stores that fail in every way at every call: it never shows a part of a base, and run again it ends in the same one.</summary>
public sealed class RefreshFaultTests
{
    public static TheoryData<StoreFault, bool> Faults
    {
        get
        {
            var data = new TheoryData<StoreFault, bool>();
            foreach (StoreFault fault in Enum.GetValues<StoreFault>().Where(fault => fault != StoreFault.None))
            {
                data.Add(fault, false);
                data.Add(fault, true);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Faults))]
    public Task Refresh_OverStoresThatFailAtOneCall_ShowsAWholeBaseAndEndsInTheSame(StoreFault fault, bool isFirst) => EndsInTheSameAsync(Shop.InMemory, fault, isFirst);

    [Theory, MemberData(nameof(Faults))]
    public async Task Refresh_OverASourceWhoseStoreFailsAtOneCall_ShowsAWholeBaseAndEndsInTheSame(StoreFault fault, bool isFirst)
    {
        string shown = await EndsInTheSameAsync(() => Shop.InMemory() with { HasSource = true }, fault, isFirst);
        Assert.Equal(await ShownAsync(Shop.InMemory(), isFirst), shown);
    }

    [Theory, MemberData(nameof(Faults))]
    public async Task Refresh_WithCostsOverStoresThatFailAtOneCall_ShowsAWholeBaseAndEndsInTheSame(StoreFault fault, bool isFirst)
    {
        string shown = await EndsInTheSameAsync(() => Shop.InMemory() with { HasCosts = true }, fault, isFirst);
        Assert.NotEqual(await ShownAsync(Shop.InMemory(), isFirst), shown);
    }

    private static async Task<string> ShownAsync(Shop shop, bool isFirst)
    {
        await shop.BeginAsync(isFirst);
        Assert.False(await shop.RefreshAsync(FaultPlan.Nothing()));
        return await shop.ShownAsync();
    }

    private static async Task<string> EndsInTheSameAsync(Func<Shop> newShop, StoreFault fault, bool isFirst)
    {
        Shop whole = await newShop().BeginAsync(isFirst);
        string before = await whole.ShownAsync();
        await whole.RefreshAsync(FaultPlan.Nothing());
        string after = await whole.ShownAsync();
        string members = await whole.MembersAsync();
        string moved = await whole.MovesAsync();
        Assert.NotEqual(before, after);
        var failedAt = new HashSet<string>();
        for (int failing = 1; ; failing++)
        {
            Shop shop = await newShop().BeginAsync(isFirst);
            FaultPlan plan = FaultPlan.Script([.. Enumerable.Repeat(StoreFault.None, failing - 1), fault]);
            bool isFailed = await shop.RefreshAsync(plan);
            if (plan.Calls.Count < failing)
            {
                Assert.False(isFailed);
                break;
            }

            string call = plan.Calls[failing - 1].ToString();
            failedAt.Add(plan.Calls[failing - 1].Member);
            string shown = await shop.ShownAsync();
            Assert.True(shown == before || shown == after, $"After {call} a base is shown that is neither the old one nor the new one.");
            Assert.True(isFailed || shown == after, $"After {call} the refresh returned, and the old base is shown.");
            Assert.False(await shop.RefreshAsync(FaultPlan.Nothing()));
            Assert.True(after == await shop.ShownAsync(), $"After {call} it ended in another base.");
            Assert.True(members == await shop.MembersAsync(), $"After {call} other customers are in the segments.");
            Assert.True(moved == await shop.MovesAsync(), $"After {call} customers moved otherwise.");
            var runs = await shop.Scores.ReadRunsAsync(default);
            Assert.True(runs.All(run => run.Value is { PublishedAt: not null, AreMovesWritten: true }), $"After {call} something of the run is left undone.");
            Assert.True(runs.Count == 1, $"After {call} runs are left that nobody asked for.");
        }

        // All that a refresh calls, or the test would prove nothing.
        string[] called = ["FindAsync", "MoveAsync", "ReadAllAsync", "ReadAppendedAsync", "ReadMembersAsync", "ReadRunsAsync", "ReadSegmentsAsync", "SaveAsync"];
        Assert.Empty(called.Except(failedAt));
        Assert.Equal(!isFirst, failedAt.Contains("RemoveAsync"));
        return after;
    }
}
