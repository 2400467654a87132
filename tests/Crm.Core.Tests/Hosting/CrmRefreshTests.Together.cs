using Crm.Core.Hosting;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Hosting;

/// <content>Two refreshes of one base, of which one removes what the other is at, or has shown.</content>
public sealed partial class CrmRefreshTests
{
    // Half-written, and carried on by two: one of other settings finds that what was written is not its own, when the other has shown it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_ThatFindsTheRunOfAnotherShownMeanwhile_LeavesItWhole(bool isOfAnotherDay)
    {
        await AppendAsync(_log);
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, new FailingScores(_scores, new FailingCalls(6)), _models, _segments, _clock, Options).RunAsync());
        RunId begun = (await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Id;
        if (isOfAnotherDay)
        {
            // Another day throws the run away before it begins: the store of scores is slow to say which runs there are.
            var slow = new SlowRuns(_scores, async () => Assert.True((await RefreshOf().RunAsync()).IsNew));
            await Assert.ThrowsAsync<ConcurrencyConflictException>(() => new CrmRefresh(_interactions, slow, _models, _segments, _clock, Options).RunThroughAsync(_november));
        }
        else
        {
            var other = new CrmRefresh(_interactions, _scores, _models, _segments, _clock, Options with { Level = 0.8 });
            await Assert.ThrowsAsync<ConcurrencyConflictException>(() => other.RunAsync(new AtStage(
                "reading purchases", () => Assert.True(Task.Run(() => RefreshOf().RunAsync()).GetAwaiter().GetResult().Resumed))));
        }

        Stored<ScoreRun> shown = (await _scores.ReadRunsAsync(CancellationToken.None)).Single();
        Assert.Equal(begun, shown.Value.Id);
        Assert.NotNull(shown.Value.PublishedAt);
        Assert.Equal(400, await _scores.ReadAllAsync(begun, CancellationToken.None).CountAsync());
        Assert.Contains(RunArtefact.Histories, await _models.ReadNamesAsync(begun, CancellationToken.None));
    }

    // What is kept under the name of a run that another has thrown away goes with whatever stops the refresh, cancelled or not.
    [Fact]
    public async Task Run_StoppedAfterItWasThrownAwayByAnother_LeavesNothingUnderItsName()
    {
        await AppendAsync(_log);
        using var source = new CancellationTokenSource();
        var slow = new FailingModels(_models, new FailingCalls(int.MaxValue));
        RunId thrownAway = default;
        slow.BeforeSave = async artefact =>
        {
            if (artefact.Name == "gamma-gamma")
            {
                slow.BeforeSave = null;
                thrownAway = artefact.Run;
                await RefreshOf().RunThroughAsync(_november);
                Assert.Empty(await _models.ReadNamesAsync(thrownAway, CancellationToken.None));
                await _models.SaveAsync(artefact with { Name = RunArtefact.Histories }, CancellationToken.None); // one that was late
                await source.CancelAsync();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CrmRefresh(_interactions, _scores, slow, _segments, _clock, Options).RunAsync(null, source.Token));
        Assert.NotEqual(default, thrownAway);
        Assert.Empty(await _models.ReadNamesAsync(thrownAway, CancellationToken.None));
    }

    // What was begun and left is thrown away also on a day on which there is nothing else to do.
    [Fact]
    public async Task Run_WithNothingToDo_ThrowsAwayWhatWasLeft()
    {
        await AppendAsync(_log);
        RefreshResult first = await RefreshOf().RunAsync();
        await AppendAsync([ShopLog.Purchase("late", "7", new(2025, 12, 20), 5)]);
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, new FailingScores(_scores, new FailingCalls(9)), _models, _segments, _clock, Options).RunAsync());
        Assert.Equal(2, (await _scores.ReadRunsAsync(CancellationToken.None)).Count);
        await _interactions.EraseAsync(CustomerId.Of("7"), CancellationToken.None); // by which there is no news any more
        RefreshResult again = await RefreshOf().RunAsync();
        Assert.Equal((false, first.Shown!.Id), (again.IsNew, again.Shown!.Id));
        Assert.Equal(first.Shown.Id, (await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Id);
    }

    // Rules in euros say nothing of a base in dollars.
    [Fact]
    public async Task Run_WithASegmenterOfAnotherCurrency_IsRefused()
    {
        await AppendAsync(_log);
        var segmenter = new RuleSegmenter(SegmentBook.Of(
            RuleSegmenter.ColumnsOf(Currency.Usd), SegmentDefinition.Of(SegmentId.Of("worth"), "worth it", Signal.Column("value", "USD").IsAtLeast(50))));
        var refresh = new CrmRefresh(_interactions, _scores, _models, _segments, _clock, Options with { Segmenter = segmenter });
        var refused = await Assert.ThrowsAsync<CurrencyMismatchException>(() => refresh.RunAsync());
        Assert.Equal((Currency.Usd, Currency.Eur), (refused.Expected, refused.Found));
        Assert.Empty(await _scores.ReadRunsAsync(CancellationToken.None));
    }

    /// <summary>Scores of which the runs are told late, once.</summary>
    private sealed class SlowRuns(IScoreStore inner, Func<Task> meanwhile) : IScoreStore
    {
        private bool _isDone;

        public string DataName => inner.DataName;

        public async ValueTask<IReadOnlyList<Stored<ScoreRun>>> ReadRunsAsync(CancellationToken cancellationToken)
        {
            var runs = await inner.ReadRunsAsync(cancellationToken);
            if (!_isDone)
            {
                _isDone = true;
                await meanwhile();
            }

            return runs;
        }

        public ValueTask<StoreVersion> SaveAsync(Stored<ScoreRun> run, IReadOnlyList<CustomerScore> scores, CancellationToken cancellationToken) => inner.SaveAsync(run, scores, cancellationToken);

        public ValueTask<CustomerScore?> FindAsync(RunId run, CustomerId customer, CancellationToken cancellationToken) => inner.FindAsync(run, customer, cancellationToken);

        public IAsyncEnumerable<CustomerScore> ReadAllAsync(RunId run, CancellationToken cancellationToken) => inner.ReadAllAsync(run, cancellationToken);

        public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => inner.RemoveAsync(run, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
