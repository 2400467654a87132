using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Segments;
using Crm.Core.Tests.Segments;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>Segments over stores: against a full evaluation of what the stores hold, with a store that fails, after a restart, after an erasure.</summary>
public sealed class LiveSegmentsTests
{
    private static readonly SegmentId _keen = SegmentId.Of("keen");
    private static readonly SegmentId _valued = SegmentId.Of("valued");
    private static readonly SegmentId _german = SegmentId.Of("german");
    private static readonly AttributeId _country = AttributeId.Of("country");
    private static readonly CustomerId _ada = CustomerId.Of("ada");
    private static readonly CustomerId _bob = CustomerId.Of("bob");

    private static readonly SegmentBook _book = SegmentBook.Of(
        SignalSchema.Of(AttributeSchema.Of(new AttributeDefinition { Id = _country, Kind = AttributeKind.Text }), RuleSegmenter.ColumnsOf(Currency.Eur).Columns),
        SegmentDefinition.Of(_keen, "keen", Signal.Count(EventFilter.Purchases).InLastDays(30).IsAtLeast(2)),
        SegmentDefinition.Of(_valued, "valued", Signal.Column("value", "EUR").IsAtLeast(100)),
        SegmentDefinition.Of(_german, "German", Signal.Attribute(_country).IsOneOf("de")));

    private readonly InMemoryInteractionStore _interactions = new();
    private readonly InMemoryCustomerStore _customers = new();
    private readonly InMemorySegmentStore _segments = new();
    private readonly InMemoryScoreStore _scores = new();
    private readonly SetClock _clock = new(Instant.FromUtc(2026, 3, 1, 9, 0));

    [Fact]
    public async Task CatchUp_AsThingsHappen_WritesMovesAtOnce()
    {
        using LiveSegments live = Live();
        await Assert.ThrowsAsync<InvalidOperationException>(() => live.SegmentsOfAsync(_ada));
        Assert.Equal(0, await live.CatchUpAsync());
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _ada, 0));
        Assert.Equal(1, await live.CatchUpAsync());
        Assert.Equal([_keen], await live.SegmentsOfAsync(_ada));
        Assert.Equal(1, await live.CountOfAsync(_keen));
        Assert.Equal(0, await live.CatchUpAsync());

        Customer ada = Customer.Person(_ada).With(AttributeFact.Of(_country, AttributeValue.Of("de"), FactDates.Of(SourceId.Of("crm"), _clock.GetCurrentInstant())));
        await _customers.SaveAsync([new(ada, StoreVersion.None)], default);
        Assert.Equal(1, await live.SavedAsync(ada));
        Assert.Equal([_keen, _german], await live.SegmentsOfAsync(_ada));

        // One is corrected to be another's.
        await AppendAsync(Purchase("3", _bob, 0) with { Corrects = InteractionId.Of("2") });
        Assert.Equal(1, await live.CatchUpAsync());
        Assert.Equal([_german], await live.SegmentsOfAsync(_ada));
        await AppendAsync(Purchase("4", _bob, -1));
        Assert.Equal(1, await live.CatchUpAsync());

        // Thirty days later, and nobody looked in between: dated the day on which it came to be.
        _clock.Now += Duration.FromDays(40);
        Assert.Equal(1, await live.CatchUpAsync());
        SegmentMove left = (await _segments.ReadMovesAsync(_bob, default))[^1];
        Assert.Equal((false, Instant.FromUtc(2026, 3, 30, 0, 0), _clock.Now), (left.Entered, left.At, left.RecordedAt));
    }

    [Fact]
    public async Task CatchUp_AfterARunIsShown_TakesItsScoresOver()
    {
        using LiveSegments live = Live();
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _bob, 0));
        await live.CatchUpAsync();
        await ShowAsync("1", (_ada, 150), (_bob, 50));
        Assert.Equal(1, await live.CatchUpAsync());
        Assert.Equal([_valued], await live.SegmentsOfAsync(_ada));
        _clock.Now += Duration.FromHours(1);
        await ShowAsync("2", (_bob, 200)); // in which Ada has no score
        Assert.Equal(2, await live.CatchUpAsync());
        Assert.Empty(await live.SegmentsOfAsync(_ada));
        Assert.Equal([_valued], await live.SegmentsOfAsync(_bob));
    }

    [Fact]
    public async Task CatchUp_AfterARestart_WritesTheDifferenceOnly()
    {
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _ada, 0), Purchase("3", _bob, 0));
        using (LiveSegments first = Live())
        {
            Assert.Equal(1, await first.CatchUpAsync());
        }

        _clock.Now += Duration.FromHours(1);
        await AppendAsync(Purchase("4", _bob, 0), Purchase("5", _ada, 0) with { Corrects = InteractionId.Of("1"), Detail = new RetractionDetail() });
        using LiveSegments second = Live();
        Assert.Equal(2, await second.CatchUpAsync());
        Assert.Equal([(_ada, true), (_ada, false)], (await _segments.ReadMovesAsync(_ada, default)).Select(move => (move.Customer, move.Entered)));
        Assert.Equal([_keen], await second.SegmentsOfAsync(_bob));
        using LiveSegments third = Live();
        Assert.Equal(0, await third.CatchUpAsync());
    }

    // A store that fails once loses no move and writes none twice.
    [Fact]
    public async Task CatchUp_WhenTheStoreOfMovesFails_WritesThemTheNextTime()
    {
        var failing = new FailingOnce(_segments);
        using var live = new LiveSegments(_book, _interactions, _customers, failing, _clock, DateTimeZone.Utc);
        await live.CatchUpAsync();
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _ada, 0));
        failing.IsToFail = true;
        await Assert.ThrowsAsync<IOException>(() => live.CatchUpAsync());
        Assert.Equal(0, await live.CatchUpAsync()); // they were written, and only the answer was lost
        Assert.Single(await _segments.ReadMovesAsync(_ada, default));
        failing.IsToFail = false;
        await AppendAsync(Purchase("3", _bob, 0), Purchase("4", _bob, 0));
        Assert.Equal(1, await live.CatchUpAsync());
    }

    [Fact]
    public async Task Erase_OfACustomer_LeavesNothingAnywhere()
    {
        using LiveSegments live = Live();
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _ada, 0), Purchase("3", _bob, 0), Purchase("4", _bob, 0));
        await live.CatchUpAsync();
        Assert.Single(await Held(live, _ada));
        ErasureReport report = await new CustomerErasure([_customers, _interactions, live, _segments, _scores]).EraseAsync(_ada, default);
        Assert.True(report.IsComplete, report.ToString());
        Assert.Empty(await Held(live, _ada));
        Assert.Equal(0, await live.CatchUpAsync());
        Assert.Empty(await live.SegmentsOfAsync(_ada));
        Assert.Empty(await _segments.ReadMovesAsync(_ada, default));
        Assert.Equal(1, await live.CountOfAsync(_keen));
    }

    // Midnight passes unseen, and something is saved: what ran out at midnight ran out before it.
    [Fact]
    public async Task Saved_AfterMidnightPassedUnseen_ComesAfterWhatRanOut()
    {
        SegmentBook book = SegmentBook.Of(
            _book.Schema,
            SegmentDefinition.Of(_keen, "keen and German", SegmentRule.All(Signal.Count(EventFilter.Purchases).InLastDays(30).IsAtLeast(1), Signal.Attribute(_country).IsOneOf("de"))),
            SegmentDefinition.Of(_german, "either", SegmentRule.Any(Signal.Count(EventFilter.Purchases).InLastDays(30).IsAtLeast(1), Signal.Attribute(_country).IsOneOf("de"))));
        using var live = new LiveSegments(book, _interactions, _customers, _segments, _clock, DateTimeZone.Utc);
        await AppendAsync(Purchase("1", _ada, -29));
        await live.CatchUpAsync();
        _clock.Now = Instant.FromUtc(2026, 3, 2, 0, 0, 10);
        Customer ada = Customer.Person(_ada).With(AttributeFact.Of(_country, AttributeValue.Of("de"), FactDates.Of(SourceId.Of("crm"), _clock.Now)));
        await live.SavedAsync(ada);
        foreach (SegmentId segment in (SegmentId[])[_keen, _german])
        {
            var members = new List<CustomerId>();
            await foreach (SegmentMove member in _segments.ReadMembersAsync(segment, AsOf.At(_clock.Now), default))
            {
                members.Add(member.Customer);
            }

            Assert.Equal((await live.SegmentsOfAsync(_ada)).Contains(segment), members.Contains(_ada));
        }

        Assert.Equal([_german], await live.SegmentsOfAsync(_ada));
    }

    // A clock that stands still, or goes back: who left and came again in one batch is in.
    [Theory]
    [InlineData(0)]
    [InlineData(-3_600)]
    public async Task CatchUp_WhenTheClockStands_KeepsTheOrderOfMoves(int seconds)
    {
        var clock = new StandingClock { Now = _clock.Now };
        using var live = new LiveSegments(_book, _interactions, _customers, _segments, clock, DateTimeZone.Utc);
        await AppendAsync(Purchase("1", _ada, 0), Purchase("2", _ada, 0));
        await live.CatchUpAsync();
        clock.Now += Duration.FromSeconds(seconds);
        await AppendAsync(Purchase("3", _ada, 0) with { Corrects = InteractionId.Of("2"), Detail = new RetractionDetail() }, Purchase("4", _ada, 0));
        await AppendAsync(Purchase("5", _ada, 0) with { Corrects = InteractionId.Of("4"), Detail = new RetractionDetail() }, Purchase("6", _ada, 0));
        Assert.Equal(4, await live.CatchUpAsync());
        Assert.Equal([_keen], await live.SegmentsOfAsync(_ada));
        Assert.True((await _segments.ReadMovesAsync(_ada, default))[^1].Entered);
    }

    // Who is in no segment is known all the same, and so is what others' records say of them.
    [Fact]
    public async Task Erase_OfWhoIsInNoSegment_IsSeenToBeDone()
    {
        using LiveSegments live = Live();
        await AppendAsync(Purchase("1", _ada, 0));
        await live.CatchUpAsync();
        Assert.Contains("\"events\":1", Assert.Single(await Held(live, _ada)).Json, StringComparison.Ordinal);
        var dates = new FactDates { Source = SourceId.Of("crm"), RecordedAt = _clock.Now, ValidUntil = _clock.Now + Duration.FromDays(9) };
        await live.SavedAsync(Customer.Person(_bob).With(new Referral { By = _ada, Dates = dates }));
        Assert.Contains(await Held(live, _bob), held => held.Json.Contains("ada", StringComparison.Ordinal));
        Assert.Equal(1, (await live.EraseAsync(_ada, default)).Removed);
        Assert.Empty(await Held(live, _ada));
        Assert.DoesNotContain(await Held(live, _bob), held => held.Json.Contains("ada", StringComparison.Ordinal));
    }

    // Property: whatever happens, the store of moves says who is in, as a full evaluation of all that was appended does.
    [Fact]
    public void Members_OfTheStore_AreThoseOfAFullEvaluation() => FixedSeed.ForAll(RuleStory.Any, story =>
    {
        var (interactions, segments, customers, clock) = (new InMemoryInteractionStore(), new InMemorySegmentStore(), new InMemoryCustomerStore(), new SetClock(RuleStory.FirstDay.AtMidnight().InZoneLeniently(RuleStory.Zone).ToInstant()));
        using var live = new LiveSegments(story.Book, interactions, customers, segments, clock, RuleStory.Zone);
        live.CatchUpAsync().GetAwaiter().GetResult();
        var told = new List<Interaction>();
        for (int step = 0; step < 15; step++)
        {
            clock.Now += story.Below(3) == 0 ? Duration.FromDays(story.Below(10)) : Duration.FromSeconds(1);
            Interaction interaction = story.AnyInteraction(clock.Now);
            interactions.AppendAsync([interaction], CancellationToken.None).AsTask().GetAwaiter().GetResult();
            told.Add(interaction);
            live.CatchUpAsync().GetAwaiter().GetResult();
        }

        LocalDate day = clock.Now.InZone(RuleStory.Zone).Date;

        // Of whom nothing counts any more nothing is known, and whether a rule about nothing holds of them is nobody's question.
        CustomerId[] known = [.. story.Customers.Where(id => EffectiveInteractions.Of(told, Instant.MaxValue, id).Count > 0)];
        foreach (SegmentId segment in story.Book.Definitions.Select(definition => definition.Segment.Id))
        {
            var members = segments.ReadMembersAsync(segment, AsOf.At(clock.Now), CancellationToken.None).ToBlockingEnumerable().Select(move => move.Customer);
            var expected = known.Where(id => story.Book.SegmentsOf(new() { Id = id, Interactions = told, Day = day, Zone = RuleStory.Zone }).Contains(segment));
            Assert.Equal(expected.ToHashSet(), members.Where(known.Contains).ToHashSet());
        }
    }, 60);

    private LiveSegments Live() => new(_book, _interactions, _customers, _segments, _clock, DateTimeZone.Utc, _scores);

    private async Task AppendAsync(params Interaction[] interactions) => await _interactions.AppendAsync(interactions, default);

    private Interaction Purchase(string id, CustomerId customer, int day) => new()
    {
        Id = InteractionId.Of(id),
        Customer = customer,
        At = _clock.GetCurrentInstant() + Duration.FromDays(day),
        RecordedAt = _clock.GetCurrentInstant(),
        Source = SourceId.Of("shop"),
        Detail = new PurchaseDetail { Amount = Money.Of(10, Currency.Eur) },
    };

    private async Task ShowAsync(string id, params (CustomerId Customer, double Value)[] scores)
    {
        var run = new ScoreRun { Id = RunId.Of(id), Through = new(2026, 2, 28), StartedAt = _clock.Now, PublishedAt = _clock.Now };
        CustomerScore[] written = [.. scores.Select(score => new CustomerScore
        {
            Customer = score.Customer,
            Occasions = 1,
            LastPurchase = new(2026, 2, 1),
            Spent = 5,
            ProbabilityAlive = 0.5,
            Value = score.Value,
            Tier = Tier.Top,
        })];
        await _scores.SaveAsync(new(run, StoreVersion.None), written, default);
    }

    private static async Task<List<HeldData>> Held(LiveSegments live, CustomerId customer)
    {
        var held = new List<HeldData>();
        await foreach (HeldData one in live.ReadHeldDataAsync(customer, default))
        {
            held.Add(one);
        }

        return held;
    }

    private sealed class StandingClock : IClock
    {
        internal Instant Now { get; set; }

        public Instant GetCurrentInstant() => Now;
    }

    private sealed class FailingOnce(ISegmentStore inner) : ISegmentStore
    {
        internal bool IsToFail { get; set; }

        public string DataName => inner.DataName;

        public async ValueTask<int> MoveAsync(IReadOnlyList<SegmentMove> moves, CancellationToken cancellationToken)
        {
            int written = await inner.MoveAsync(moves, cancellationToken);
            if (IsToFail)
            {
                IsToFail = false;
                throw new IOException("The answer was lost.");
            }

            return written;
        }

        public ValueTask<StoreVersion> SaveAsync(Stored<Segment> segment, CancellationToken cancellationToken) => inner.SaveAsync(segment, cancellationToken);

        public IAsyncEnumerable<Stored<Segment>> ReadSegmentsAsync(CancellationToken cancellationToken) => inner.ReadSegmentsAsync(cancellationToken);

        public ValueTask<IReadOnlyList<SegmentMove>> ReadMovesAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadMovesAsync(customer, cancellationToken);

        public IAsyncEnumerable<SegmentMove> ReadMembersAsync(SegmentId segment, AsOf asOf, CancellationToken cancellationToken) => inner.ReadMembersAsync(segment, asOf, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
