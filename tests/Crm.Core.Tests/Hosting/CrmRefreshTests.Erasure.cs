using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>A person is erased before, while and after the base is renewed.</summary>
public sealed partial class CrmRefreshTests
{
    [Fact]
    public async Task Run_AfterAnErasure_CarriesOnWithoutTheErased()
    {
        await AppendAsync(_log);
        RefreshResult before = await RefreshOf().RunAsync();
        Assert.True((await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("17"))).IsComplete);
        Assert.Equal(1, (await _scores.ReadRunsAsync(CancellationToken.None))[0].Value.ErasedSince);
        RefreshResult after = await RefreshOf().RunAsync();
        Assert.True(after is { IsNew: true, InteractionsRead: 0, Shown: { IsWhole: false, Customers: 399, ErasedSince: 0 } });
        Assert.Null(await _scores.FindAsync(after.Shown.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.NotEqual(before.Shown!.Fingerprint, after.Shown.Fingerprint);
        await IsWhatReadingAllGivesAsync(after.Shown);
    }

    // What the state has counted as one customer's was given to another after it was read, and that other erased: it is nobody's any more.
    [Fact]
    public async Task Run_AfterTheErasureOfWhoWasGivenAPurchase_GivesWhatReadingAllGives()
    {
        await AppendAsync(_log);
        await RefreshOf().RunAsync();
        Interaction purchase = _log[^1];
        CustomerId giver = purchase.Customer;
        CustomerId taker = CustomerId.Of(giver == CustomerId.Of("17") ? "18" : "17");
        await AppendAsync([purchase with { Id = InteractionId.Of("moved"), Customer = taker, Corrects = purchase.Id, RecordedAt = purchase.RecordedAt + Duration.FromDays(1) }]);
        ErasureReport report = await new CustomerErasure(Everywhere).EraseAsync(taker);
        Assert.True(report.IsComplete, report.ToString());
        Assert.Equal("histories", report.Stores[0].Store);
        await IsWhatReadingAllGivesAsync((await RefreshOf().RunAsync()).Shown!);
    }

    [Fact]
    public async Task Run_AfterAnErasureThatTookTheInteractionsFirst_GivesWhatReadingAllGives()
    {
        await AppendAsync(_log);
        await RefreshOf().RunAsync();
        foreach (IPersonalDataStore store in Everywhere)
        {
            await store.EraseAsync(CustomerId.Of("17"), CancellationToken.None);
        }

        RefreshResult after = await RefreshOf().RunAsync();
        Assert.True(after.Shown!.IsWhole);
        await IsWhatReadingAllGivesAsync(after.Shown);
    }

    // An original that was corrected before it came, whose correction was erased: when it comes, it counts.
    [Fact]
    public async Task Run_AfterTheErasureOfACorrectionThatCameEarly_CountsTheOriginal()
    {
        await AppendAsync(_log);
        Interaction late = ShopLog.Purchase("late", "20", new(2025, 12, 20), 40);
        await AppendAsync([late with { Id = InteractionId.Of("early"), Customer = CustomerId.Of("17"), Corrects = late.Id }]);
        await RefreshOf().RunAsync();
        Assert.True((await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("17"))).IsComplete);
        await AppendAsync([late]);
        await IsWhatReadingAllGivesAsync((await RefreshOf().RunAsync()).Shown!);
    }

    // It begins when the first store has erased and reads what the others still hold; the erasure is done before it has anything to show.
    [Fact]
    public async Task Run_BegunInTheMiddleOfAnErasure_NeverShowsTheErased()
    {
        await AppendAsync(_log);
        using var hasRead = new ManualResetEventSlim();
        using var isErased = new ManualResetEventSlim();
        var progress = new AtStage("fitting mbg-nbd", () =>
        {
            hasRead.Set();
            isErased.Wait(TimeSpan.FromMinutes(10));
        });
        Task<RefreshResult>? running = null;
        var begins = new ActingStore(() =>
        {
            running = Task.Run(() => RefreshOf().RunAsync(progress));
            Assert.True(hasRead.Wait(TimeSpan.FromMinutes(10)));
        });
        ErasureReport report = await new CustomerErasure([new StoredHistories(_scores, _models, _interactions), begins, _interactions, _segments, _scores]).EraseAsync(CustomerId.Of("17"));
        Assert.True(report.IsComplete, report.ToString());
        isErased.Set();
        RefreshResult result = await running!;
        Assert.Equal(399, result.Shown!.Customers);
        Assert.Null(await _scores.FindAsync(result.Shown.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.Empty(await new StoredHistories(_scores, _models, _interactions).ReadHeldDataAsync(CustomerId.Of("17"), CancellationToken.None).ToListAsync());
    }

    // Both read the same state before either writes: whoever comes second would write the other's person back.
    [Fact]
    public async Task StoredHistories_TwoErasuresAtOnce_LeaveNeither()
    {
        await AppendAsync(_log);
        ScoreRun run = (await RefreshOf().RunAsync()).Shown!;
        RunArtefact before = (await _models.FindAsync(run.Id, RunArtefact.Histories, CancellationToken.None))!;
        var histories = new StoredHistories(_scores, _models, _interactions);

        // The second has read the state of before when the first is done.
        var late = new StoredHistories(_scores, new StaleModels(_models, before, async () => await histories.EraseAsync(CustomerId.Of("17"), CancellationToken.None)), _interactions);
        await late.EraseAsync(CustomerId.Of("18"), CancellationToken.None);
        foreach (string id in (string[])["17", "18"])
        {
            Assert.Empty(await histories.ReadHeldDataAsync(CustomerId.Of(id), CancellationToken.None).ToListAsync());
        }

        await AppendAsync([ShopLog.Purchase("news", "20", new(2025, 12, 30), 20)]);
        await IsWhatReadingAllGivesAsync((await RefreshOf().RunAsync()).Shown!);
    }

    // One who carries a run on after another has shown it writes nothing into it.
    [Fact]
    public async Task Run_CarriedOnByTwo_WritesNothingIntoWhatIsShown()
    {
        await AppendAsync(_log);
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, new FailingScores(_scores, new FailingCalls(6)), _models, _segments, _clock, Options).RunAsync());
        Assert.NotNull((await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Fingerprint);
        using var hasRead = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        Task<RefreshResult> late = Task.Run(() => RefreshOf().RunAsync(new AtStage("writing scores", () =>
        {
            hasRead.Set();
            mayGoOn.Wait(TimeSpan.FromMinutes(10));
        })));
        Assert.True(hasRead.Wait(TimeSpan.FromMinutes(10)));
        RefreshResult result = await RefreshOf().RunAsync();
        Assert.True(result.IsNew && (await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("17"))).IsComplete);
        mayGoOn.Set();
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => late);
        Assert.Null(await _scores.FindAsync(result.Shown!.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.Empty(await new StoredHistories(_scores, _models, _interactions).ReadHeldDataAsync(CustomerId.Of("17"), CancellationToken.None).ToListAsync());
    }

    // The batch has left the refresh and not yet reached the store, while another carries the run on and shows it, and one of the batch is erased.
    [Fact]
    public async Task Run_WhoseBatchWasHeldUpUntilOneOfItWasErased_ConflictsAndWritesNothingOfThem()
    {
        await AppendAsync(_log);
        using var isHeldUp = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        CustomerId erased = default;
        var slow = new FailingScores(_scores, new FailingCalls(int.MaxValue));
        slow.BeforeWrite = batch =>
        {
            slow.BeforeWrite = null;
            erased = batch[7].Customer;
            isHeldUp.Set();
            Assert.True(mayGoOn.Wait(TimeSpan.FromMinutes(10)));
            return Task.CompletedTask;
        };
        Task<RefreshResult> late = Task.Run(() => new CrmRefresh(_interactions, slow, _models, _segments, _clock, Options).RunAsync());
        Assert.True(isHeldUp.Wait(TimeSpan.FromMinutes(10)));
        RefreshResult result = await RefreshOf().RunAsync();
        Assert.True(result is { IsNew: true, Resumed: true });
        ErasureReport report = await new CustomerErasure(Everywhere).EraseAsync(erased);
        Assert.True(report.IsComplete && report.Stores.Single(store => store.Store == "scores").Statement!.Removed == 1, report.ToString());
        Stored<ScoreRun> marked = (await _scores.ReadRunsAsync(CancellationToken.None)).Single();
        mayGoOn.Set();
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => late);
        foreach (IPersonalDataStore store in Everywhere)
        {
            Assert.Empty(await store.ReadHeldDataAsync(erased, CancellationToken.None).ToListAsync());
        }

        Assert.Equal(399, (await ReadAsync(_scores, result.Shown!.Id)).Count);
        Assert.Equal(marked, (await _scores.ReadRunsAsync(CancellationToken.None)).Single());
        Assert.Equal(1, marked.Value.ErasedSince);
    }

    // Erased while a batch with them is on its way, and the refresh stopped before it sees that: the next one throws away what it wrote.
    [Fact]
    public async Task Run_StoppedAfterItWroteWhoWasErasedMeanwhile_LeavesNothingOfThemTheNextTime()
    {
        await AppendAsync(_log);
        CustomerId erased = default;
        var scores = new FailingScores(_scores, new FailingCalls(5));
        scores.BeforeWrite = async batch =>
        {
            scores.BeforeWrite = null;
            erased = batch[7].Customer;
            Assert.True((await new CustomerErasure(Everywhere).EraseAsync(erased)).IsComplete);
        };
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, scores, _models, _segments, _clock, Options).RunAsync());
        Assert.True((await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value is { PublishedAt: null, Written: 64 });
        RefreshResult result = await RefreshOf().RunAsync();
        Assert.False(result.Resumed);
        foreach (IPersonalDataStore store in Everywhere)
        {
            Assert.Empty(await store.ReadHeldDataAsync(erased, CancellationToken.None).ToListAsync());
        }

        await IsWhatReadingAllGivesAsync(result.Shown!);
    }

    // Another refresh, of another day, has thrown the run away before the state of the histories is kept with it.
    [Fact]
    public async Task Run_ThrownAwayByAnother_LeavesNothingUnderItsName()
    {
        await AppendAsync(_log);
        var slow = new FailingModels(_models, new FailingCalls(int.MaxValue));
        RunId thrownAway = default;
        slow.BeforeSave = async artefact =>
        {
            if (artefact.Name == RunArtefact.Histories)
            {
                slow.BeforeSave = null;
                thrownAway = artefact.Run;
                await RefreshOf().RunThroughAsync(_november);
            }
        };
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => new CrmRefresh(_interactions, _scores, slow, _segments, _clock, Options).RunAsync());
        Assert.Equal(_november, (await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Through);
        Assert.Empty(await _scores.ReadAllAsync(thrownAway, CancellationToken.None).ToListAsync());
        Assert.Empty(await _models.ReadNamesAsync(thrownAway, CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ErasureBeforeMovesAreWritten_LeavesNoMoveBehind(bool wasMember)
    {
        CustomerId erased = CustomerId.Of("17");
        if (wasMember)
        {
            await AppendAsync(Through(_november));
            await RefreshOf().RunThroughAsync(_november);
            await AppendAsync(Between(_november, new(2025, 12, 31)));
        }
        else
        {
            await AppendAsync(_log);
        }

        var segments = new LateSegments(_segments, async () => Assert.True((await new CustomerErasure(Everywhere).EraseAsync(erased)).IsComplete));
        await new CrmRefresh(_interactions, _scores, _models, segments, _clock, Options).RunAsync();
        Assert.Empty(await _segments.ReadMovesAsync(erased, CancellationToken.None));
        Assert.NotEmpty(await _segments.ReadMovesAsync(CustomerId.Of("18"), CancellationToken.None));
    }

    // Stopped between the moves and the erasure of what should not be there: the next run finds it.
    [Fact]
    public async Task Run_StoppedAfterMovesOfAnErasedPersonWereWritten_LeavesNoneBehindTheNextTime()
    {
        CustomerId erased = CustomerId.Of("17");
        await AppendAsync(_log);
        var segments = new LateSegments(_segments, async () => await new CustomerErasure(Everywhere).EraseAsync(erased)) { ThrowsAfter = true };
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, _scores, _models, segments, _clock, Options).RunAsync());
        Assert.NotEmpty(await _segments.ReadMovesAsync(erased, CancellationToken.None));
        await RefreshOf().RunAsync();
        Assert.Empty(await _segments.ReadMovesAsync(erased, CancellationToken.None));
        Assert.Equal(399, await MembersAsync(_segments));
    }

    [Fact]
    public async Task StoredHistories_OfACustomer_ShowsWhatIsHeldAndOfNobodyElseAnything()
    {
        var histories = new StoredHistories(_scores, _models, _interactions);
        await AppendAsync(_log);
        ScoreRun run = (await RefreshOf().RunAsync()).Shown!;
        HeldData held = await histories.ReadHeldDataAsync(CustomerId.Of("17"), CancellationToken.None).SingleAsync();
        Interaction[] own = [.. _log.Where(interaction => interaction.Customer == CustomerId.Of("17"))];
        Assert.Equal("history", held.Kind);
        using var json = System.Text.Json.JsonDocument.Parse(held.Json);
        Assert.Equal("17", json.RootElement.GetProperty("customer").GetString());
        Assert.Equal(own.Select(interaction => interaction.At.InUtc().Date).Distinct().Count(), json.RootElement.GetProperty("occasions").GetInt32());
        Assert.Equal(
            own.Sum(interaction => ((PurchaseDetail)interaction.Detail).Amount.Amount),
            (json.RootElement.TryGetProperty("firstAmount", out var first) ? first.GetDecimal() : 0) + (json.RootElement.TryGetProperty("laterAmounts", out var later) ? later.GetDecimal() : 0));
        Assert.Empty(await histories.ReadHeldDataAsync(CustomerId.Of("nobody"), CancellationToken.None).ToListAsync());

        // Erasing someone who was never there changes nothing.
        RunArtefact before = (await _models.FindAsync(run.Id, RunArtefact.Histories, CancellationToken.None))!;
        Assert.Equal(0, (await histories.EraseAsync(CustomerId.Of("nobody"), CancellationToken.None)).Removed);
        Assert.Equal(before, await _models.FindAsync(run.Id, RunArtefact.Histories, CancellationToken.None));
        Assert.Equal(1, (await histories.EraseAsync(CustomerId.Of("17"), CancellationToken.None)).Removed);
        Assert.Empty(await histories.ReadHeldDataAsync(CustomerId.Of("17"), CancellationToken.None).ToListAsync());
        Assert.Equal(before.Content.Length, (await _models.FindAsync(run.Id, RunArtefact.Histories, CancellationToken.None))!.Content.Length, 200.0);
    }

    [Fact]
    public async Task Run_ErasureWhileScoresAreWritten_NeverShowsTheErased()
    {
        await AppendAsync(_log);
        var scores = new FailingScores(_scores, new FailingCalls(int.MaxValue));
        scores.OnWrite = async () =>
        {
            scores.OnWrite = null;
            foreach (IPersonalDataStore store in Everywhere)
            {
                await store.EraseAsync(CustomerId.Of("17"), CancellationToken.None);
            }
        };
        RefreshResult result = await new CrmRefresh(_interactions, scores, _models, _segments, _clock, Options).RunAsync();
        Assert.Equal(399, result.Shown!.Customers);
        Assert.Null(await _scores.FindAsync(result.Shown.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.Single(await _scores.ReadRunsAsync(CancellationToken.None));
    }

    // Between reading and the first write nothing of the run held a person: the mark it begins with does.
    [Theory]
    [InlineData("reading purchases")]
    [InlineData("fitting mbg-nbd")]
    [InlineData("writing scores")]
    public async Task Run_ErasureAtAnyStage_NeverShowsTheErased(string stage)
    {
        await AppendAsync(_log);
        bool isErased = false;
        var progress = new AtStage(stage, () =>
        {
            foreach (IPersonalDataStore store in isErased ? [] : Everywhere)
            {
                store.EraseAsync(CustomerId.Of("17"), CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }

            isErased = true;
        });
        RefreshResult result = await RefreshOf().RunAsync(progress);
        Assert.True(isErased);
        Assert.Equal(399, result.Shown!.Customers);
        Assert.Null(await _scores.FindAsync(result.Shown.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.Single(await _scores.ReadRunsAsync(CancellationToken.None));
    }
}
