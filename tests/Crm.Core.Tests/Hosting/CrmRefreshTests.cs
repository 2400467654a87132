using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class CrmRefreshTests
{
    private static readonly IReadOnlyList<Interaction> _log = ShopLog.Purchases(400);
    private static readonly LocalDate _november = new(2025, 11, 30);

    private readonly InMemoryInteractionStore _interactions = new();
    private readonly InMemoryScoreStore _scores = new();
    private readonly InMemoryModelStore _models = new();
    private readonly InMemorySegmentStore _segments = new();
    private readonly SetClock _clock = new(Instant.FromUtc(2026, 1, 1, 3, 0));

    private IPersonalDataStore[] Everywhere => [_interactions, _segments, new StoredHistories(_scores, _models, _interactions), _scores];

    private static RefreshOptions Options => new()
    {
        BatchSize = 64,
        Segmenter = new TierSegmenter(PyramidScheme.Curry),
        Analysis = new() { Models = ["mbg-nbd"] },
    };

    [Fact]
    public async Task Run_TheFirstTime_StoresWhatTheAnalyzerFinds()
    {
        await AppendAsync(_log);
        RefreshResult result = await RefreshOf().RunAsync();
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (Interaction interaction in _log)
        {
            builder.Add(interaction.AsPurchase()!);
        }

        CustomerBase expected = new CustomerBaseAnalyzer(Options.Analysis).Analyze(builder, Window.Through(new(2025, 12, 31)));
        Assert.True(result is { IsNew: true, Resumed: false, WhyNot: null });
        Assert.Equal((new LocalDate(2025, 12, 31), 400, 400, "mbg-nbd", Currency.Eur), (result.Shown!.Through, result.Shown.Customers, result.Shown.Written, result.Shown.Model, result.Shown.Currency));
        var low = new double[400];
        var high = new double[400];
        expected.Estimates!.Clv.EstimateInterval(0.90, low, high);
        for (int row = 0; row < 400; row++)
        {
            CustomerScore score = (await _scores.FindAsync(result.Shown.Id, expected.Histories.Ids[row], CancellationToken.None))!;
            Assert.Equal(
                (expected.Values!.Clv[row], expected.Values.ProbabilityAlive[row], low[row], high[row], expected.Pyramid![score.Customer]),
                (score.Value, score.ProbabilityAlive, score.ValueLow, score.ValueHigh, score.Tier));
            var own = _log.Where(interaction => interaction.Customer == score.Customer).ToList();
            Assert.Equal(own.Max(interaction => interaction.At.InUtc().Date), score.LastPurchase);
            Assert.Equal(own.Select(interaction => interaction.At.InUtc().Date).Distinct().Count(), score.Occasions);
            Assert.Equal(own.Sum(interaction => (double)((PurchaseDetail)interaction.Detail).Amount.Amount), score.Spent, 1e-9);
        }

        Assert.Equal(["begun", "corrected-early", "gamma-gamma", "histories", "mbg-nbd"], await _models.ReadNamesAsync(result.Shown.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Run_TheNextDays_ReadsWhatIsNewAndGivesWhatReadingAllGives()
    {
        await AppendAsync(Through(_november));
        await RefreshOf().RunThroughAsync(_november);
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        RefreshResult carried = await RefreshOf().RunThroughAsync(_november.PlusDays(9));
        RefreshResult whole = await RefreshOf(Options with { WholeEveryDays = 0 }).RunThroughAsync(_november.PlusDays(9));
        Assert.True(carried is { IsNew: true, Shown.IsWhole: false } && carried.Shown.WholeThrough == _november);
        Assert.Equal(Between(_november, _november.PlusDays(9)).Count, carried.InteractionsRead);

        // Nothing is new, so the second gives what is shown already; read whole into other stores it is the same to the bit.
        Assert.False(whole.IsNew);
        var other = new InMemoryScoreStore();
        RefreshResult again = await new CrmRefresh(_interactions, other, new InMemoryModelStore(), new InMemorySegmentStore(), _clock, Options).RunThroughAsync(_november.PlusDays(9));
        Assert.True(again.Shown!.IsWhole);
        Assert.Equal(again.Shown.Fingerprint, carried.Shown.Fingerprint);
        Assert.Equal(await ReadAsync(other, again.Shown.Id), await ReadAsync(_scores, carried.Shown.Id));
    }

    [Fact]
    public async Task Run_WithAModelThatIsNamedNoMore_TakesOneThatIs()
    {
        await AppendAsync(Through(_november));
        await RefreshOf().RunThroughAsync(_november);
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        RefreshResult result = await RefreshOf(Options with { Analysis = Options.Analysis with { Models = ["bg-nbd"] } }).RunThroughAsync(_november.PlusDays(9));
        Assert.True(result.Shown is { IsWhole: false, Model: "bg-nbd" });
    }

    [Fact]
    public async Task Run_WhenTheModelIsDue_ReadsAllAgain()
    {
        await AppendAsync(Through(_november));
        await RefreshOf(Options with { WholeEveryDays = 9 }).RunThroughAsync(_november);
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        Assert.True((await RefreshOf(Options with { WholeEveryDays = 9 }).RunThroughAsync(_november.PlusDays(9))).Shown!.IsWhole);
    }

    // A store that fails at its k-th call, for every k: what is shown is the old base or the new one, whole, and running again ends in the same.
    [Fact]
    public async Task Run_InterruptedAnywhere_ShowsAWholeBaseAndCarriesOn()
    {
        await AppendAsync(Through(_november));
        RefreshResult first = await RefreshOf().RunThroughAsync(_november);
        await AppendAsync(Between(_november, _november.PlusDays(5)));
        int resumed = 0;
        for (int failing = 1; ; failing++)
        {
            var (scores, models, segments) = (await CopyAsync(first.Shown!), new InMemoryModelStore(), new InMemorySegmentStore());
            foreach (string name in await _models.ReadNamesAsync(first.Shown!.Id, CancellationToken.None))
            {
                await models.SaveAsync((await _models.FindAsync(first.Shown.Id, name, CancellationToken.None))!, CancellationToken.None);
            }

            var faults = new FailingCalls(failing);
            bool failed = false;
            try
            {
                await new CrmRefresh(_interactions, new FailingScores(scores, faults), new FailingModels(models, faults), segments, _clock, Options).RunThroughAsync(_november.PlusDays(5));
            }
            catch (IOException)
            {
                failed = true;
            }

            ScoreRun shown = (await scores.ReadRunsAsync(CancellationToken.None)).Select(run => run.Value).Where(run => run.PublishedAt is not null).MaxBy(run => run.PublishedAt)!;
            Assert.Equal(shown.Customers, (await ReadAsync(scores, shown.Id)).Count);
            RefreshResult again = await new CrmRefresh(_interactions, scores, models, segments, _clock, Options).RunThroughAsync(_november.PlusDays(5));
            resumed += again.Resumed ? 1 : 0;
            Assert.Equal(_november.PlusDays(5), again.Shown!.Through);
            Assert.True(again.Shown.AreMovesWritten);
            Assert.Equal(again.Shown.Customers, (await ReadAsync(scores, again.Shown.Id)).Count);
            Assert.DoesNotContain(await scores.ReadRunsAsync(CancellationToken.None), run => run.Value.PublishedAt is null);
            Assert.Equal(again.Shown.Customers, await MembersAsync(segments));
            if (!failed)
            {
                break;
            }
        }

        Assert.True(resumed >= 5, "too few of the interruptions left something to carry on");
    }

    [Fact]
    public async Task Run_TwiceForOneDay_DoesNothingUntilSomethingIsNew()
    {
        await AppendAsync(_log);
        RunId first = (await RefreshOf().RunAsync()).Shown!.Id;
        RefreshResult second = await RefreshOf().RunAsync();
        Assert.True(second is { IsNew: false, WhyNot: null });
        Assert.Equal(first, second.Shown!.Id);
        await AppendAsync([ShopLog.Purchase("late", "17", new(2025, 3, 3), 20)]);
        RefreshResult third = await RefreshOf().RunAsync();
        Assert.True(third is { IsNew: true, CustomersReread: 1 });
    }

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
            isErased.Wait(TimeSpan.FromSeconds(60));
        });
        Task<RefreshResult>? running = null;
        var begins = new ActingStore(() =>
        {
            running = Task.Run(() => RefreshOf().RunAsync(progress));
            Assert.True(hasRead.Wait(TimeSpan.FromSeconds(60)));
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
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, new FailingScores(_scores, new FailingCalls(10)), _models, _segments, _clock, Options).RunAsync());
        Assert.NotNull((await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Fingerprint);
        using var hasRead = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        Task<RefreshResult> late = Task.Run(() => RefreshOf().RunAsync(new AtStage("writing scores", () =>
        {
            hasRead.Set();
            mayGoOn.Wait(TimeSpan.FromSeconds(60));
        })));
        Assert.True(hasRead.Wait(TimeSpan.FromSeconds(60)));
        RefreshResult result = await RefreshOf().RunAsync();
        Assert.True(result.IsNew && (await new CustomerErasure(Everywhere).EraseAsync(CustomerId.Of("17"))).IsComplete);
        mayGoOn.Set();
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => late);
        Assert.Null(await _scores.FindAsync(result.Shown!.Id, CustomerId.Of("17"), CancellationToken.None));
        Assert.Empty(await new StoredHistories(_scores, _models, _interactions).ReadHeldDataAsync(CustomerId.Of("17"), CancellationToken.None).ToListAsync());
    }

    [Fact]
    public async Task Run_OverAStateThatCannotBeRead_ReadsAll()
    {
        await AppendAsync(Through(_november));
        ScoreRun first = (await RefreshOf().RunThroughAsync(_november)).Shown!;
        await _models.SaveAsync(new() { Run = first.Id, Name = RunArtefact.Histories, Content = new byte[] { 1, 2, 3 } }, CancellationToken.None);
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        Assert.True((await RefreshOf().RunThroughAsync(_november.PlusDays(9))).Shown!.IsWhole);
    }

    [Fact]
    public async Task Run_TwoThatBeganOneRun_LeaveAStateThatTheNextDayCanGoOnFrom()
    {
        await AppendAsync(Through(_november));
        using var hasRead = new ManualResetEventSlim();
        using var mayGoOn = new ManualResetEventSlim();
        Task<RefreshResult> first = Task.Run(() => RefreshOf().RunThroughAsync(_november, new AtStage("fitting mbg-nbd", () =>
        {
            hasRead.Set();
            mayGoOn.Wait(TimeSpan.FromSeconds(60));
        })));
        Assert.True(hasRead.Wait(TimeSpan.FromSeconds(60)));

        // More comes, and a second refresh takes the run up that the first has begun.
        await AppendAsync(Between(_november, _november.PlusDays(5)));
        RefreshResult second = await RefreshOf().RunThroughAsync(_november);
        mayGoOn.Set();
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => first);
        Assert.True(second.IsNew);
        await AppendAsync(Between(_november.PlusDays(5), _november.PlusDays(9)));
        RefreshResult next = await RefreshOf().RunThroughAsync(_november.PlusDays(9));
        Assert.False(next.Shown!.IsWhole);
        await IsWhatReadingAllGivesAsync(next.Shown);
    }

    [Fact]
    public async Task Run_WithoutTheSegmenterOfTheDayBefore_HasEverybodyLeave()
    {
        await AppendAsync(_log);
        await RefreshOf().RunAsync();
        Assert.Equal(400, await MembersAsync(_segments));
        RefreshResult result = await RefreshOf(Options with { Segmenter = null }).RunAsync();
        Assert.Equal((true, 400), (result.IsNew, result.SegmentMoves));
        Assert.Equal(0, await MembersAsync(_segments));
    }

    [Fact]
    public void Zone_ThatCannotBeFoundAgainById_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RefreshOptions { Zone = DateTimeZoneProviders.Bcl["UTC"] });
        Assert.Throws<ArgumentException>(() => new RefreshOptions { Zone = null! });
        Assert.Equal("Europe/Istanbul", new RefreshOptions { Zone = DateTimeZoneProviders.Tzdb["Europe/Istanbul"] }.Zone.Id);
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

    // What another day's run removes meanwhile says nothing of who was erased.
    [Fact]
    public async Task Run_RemovedWhileMovesAreWritten_LeavesEverybodyInTheirSegments()
    {
        await AppendAsync(_log);
        var segments = new LateSegments(_segments, async () =>
        {
            await _scores.EraseAsync(CustomerId.Of("17"), CancellationToken.None);
            await _scores.RemoveAsync((await _scores.ReadRunsAsync(CancellationToken.None))[0].Value.Id, CancellationToken.None);
        });
        await Assert.ThrowsAsync<ConcurrencyConflictException>(() => new CrmRefresh(_interactions, _scores, _models, segments, _clock, Options).RunAsync());
        Assert.Equal(400, await MembersAsync(_segments));
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
    public async Task Run_OverSeveralDays_KeepsOnlyTheStateOfTheLast()
    {
        await AppendAsync(Through(_november));
        ScoreRun first = (await RefreshOf().RunThroughAsync(_november)).Shown!;
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        await RefreshOf().RunThroughAsync(_november.PlusDays(9));
        Assert.Equal(["begun", "gamma-gamma", "mbg-nbd"], await _models.ReadNamesAsync(first.Id, CancellationToken.None));
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

    [Fact]
    public async Task Run_InterruptedAndCarriedOnWithOtherTerms_ShowsTheseTermsOnly()
    {
        await AppendAsync(_log);
        var faults = new FailingCalls(8);
        await Assert.ThrowsAsync<IOException>(() => new CrmRefresh(_interactions, new FailingScores(_scores, faults), _models, _segments, _clock, Options).RunAsync());
        Assert.InRange((await _scores.ReadRunsAsync(CancellationToken.None)).Single().Value.Written, 1, 399);
        RefreshOptions other = Options with { Analysis = Options.Analysis with { Terms = new() { Margin = 0.3, Discount = DiscountRate.PerYear(0.2) } } };
        RefreshResult result = await RefreshOf(other).RunAsync();
        Assert.False(result.Resumed);
        Assert.All(await ReadAsync(_scores, result.Shown!.Id), score => Assert.Equal(result.Base!.Values![score.Customer].Clv, score.Value));
        Assert.True((await RefreshOf().RunAsync()).IsNew, "other terms are another base");
    }

    [Fact]
    public async Task Run_ADayThatHasNotCome_IsRefused() => Assert.Contains(
        "2026-01-02 has not come; today is 2026-01-01 in UTC",
        (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RefreshOf().RunThroughAsync(new LocalDate(2026, 1, 2)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task Run_WithASegmenter_KeepsMembershipAsTheScoresSay()
    {
        await AppendAsync(Through(_november));
        RefreshResult first = await RefreshOf().RunThroughAsync(_november);
        Assert.Equal(first.Shown!.Customers, first.SegmentMoves);
        await AppendAsync(Between(_november, new(2025, 12, 31)));
        RefreshResult second = await RefreshOf().RunThroughAsync(new(2025, 12, 31));
        Assert.InRange(second.SegmentMoves, 2, second.Shown!.Customers);
        foreach (RefreshResult result in (RefreshResult[])[first, second])
        {
            foreach (CustomerScore score in await ReadAsync(_scores, result.Shown!.Id))
            {
                var moves = await _segments.ReadMovesAsync(score.Customer, CancellationToken.None);
                SegmentMove last = moves.Last(move => move.Counts(AsOf.At(result.Shown.PublishedAt!.Value)) && move.Entered);
                Assert.Equal([last.Segment], score.Segments);
                Assert.Equal("tier:" + score.Tier, last.Segment.ToString());
            }
        }
    }

    [Fact]
    public async Task Run_TooFewPurchases_SaysWhyAndLeavesWhatIsShown()
    {
        await AppendAsync([ShopLog.Purchase("a", "1", new(2025, 3, 3), 5)]);
        RefreshResult result = await RefreshOf().RunAsync();
        Assert.True(result is { Shown: null, IsNew: false });
        Assert.Contains("No purchase model could be fitted", result.WhyNot, StringComparison.Ordinal);
        Assert.Empty(await _scores.ReadRunsAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Run_ForADayBeforeTheOneShown_IsRefused()
    {
        await AppendAsync(_log);
        await RefreshOf().RunAsync();
        var wrong = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RefreshOf().RunThroughAsync(_november));
        Assert.Contains("shown through 2025-12-31; it does not go back to 2025-11-30", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MoreOftenThanRunsAreKept_RemovesTheOldest()
    {
        await AppendAsync(_log);
        for (int day = 0; day < 4; day++)
        {
            await RefreshOf(Options with { KeepRuns = 2 }).RunThroughAsync(_november.PlusDays(day));
        }

        var runs = await _scores.ReadRunsAsync(CancellationToken.None);
        Assert.Equal([_november.PlusDays(3), _november.PlusDays(2)], runs.Select(run => run.Value.Through));
    }

    [Fact]
    public async Task Run_TwoAtOnce_OneConflictsOrFindsTheOthersAndBothAreWhole()
    {
        await AppendAsync(_log);
        Task<RefreshResult>[] both = [Task.Run(() => RefreshOf().RunAsync()), Task.Run(() => RefreshOf().RunAsync())];
        await Task.WhenAll(both.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Contains(both, one => one.IsCompletedSuccessfully);
        Assert.All(both.Where(one => one.IsFaulted), one => Assert.IsType<ConcurrencyConflictException>(one.Exception!.InnerException));
        RefreshResult after = await RefreshOf().RunAsync();
        Assert.Equal(400, (await ReadAsync(_scores, after.Shown!.Id)).Count);
    }

    [Fact]
    public async Task ScoreJson_OfAStoredRunAndScore_BringsThemBack()
    {
        await AppendAsync(_log);
        ScoreRun run = (await RefreshOf().RunAsync()).Shown!;
        Assert.Equal(run, ScoreJson.ReadRun(ScoreJson.Write(run)));
        Assert.All(await ReadAsync(_scores, run.Id), score => Assert.Equal(score, ScoreJson.ReadScore(ScoreJson.Write(score))));
        Assert.Contains("not a score", Assert.Throws<FormatException>(() => ScoreJson.ReadScore(ScoreJson.Write(run))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void New_WithASegmenterAndNoStoreForIt_IsRefused() => Assert.Equal("segments", Assert.Throws<ArgumentException>(
        () => new CrmRefresh(_interactions, _scores, _models, null, _clock, Options)).ParamName);

    private sealed class AtStage(string stage, Action act) : IProgress<string>
    {
        public void Report(string value)
        {
            if (value == stage)
            {
                act();
            }
        }
    }

    /// <summary>Segments into which something else happens just before moves are written.</summary>
    private sealed class LateSegments(InMemorySegmentStore inner, Func<Task> before) : ISegmentStore
    {
        public bool ThrowsAfter { get; init; }

        public string DataName => inner.DataName;

        public async ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken)
        {
            await before();
            int count = await inner.MoveAsync(moves, cancellationToken);
            return ThrowsAfter ? throw new IOException("The line went dead.") : count;
        }

        public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) => inner.SaveAsync(segment, cancellationToken);

        public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => inner.ReadSegmentsAsync(cancellationToken);

        public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadMovesAsync(customer, cancellationToken);

        public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) => inner.ReadMembersAsync(segment, asOf, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }

    /// <summary>A store of its own in which something happens while a person is erased.</summary>
    private sealed class ActingStore(Action act) : IPersonalDataStore
    {
        public string DataName => "letters";

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
        {
            act();
            return new(new ErasureStatement { Store = DataName, Removed = 0 });
        }

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => AsyncEnumerable.Empty<HeldData>();
    }

    /// <summary>Models of which one state was read before another wrote it.</summary>
    private sealed class StaleModels(InMemoryModelStore inner, RunArtefact before, Func<Task> meanwhile) : IModelStore
    {
        public ValueTask SaveAsync(RunArtefact artefact, CancellationToken cancellationToken) => inner.SaveAsync(artefact, cancellationToken);

        public async ValueTask<RunArtefact?> FindAsync(RunId run, string name, CancellationToken cancellationToken)
        {
            await meanwhile();
            return name == before.Name ? before : await inner.FindAsync(run, name, cancellationToken);
        }

        public ValueTask<IReadOnlyList<string>> ReadNamesAsync(RunId run, CancellationToken cancellationToken) => inner.ReadNamesAsync(run, cancellationToken);

        public ValueTask RemoveAsync(RunId run, string name, CancellationToken cancellationToken) => inner.RemoveAsync(run, name, cancellationToken);

        public ValueTask RemoveAsync(RunId run, CancellationToken cancellationToken) => inner.RemoveAsync(run, cancellationToken);
    }

    private async Task IsWhatReadingAllGivesAsync(ScoreRun shown)
    {
        var scores = new InMemoryScoreStore();
        ScoreRun whole = (await new CrmRefresh(_interactions, scores, new InMemoryModelStore(), new InMemorySegmentStore(), _clock, Options).RunThroughAsync(shown.Through)).Shown!;
        Assert.True(whole.IsWhole);
        Assert.Equal(whole.Fingerprint, shown.Fingerprint);
        Assert.Equal(await ReadAsync(scores, whole.Id), await ReadAsync(_scores, shown.Id));
    }

    private static List<Interaction> Through(LocalDate day) => [.. _log.Where(interaction => interaction.At.InUtc().Date <= day)];

    private static List<Interaction> Between(LocalDate after, LocalDate through) => [.. Through(through).Where(interaction => interaction.At.InUtc().Date > after)];

    private static async Task<List<CustomerScore>> ReadAsync(InMemoryScoreStore store, RunId run)
    {
        var scores = new List<CustomerScore>();
        await foreach (CustomerScore score in store.ReadAllAsync(run, CancellationToken.None))
        {
            scores.Add(score);
        }

        return [.. scores.OrderBy(score => score.Customer)];
    }

    private static async Task<int> MembersAsync(InMemorySegmentStore segments)
    {
        int count = 0;
        foreach (Segment segment in Options.Segmenter!.Segments)
        {
            await foreach (SegmentMove move in segments.ReadMembersAsync(segment.Id, AsOf.Hindsight(Instant.MaxValue), CancellationToken.None))
            {
                count += move.Entered ? 1 : 0;
            }
        }

        return count;
    }

    private async Task<InMemoryScoreStore> CopyAsync(ScoreRun run)
    {
        var copy = new InMemoryScoreStore();
        await copy.WriteAsync(run.Id, await ReadAsync(_scores, run.Id), CancellationToken.None);
        await copy.SaveAsync(new(run, StoreVersion.None), CancellationToken.None);
        return copy;
    }

    private CrmRefresh RefreshOf(RefreshOptions? options = null) => new(_interactions, _scores, _models, _segments, _clock, options ?? Options);

    private async Task AppendAsync(IReadOnlyList<Interaction> interactions) => await _interactions.AppendAsync(interactions, CancellationToken.None);
}
