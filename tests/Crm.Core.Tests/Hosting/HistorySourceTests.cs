using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>Histories that are made where the purchases are give the answers of the purchases themselves, to the bit.</summary>
public sealed class HistorySourceTests
{
    private static readonly LocalDate _last = new(2025, 12, 31);
    private static readonly IReadOnlyList<Interaction> _log = ShopLog.Purchases(700);

    private readonly InMemoryInteractionStore _interactions = new();
    private readonly SetClock _clock = new(Instant.FromUtc(2026, 1, 1, 3, 0));

    private static RefreshOptions Options => new() { Segmenter = new TierSegmenter(PyramidScheme.Curry), Analysis = new() { Models = ["mbg-nbd", "bg-nbd"] } };

    [Fact]
    public async Task AnalyzeAsync_OfASource_GivesWhatThePurchasesGive()
    {
        await _interactions.AppendAsync(_log, default);
        var analyzer = new CustomerBaseAnalyzer(Options.Analysis);
        CustomerBase pushed = await analyzer.AnalyzeAsync(Source(), _last, TimeUnit.Week);
        var purchases = new PurchaseHistoryBuilder(TimeUnit.Week);
        foreach (Interaction interaction in _log)
        {
            purchases.Add(interaction.AsPurchase()!);
        }

        CustomerBase own = analyzer.Analyze(purchases, Window.Through(_last));
        Assert.NotNull(own.Holdout);
        Assert.Equal(own.Buying!.Parameters, pushed.Buying!.Parameters);
        Assert.Equal(own.Holdout.Chosen!.Name, pushed.Holdout!.Chosen!.Name);
        Assert.Equal(own.Holdout.Sample.LastPeriodFrequency.ToArray(), pushed.Holdout.Sample.LastPeriodFrequency.ToArray());
        Assert.Equal(own.Values!.Clv.ToArray(), pushed.Values!.Clv.ToArray());
        Assert.Equal(own.Histories.TotalSpend.ToArray(), pushed.Histories.TotalSpend.ToArray());
        Assert.Null(pushed.Tracking);
    }

    [Fact]
    public async Task Run_OverASource_ShowsWhatItShowsOverTheLog()
    {
        await _interactions.AppendAsync([.. _log.Where(row => row.At.InUtc().Date <= _last.PlusDays(-5))], default);
        var (ours, theirs) = (new InMemoryScoreStore(), new InMemoryScoreStore());
        var log = new CrmRefresh(_interactions, ours, new InMemoryModelStore(), new InMemorySegmentStore(), _clock, Options);
        var source = new CrmRefresh(Source(), theirs, new InMemoryModelStore(), new InMemorySegmentStore(), _clock, Options);
        await SameAsync(await log.RunThroughAsync(_last.PlusDays(-5)), await source.RunThroughAsync(_last.PlusDays(-5)), isWhole: true);
        await _interactions.AppendAsync([.. _log.Where(row => row.At.InUtc().Date > _last.PlusDays(-5))], default);
        await SameAsync(await log.RunThroughAsync(_last), await source.RunThroughAsync(_last), isWhole: false);
        Assert.False((await source.RunThroughAsync(_last)).IsNew);
        await _interactions.AppendAsync([ShopLog.Purchase("late", "17", new(2025, 3, 3), 20)], default);
        Assert.True((await source.RunThroughAsync(_last)).IsNew);

        async Task SameAsync(RefreshResult left, RefreshResult right, bool isWhole)
        {
            Assert.True(left.Shown!.IsWhole == isWhole && right.Shown!.IsWhole == isWhole && right.IsNew);
            Assert.Equal((left.Shown.Fingerprint, left.Shown.Model, left.SegmentMoves), (right.Shown.Fingerprint, right.Shown.Model, right.SegmentMoves));
            Assert.Equal(await ours.ReadAllAsync(left.Shown.Id, default).OrderBy(score => score.Customer).ToListAsync(), await theirs.ReadAllAsync(right.Shown.Id, default).OrderBy(score => score.Customer).ToListAsync());
        }
    }

    [Fact]
    public async Task Run_WithWhatEachCostToServe_TakesItOffTheValue()
    {
        // One in three is called every month, at 5 each.
        Interaction[] calls = [.. Enumerable.Range(0, 2_800).Select(call => new Interaction
        {
            Id = InteractionId.Of($"call-{call}"),
            Customer = CustomerId.Of($"{call % 233 * 3}"),
            At = Instant.FromUtc(2025, 1 + (call / 233 % 12), 10, 12, 0),
            RecordedAt = Instant.FromUtc(2025, 12, 30, 0, 0),
            Source = SourceId.Of("desk"),
            Cost = Money.Of(5, Currency.Eur),
            Detail = new EnquiryDetail(),
        })];
        await _interactions.AppendAsync([.. _log, .. calls], default);
        var scores = new InMemoryScoreStore();
        RefreshOptions options = Options with { CostToServeDays = 365 };
        RefreshResult result = await new CrmRefresh(_interactions, scores, new InMemoryModelStore(), new InMemorySegmentStore(), _clock, options).RunAsync();
        CustomerBase found = result.Base!;
        var costs = new double[found.Histories.Count];
        for (int row = 0; row < costs.Length; row++)
        {
            costs[row] = calls.Count(call => call.Customer == found.Histories.Ids[row]) * 5 / (365 / 365.25);
        }

        CustomerValues expected = CustomerValues.Of(found.Histories, found.Buying!, found.SpendFit.Model!, options.Analysis.Terms, costs);
        CustomerScore called = (await scores.FindAsync(result.Shown!.Id, CustomerId.Of("3"), default))!;
        Assert.Equal(expected[CustomerId.Of("3")].Clv, called.Value, 1e-9 * Math.Abs(called.Value));
        Assert.True(called.Value < (await WithoutCostsAsync()).Base!.Values![CustomerId.Of("3")].Clv - 5);

        async Task<RefreshResult> WithoutCostsAsync() => await new CrmRefresh(
            _interactions, new InMemoryScoreStore(), new InMemoryModelStore(), new InMemorySegmentStore(), _clock, Options).RunAsync();
    }

    // Interrupted after the first scores; a cost of before is told of meanwhile: no base of two minds is shown, and what came meanwhile is news for the next.
    [Fact]
    public async Task Run_WithACostThatCameLateWhileItWasInterrupted_CarriesOnWithoutIt()
    {
        Interaction Call(int number, int customer) => new()
        {
            Id = InteractionId.Of($"call-{number}"),
            Customer = CustomerId.Of($"{customer}"),
            At = Instant.FromUtc(2025, 12, 10, 12, 0),
            RecordedAt = Instant.FromUtc(2025, 12, 30, 0, 0),
            Source = SourceId.Of("desk"),
            Cost = Money.Of(5, Currency.Eur),
            Detail = new EnquiryDetail(),
        };
        await _interactions.AppendAsync([.. _log, Call(0, 3)], default);
        var (scores, models) = (new InMemoryScoreStore(), new InMemoryModelStore());
        RefreshOptions options = Options with { CostToServeDays = 30, BatchSize = 100, Segmenter = null };
        CrmRefresh Over(IScoreStore store) => new(_interactions, store, models, null, _clock, options);
        await Assert.ThrowsAsync<IOException>(() => Over(new FailingScores(scores, new FailingCalls(5))).RunAsync());
        Assert.InRange((await scores.ReadRunsAsync(default)).Single().Value.Written, 1, 699);
        await _interactions.AppendAsync([Call(1, 4)], default);
        RefreshResult result = await Over(scores).RunAsync();
        Assert.True(result.Resumed);
        Assert.All(await scores.ReadAllAsync(result.Shown!.Id, default).ToListAsync(), score => Assert.Equal(result.Base!.Values![score.Customer].Clv, score.Value));
        double before = result.Base!.Values![CustomerId.Of("4")].Clv;
        RefreshResult next = await Over(scores).RunAsync();
        Assert.True(next.IsNew, "what came while it read is news");
        Assert.True(next.Base!.Values![CustomerId.Of("4")].Clv < before, "the cost that came late is missing");
        Assert.False((await Over(scores).RunAsync()).IsNew);
        await _interactions.AppendAsync([Call(2, 5)], default);
        Assert.True((await Over(scores).RunAsync()).IsNew, "a cost is news where costs are asked for");
    }

    [Fact]
    public void New_TwoCostsToServeOrNothingToSumThemFrom_IsRefused()
    {
        var source = new CrmRefreshParts();
        Assert.Contains("Give them", Assert.Throws<ArgumentException>(() => new CrmRefresh(
            Source(), source.Scores, source.Models, null, _clock, new() { CostToServeDays = 30 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefreshOptions { CostToServeDays = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefreshOptions { CostToServeDays = int.MaxValue });
        var both = new RefreshOptions { CostToServeDays = 30, Analysis = new() { Terms = new() { CostToServe = Money.Of(3, Currency.Eur) } } };
        Assert.Contains("two costs", Assert.Throws<ArgumentException>(() => new CrmRefresh(_interactions, source.Scores, source.Models, null, _clock, both)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "window", "gave some of" },
        { "unit", "counted in the unit 'day'" },
        { "zone", "counted in the unit 'week' and the zone Europe/Istanbul" },
        { "totals", "left out the means or the totals" },
        { "shared", "let customers share a row" },
        { "test", "left out what was bought in the test period" },
        { "nothing", "gave none" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task AnalyzeAsync_OfASourceThatGivesSomethingElse_NamesIt(string fault, string words)
    {
        await _interactions.AppendAsync(_log, default);
        var wrong = await Assert.ThrowsAsync<StoreContractException>(() => new CustomerBaseAnalyzer().AnalyzeAsync(Source(fault), _last, TimeUnit.Week));
        Assert.Contains(words, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(ReversedSource), wrong.Message, StringComparison.Ordinal);
    }

    private ReversedSource Source(string fault = "") => new(new InteractionHistories(_interactions), fault);

    private sealed class CrmRefreshParts
    {
        internal InMemoryScoreStore Scores { get; } = new();

        internal InMemoryModelStore Models { get; } = new();
    }

    /// <summary>As an engine gives rows: in an order of its own.</summary>
    private sealed class ReversedSource(InteractionHistories inner, string fault) : IHistorySource
    {
        public async ValueTask<PurchaseHistories> ReadAsync(Window window, TimeUnit unit, DateTimeZone zone, CancellationToken cancellationToken)
        {
            PurchaseHistories made = await inner.ReadAsync(
                fault == "window" ? Window.Through(window.LastDay.PlusDays(-1)) : window,
                fault == "unit" ? TimeUnit.Day : unit,
                fault == "zone" ? DateTimeZoneProviders.Tzdb["Europe/Istanbul"] : zone,
                cancellationToken);
            return fault == "nothing" ? null! : PurchaseHistories.FromColumns(
                new()
                {
                    Ids = [.. made.Ids.ToArray().Reverse()],
                    Frequency = Reversed(made.Frequency),
                    Recency = Reversed(made.Recency),
                    Age = Reversed(made.Age),
                    MeanSpend = Reversed(made.MeanSpend),
                    TotalSpend = fault == "totals" ? null : Reversed(made.TotalSpend),
                    Customers = fault == "shared" ? [.. Enumerable.Repeat(2, made.Count)] : null,
                    HoldoutFrequency = window.HoldoutDays == 0 || fault == "test" ? null : Reversed(made.HoldoutFrequency),
                    HoldoutMeanSpend = window.HoldoutDays == 0 || fault == "test" ? null : Reversed(made.HoldoutMeanSpend),
                },
                made.Frame);
        }

        private static T[] Reversed<T>(ReadOnlySpan<T> column) => [.. column.ToArray().Reverse()];
    }
}
