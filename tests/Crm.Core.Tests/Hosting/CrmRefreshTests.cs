using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed partial class CrmRefreshTests
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

        Assert.Equal(["begun", "corrected", "gamma-gamma", "histories", "mbg-nbd"], await _models.ReadNamesAsync(result.Shown.Id, CancellationToken.None));
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
            mayGoOn.Wait(TimeSpan.FromMinutes(10));
        })));
        Assert.True(hasRead.Wait(TimeSpan.FromMinutes(10)));

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
    public async Task Run_OverSeveralDays_KeepsOnlyTheStateOfTheLast()
    {
        await AppendAsync(Through(_november));
        ScoreRun first = (await RefreshOf().RunThroughAsync(_november)).Shown!;
        await AppendAsync(Between(_november, _november.PlusDays(9)));
        await RefreshOf().RunThroughAsync(_november.PlusDays(9));
        Assert.Equal(["begun", "gamma-gamma", "mbg-nbd"], await _models.ReadNamesAsync(first.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Run_InterruptedAndCarriedOnWithOtherTerms_ShowsTheseTermsOnly()
    {
        await AppendAsync(_log);
        var faults = new FailingCalls(5);
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
        await copy.SaveAsync(new(run, StoreVersion.None), await ReadAsync(_scores, run.Id), CancellationToken.None);
        return copy;
    }

    private CrmRefresh RefreshOf(RefreshOptions? options = null) => new(_interactions, _scores, _models, _segments, _clock, options ?? Options);

    private async Task AppendAsync(IReadOnlyList<Interaction> interactions) => await _interactions.AppendAsync(interactions, CancellationToken.None);
}
