using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Testing.Tests.Broken;
using NodaTime;

namespace Crm.Core.Testing.Tests;

/// <summary>How the kit tells what it found.</summary>
public sealed class ReportTests
{
    private const string Secret = "Mrs Secret";

    private static readonly Func<Task<ICustomerStore>> _good = () => Task.FromResult<ICustomerStore>(new InMemoryCustomerStore());

    private static readonly ConformanceRule _rule = new("a-rule", "It matters.", StoreCapabilities.None);

    [Fact]
    public async Task RunAll_OnTheReferenceStore_PassesEveryRule()
    {
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(_good);
        Assert.True(report.IsKept);
        Assert.Equal((CustomerStoreConformance.RuleNames.Count, 0, 0), (report.Passed, report.Failed, report.Skipped));
        Assert.Equal(("ICustomerStore", "InMemoryCustomerStore"), (report.Contract, report.Store));
        Assert.All(report.Results, result => Assert.True(result.Took > Duration.Zero && result is { Expected: null, Actual: null, SkippedBecause: null }));
        Assert.Equal(CustomerStoreConformance.RuleNames, report.Results.Select(result => result.Rule.Name));
    }

    [Fact]
    public async Task RunAll_OnABrokenStore_TellsWhatWasExpectedAndGoesOn()
    {
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(() => Task.FromResult(BrokenCustomerStores.ByRule["kinds-kept"]()));
        Assert.False(report.IsKept);
        ConformanceResult failed = report.Results.Single(result => result.Rule.Name == "kinds-kept");
        Assert.Equal(ConformanceOutcome.Failed, failed.Outcome);
        Assert.EndsWith("exactly as it was given", failed.Expected, StringComparison.Ordinal);
        Assert.Equal("at .customer.kind it has a text of 6 characters instead of 12, which differs from character 1 (U+006F) on", failed.Actual);
        Assert.Equal(CustomerStoreConformance.RuleNames.Count, report.Passed + report.Failed);
    }

    [Fact]
    public async Task RunAll_WithLessDeclared_SkipsWhatNeedsMore()
    {
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(_good, StoreCapabilities.All & ~StoreCapabilities.Nanoseconds);
        ConformanceResult skipped = report.Results.Single(result => result.Outcome == ConformanceOutcome.Skipped);
        Assert.Equal(("nanoseconds-kept", "the store does not declare Nanoseconds"), (skipped.Rule.Name, skipped.SkippedBecause));
        Assert.Equal(1, report.Skipped);
        Assert.Equal("nanoseconds-kept: skipped: the store does not declare Nanoseconds", skipped.ToString());
    }

    [Fact]
    public async Task RunAll_OnAStoreWithoutReferences_SkipsTheRulesOfReferences()
    {
        Func<Task<ICustomerStore>> without = () => Task.FromResult<ICustomerStore>(new FaultyCustomerStore(new InMemoryCustomerStore(), FaultPlan.Nothing()));
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(without);
        Assert.True(report.IsKept);
        Assert.Equal("FaultyCustomerStore", report.Store);
        Assert.Equal(
            CustomerStoreConformance.Rules.Where(rule => rule.Interface is not null),
            report.Results.Where(result => result.Outcome == ConformanceOutcome.Skipped).Select(result => result.Rule));
        ConformanceResult skipped = await CustomerStoreConformance.RunAsync("naming-each-once", without);
        Assert.Equal("naming-each-once: skipped: the store does not implement ICustomerReferences", skipped.ToString());
        Assert.Equal("ICustomerReferences", skipped.Rule.Interface);
        Assert.Equal(ConformanceOutcome.Passed, (await CustomerStoreConformance.RunAsync("naming-each-once", _good)).Outcome);
    }

    [Fact]
    public async Task Run_OfASkippedRule_MakesNoStore()
    {
        ConformanceResult result = await CustomerStoreConformance.RunAsync("nanoseconds-kept", () => throw new InvalidOperationException(), StoreCapabilities.None);
        Assert.Equal(ConformanceOutcome.Skipped, result.Outcome);
    }

    [Fact]
    public async Task Run_OfAnUnknownRule_NamesTheRulesThereAre()
    {
        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => CustomerStoreConformance.RunAsync("no-such-rule", _good));
        Assert.Equal("rule", wrong.ParamName);
        Assert.Contains("ICustomerStore has no rule 'no-such-rule'. It has absent-is-null, found-as-saved,", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAStoreThatThrows_KeepsItsWordsOutOfTheMessage()
    {
        var broken = new ChangedCustomerStore { Find = (_, _, _) => throw new InvalidOperationException(Secret) };
        var failure = await Assert.ThrowsAsync<ConformanceException>(() => CustomerStoreConformance.RunAsync("found-as-saved", () => Task.FromResult<ICustomerStore>(broken)));
        Assert.Equal(("no exception", "the store threw InvalidOperationException"), (failure.Expected, failure.Actual));
        Assert.Equal(Secret, failure.InnerException!.Message);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(() => Task.FromResult<ICustomerStore>(broken));
        Assert.DoesNotContain(Secret, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAStoreThatShowsAStranger_KeepsTheStrangerOutOfTheMessage()
    {
        Customer stranger = Customer.Person(CustomerId.Of("stranger")).With(CustomerName.Of(Secret, FactDates.Of(SourceId.Of("crm"), Instant.MinValue)));
        var broken = new ChangedCustomerStore { Find = (_, _, _) => Task.FromResult<Stored<Customer>?>(new(stranger, StoreVersion.Of("1"))) };
        ConformanceReport report = await CustomerStoreConformance.RunAllAsync(() => Task.FromResult<ICustomerStore>(broken));
        Assert.True(report.Failed > 10);
        Assert.DoesNotContain(Secret, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OfAStoreThatCanBeDisposedOf_DisposesOfItOnce()
    {
        var store = new DisposableStore();
        await SegmentStoreConformance.RunAsync("found-as-saved", () => Task.FromResult<Segments.ISegmentStore>(store));
        Assert.Equal(1, store.Disposed);
        await Assert.ThrowsAsync<ConformanceException>(
            () => SegmentStoreConformance.RunAsync("data-name-given", () => Task.FromResult<Segments.ISegmentStore>(store)));
        Assert.Equal(2, store.Disposed);
    }

    [Fact]
    public async Task Run_CancelledByItsCaller_StopsThoughTheStoreIsDeaf()
    {
        using var source = new CancellationTokenSource();
        var deaf = new ChangedCustomerStore
        {
            Find = async (_, _, _) =>
            {
                await source.CancelAsync();
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
                return null;
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            CustomerStoreConformance.RunAsync("found-as-saved", () => Task.FromResult<ICustomerStore>(deaf), cancellationToken: source.Token));
    }

    [Fact]
    public void ToString_OfAReport_IsATableThatEndsWithTheTotals()
    {
        var report = new ConformanceReport
        {
            Contract = "ICustomerStore",
            Store = "MyStore",
            Capabilities = StoreCapabilities.TimeTravel,
            Results =
            [
                new() { Rule = _rule, Outcome = ConformanceOutcome.Passed, Took = Duration.FromMilliseconds(3) },
                new() { Rule = _rule with { Name = "another-rule" }, Outcome = ConformanceOutcome.Failed, Expected = "1 thing", Actual = "there are 2", Took = Duration.FromMilliseconds(1234) },
                new() { Rule = _rule with { Name = "a-third" }, Outcome = ConformanceOutcome.Skipped, SkippedBecause = "the store does not declare Concurrency", Took = Duration.Zero },
            ],
        };
        Assert.Equal(
            """
            ICustomerStore kept by MyStore, declared TimeTravel
            passed  a-rule                                            3 ms
            failed  another-rule                                   1234 ms
                      why       It matters.
                      expected  1 thing
                      but       there are 2
            skipped a-third                                           0 ms
                      because   the store does not declare Concurrency
            1 passed, 1 failed, 1 skipped, in 1.2 s
            """.ReplaceLineEndings(),
            report.ToString());
        Assert.Equal("another-rule: failed: expected 1 thing; but there are 2", report.Results[1].ToString());
        Assert.Equal("a-rule: passed", report.Results[0].ToString());
        Assert.False(report.IsKept);
        Assert.False((report with { Results = [] }).IsKept);
        Assert.False((report with { Results = [report.Results[2]] }).IsKept);
        Assert.True((report with { Results = [report.Results[0], report.Results[2]] }).IsKept);
    }

    private sealed class DisposableStore : Segments.ISegmentStore, IAsyncDisposable
    {
        private readonly InMemorySegmentStore _inner = new();

        internal int Disposed { get; private set; }

        public string DataName => "";

        public ValueTask DisposeAsync()
        {
            Disposed++;
            return ValueTask.CompletedTask;
        }

        public ValueTask<StoreVersion> SaveAsync(Stored<Segments.Segment> segment, CancellationToken cancellationToken) => _inner.SaveAsync(segment, cancellationToken);

        public IAsyncEnumerable<Stored<Segments.Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => _inner.ReadSegmentsAsync(cancellationToken);

        public ValueTask<int> MoveAsync(IReadOnlyList<Segments.SegmentMove> moves, CancellationToken cancellationToken) => _inner.MoveAsync(moves, cancellationToken);

        public ValueTask<IReadOnlyList<Segments.SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => _inner.ReadMovesAsync(customer, cancellationToken);

        public IAsyncEnumerable<Segments.SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) =>
            _inner.ReadMembersAsync(segment, asOf, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => _inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => _inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
