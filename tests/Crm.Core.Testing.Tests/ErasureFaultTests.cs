using Crm.Core.Customers;
using Crm.Core.Hosting;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>An erasure over stores that fail in every way at every call: it never says that it is done while something is left, and done again it ends in the same.</summary>
public sealed class ErasureFaultTests
{
    private static readonly CustomerId _erased = CustomerId.Of("15");
    private static readonly FactDates _told = FactDates.Of(SourceId.Of("crm"), Instant.FromUtc(2025, 1, 1, 0, 0));

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
    public async Task Erase_OverStoresThatFailAtOneCall_SaysSoAndDoneAgainLeavesNothing(StoreFault fault, bool isUnderWay)
    {
        int stopped = isUnderWay ? await StoppedAtAsync() : 0;
        Shop whole = await FilledAsync(stopped);
        Assert.True((await whole.EraseAsync(FaultPlan.Nothing(), _erased))!.IsComplete);
        string others = await OthersAsync(whole);
        string after = await RenewedAsync(whole);
        var failedAt = new HashSet<string>();
        for (int failing = 1; ; failing++)
        {
            Shop shop = await FilledAsync(stopped);
            FaultPlan plan = FaultPlan.Script([.. Enumerable.Repeat(StoreFault.None, failing - 1), fault]);
            ErasureReport? report = await shop.EraseAsync(plan, _erased);
            if (plan.Calls.Count < failing)
            {
                Assert.True(report!.IsComplete);
                break;
            }

            string call = plan.Calls[failing - 1].ToString();
            failedAt.Add(plan.Calls[failing - 1].Member);
            Assert.True(report is not { IsComplete: true } || await shop.HeldAsync(_erased, withState: true) == "", $"After {call} the report says that nothing is left, and something is.");
            ErasureReport? again = await shop.EraseAsync(FaultPlan.Nothing(), _erased);
            Assert.True(again is { IsComplete: true }, $"After {call} erasing again does not complete it: {again}");
            Assert.True(await shop.HeldAsync(_erased, withState: true) == "", $"After {call} something of the erased is left.");
            Assert.True(others == await OthersAsync(shop), $"After {call} something else is held on others.");
            Assert.True(after == await RenewedAsync(shop), $"After {call} the next refresh shows another base.");
            Assert.True(await shop.HeldAsync(_erased, withState: true) == "", $"After {call} the next refresh brings something of the erased back.");
        }

        // All that an erasure calls, or the test would prove nothing.
        string[] called =
            ["EraseAsync", "FindAsync", "ReadAppendedAsync", "ReadAsync", "ReadHeldDataAsync", "ReadMovesAsync", "ReadRunsAsync", "RemoveAsync", "SaveAsync"];
        Assert.Equal(isUnderWay ? called : called.Where(member => member != "RemoveAsync"), failedAt.Order());
    }

    /// <summary>The call at which a refresh is stopped to leave a run that is half written.</summary>
    private static async Task<int> StoppedAtAsync()
    {
        for (int failing = 1; ; failing++)
        {
            Shop shop = await FilledAsync(failing);
            if ((await shop.Scores.ReadRunsAsync(default)).Any(run => run.Value is { PublishedAt: null, Written: > 0 } && run.Value.Written < run.Value.Customers))
            {
                Assert.NotNull(await shop.Scores.FindAsync((await shop.Scores.ReadRunsAsync(default))[0].Value.Id, _erased, default));
                return failing;
            }
        }
    }

    /// <summary>A shop with customers, one of whom names the one to be erased, and a base that is shown; and where a call is named, a refresh that was stopped at it.</summary>
    private static async Task<Shop> FilledAsync(int stoppedAt)
    {
        Shop shop = await Shop.InMemory().BeginAsync(isFirst: false);
        await shop.Customers.SaveAsync(
        [
            .. Shop.Everybody.Select(id => new Stored<Customer>(Customer.Person(id).With(
            [
                CustomerName.Of($"Customer {id}", _told),
                .. id == CustomerId.Of("16") ? (CustomerFact[])[new Referral { By = _erased, Dates = _told }] : [],
            ]), StoreVersion.None)),
        ], default);
        bool isFailed = await shop.RefreshAsync(stoppedAt == 0 ? FaultPlan.Nothing() : FaultPlan.Script([.. Enumerable.Repeat(StoreFault.None, stoppedAt - 1), StoreFault.ThrowsBefore]));
        Assert.Equal(stoppedAt > 0, isFailed);
        return shop;
    }

    private static async Task<string> OthersAsync(Shop shop)
    {
        var held = new List<string>();
        foreach (CustomerId customer in Shop.Everybody.Where(customer => customer != _erased))
        {
            held.Add(await shop.HeldAsync(customer, withState: false));
        }

        Assert.Equal(99, held.Count);
        Assert.DoesNotContain("", held);
        return string.Join('\n', held);
    }

    private static async Task<string> RenewedAsync(Shop shop)
    {
        Assert.False(await shop.RefreshAsync(FaultPlan.Nothing()));
        return $"{await shop.ShownAsync()}\n{await shop.MembersAsync()}\n{await shop.MovesAsync()}";
    }
}
