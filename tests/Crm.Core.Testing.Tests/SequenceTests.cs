using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using Crm.Core.Testing.Tests.Broken;

namespace Crm.Core.Testing.Tests;

/// <summary>Random sequences pass on the reference stores, find the faults of broken ones, and are shortened and repeated by their seed.</summary>
public sealed class SequenceTests
{
    // In the gate the same ones every time; CRM_FUZZ_SEED and CRM_FUZZ_TIMES ask for others and for more.
    private static readonly SequenceOptions _many = new()
    {
        Seed = ulong.Parse(Environment.GetEnvironmentVariable("CRM_FUZZ_SEED") ?? "1", System.Globalization.CultureInfo.InvariantCulture),
        Sequences = 60 * int.Parse(Environment.GetEnvironmentVariable("CRM_FUZZ_TIMES") ?? "1", System.Globalization.CultureInfo.InvariantCulture),
    };

    private static readonly SequenceOptions _search = new() { Sequences = 200 };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task InMemoryCustomerStore_InRandomSequences_DoesAsTheModel(int workers) =>
        CustomerStoreSequences.RunAsync(() => Task.FromResult<ICustomerStore>(new InMemoryCustomerStore()), _many with { Workers = workers });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task InMemoryInteractionStore_InRandomSequences_DoesAsTheModel(int workers) =>
        InteractionStoreSequences.RunAsync(() => Task.FromResult<IInteractionStore>(new InMemoryInteractionStore()), _many with { Workers = workers });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task InMemorySegmentStore_InRandomSequences_DoesAsTheModel(int workers) =>
        SegmentStoreSequences.RunAsync(() => Task.FromResult<ISegmentStore>(new InMemorySegmentStore()), _many with { Workers = workers });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task InMemoryScoreStore_InRandomSequences_DoesAsTheModel(int workers) =>
        ScoreStoreSequences.RunAsync(() => Task.FromResult<IScoreStore>(new InMemoryScoreStore()), _many with { Workers = workers });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public Task InMemoryModelStore_InRandomSequences_DoesAsTheModel(int workers) =>
        ModelStoreSequences.RunAsync(() => Task.FromResult<IModelStore>(new InMemoryModelStore()), _many with { Workers = workers });

    [Theory]
    [InlineData("kinds-kept")]
    [InlineData("facts-in-order")]
    [InlineData("saved-again-replaces")]
    [InlineData("save-seen-at-once")]
    [InlineData("ids-compared-ordinally")]
    [InlineData("new-customer-expects-none")]
    [InlineData("stale-version-refused")]
    [InlineData("batch-all-or-none")]
    [InlineData("batch-versions-in-place")]
    [InlineData("customer-twice-refused")]
    [InlineData("shared-key-finds-all")]
    [InlineData("keys-follow-changes")]
    [InlineData("erased-is-gone")]
    [InlineData("erasure-redacts-others")]
    [InlineData("mentions-erased-alone")]
    [InlineData("saved-again-after-erasure")]
    [InlineData("naming-each-once")]
    [InlineData("naming-in-order-of-ids")]
    [InlineData("naming-though-it-holds-no-more")]
    [InlineData("naming-follows-changes")]
    [InlineData("naming-follows-erasure")]
    public Task BrokenCustomerStore_InRandomSequences_IsFound(string fault) =>
        IsFound(() => CustomerStoreSequences.RunAsync(() => Task.FromResult(BrokenCustomerStores.ByRule[fault]()), _search));

    [Theory]
    [InlineData("append-seen-at-once")]
    [InlineData("other-content-refused")]
    [InlineData("ids-compared-ordinally")]
    [InlineData("correction-may-come-first")]
    [InlineData("last-correction-counts")]
    [InlineData("equal-corrections-by-id")]
    [InlineData("correction-moves-to-another")]
    [InlineData("retraction-hides")]
    [InlineData("states-of-one-thing")]
    [InlineData("correction-of-a-correction-found-late")]
    [InlineData("what-was-known-then")]
    [InlineData("known-to-the-moment")]
    [InlineData("what-was-true-then")]
    [InlineData("filter-by-kind")]
    [InlineData("filter-by-channel")]
    [InlineData("filter-by-thread")]
    [InlineData("filter-by-time")]
    [InlineData("filters-after-corrections")]
    [InlineData("equal-moments-by-id")]
    [InlineData("pages-each-once")]
    [InlineData("log-resumes")]
    [InlineData("erased-position-never-again")]
    [InlineData("erasure-takes-superseded-states")]
    [InlineData("erasure-keeps-later-states")]
    [InlineData("erasure-redacts-mentions")]
    [InlineData("appended-again-after-erasure")]
    public Task BrokenInteractionStore_InRandomSequences_IsFound(string fault) =>
        IsFound(() => InteractionStoreSequences.RunAsync(() => Task.FromResult(BrokenInteractionStores.ByRule[fault]()), _search));

    [Theory]
    [InlineData("stale-version-refused")]
    [InlineData("versions-never-repeat")]
    [InlineData("moves-first-to-last")]
    [InlineData("move-delivered-twice-is-one")]
    [InlineData("last-move-decides")]
    [InlineData("equal-moments-recorded-last")]
    [InlineData("what-was-known-then")]
    [InlineData("ids-of-moves-ordinal")]
    [InlineData("erased-is-gone")]
    [InlineData("moved-again-after-erasure")]
    public Task BrokenSegmentStore_InRandomSequences_IsFound(string fault) =>
        IsFound(() => SegmentStoreSequences.RunAsync(() => Task.FromResult(BrokenSegmentStores.ByRule[fault]()), _search));

    [Theory]
    [InlineData("ids-compared-ordinally")]
    [InlineData("last-begun-first")]
    [InlineData("stale-version-refused")]
    [InlineData("versions-never-repeat")]
    [InlineData("ids-of-scores-ordinal")]
    [InlineData("run-saved-alone-keeps-scores")]
    [InlineData("refused-save-writes-no-scores")]
    [InlineData("runs-kept-apart")]
    [InlineData("removed-is-gone")]
    [InlineData("removal-leaves-others")]
    [InlineData("saved-again-after-removal")]
    [InlineData("erased-is-gone")]
    [InlineData("erasure-marks-each-run")]
    [InlineData("erasure-leaves-others")]
    [InlineData("erasure-stated")]
    [InlineData("written-again-after-erasure")]
    public Task BrokenScoreStore_InRandomSequences_IsFound(string fault) =>
        IsFound(() => ScoreStoreSequences.RunAsync(() => Task.FromResult(BrokenScoreStores.ByRule[fault]()), _search));

    [Theory]
    [InlineData("absent-is-null")]
    [InlineData("empty-content-kept")]
    [InlineData("names-in-ordinal-order")]
    [InlineData("saved-again-after-removal")]
    public Task BrokenModelStore_InRandomSequences_IsFound(string fault) =>
        IsFound(() => ModelStoreSequences.RunAsync(() => Task.FromResult(BrokenModelStores.ByRule[fault]()), _search));

    [Fact]
    public async Task Failure_OfASeed_IsShortAndComesAgain()
    {
        static Task Run(SequenceOptions options) => InteractionStoreSequences.RunAsync(() => Task.FromResult(BrokenInteractionStores.ByRule["retraction-hides"]()), options);
        SequenceException failure = await Assert.ThrowsAsync<SequenceException>(() => Run(_search));
        SequenceException again = await Assert.ThrowsAsync<SequenceException>(() => Run(new() { Seed = failure.Seed, Sequences = 1 }));
        Assert.Equal(failure.Steps, again.Steps);
        Assert.InRange(failure.Steps.Count, 1, 2);
        Assert.Contains("retraction", string.Concat(failure.Steps), StringComparison.Ordinal);
        Assert.StartsWith(
            FormattableString.Invariant($"IInteractionStore, random sequence of seed {failure.Seed}, shortened to 1. append "), failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($": expected {failure.Expected}; but {failure.Actual}.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task Failure_OfAStoreThatThrows_NamesTheKindAndKeepsTheCause()
    {
        var broken = new ChangedSegmentStore { Move = (_, _, _) => throw new InvalidOperationException("Mrs Secret") };
        SequenceException failure = await Assert.ThrowsAsync<SequenceException>(() => SegmentStoreSequences.RunAsync(() => Task.FromResult<ISegmentStore>(broken)));
        Assert.Equal(("no exception", "the store threw InvalidOperationException"), (failure.Expected, failure.Actual));
        Assert.Single(failure.Steps);
        Assert.Equal("Mrs Secret", failure.InnerException!.Message);
        Assert.DoesNotContain("Secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CancelledBefore_TriesNothing()
    {
        int stores = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SegmentStoreSequences.RunAsync(
            () =>
            {
                stores++;
                return Task.FromResult<ISegmentStore>(new InMemorySegmentStore());
            },
            cancellationToken: new(canceled: true)));
        Assert.InRange(stores, 0, 1);
    }

    [Fact]
    public void Options_BelowOne_AreRefusedByName()
    {
        Assert.Equal("Sequences", Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceOptions { Sequences = 0 }).ParamName);
        Assert.Equal("Length", Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceOptions { Length = 0 }).ParamName);
        Assert.Equal("Workers", Assert.Throws<ArgumentOutOfRangeException>(() => new SequenceOptions { Workers = -1 }).ParamName);
    }

    private static async Task IsFound(Func<Task> run)
    {
        SequenceException failure = await Assert.ThrowsAsync<SequenceException>(run);
        Assert.InRange(failure.Steps.Count, 1, 6);
    }
}
