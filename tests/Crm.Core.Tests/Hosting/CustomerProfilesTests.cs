using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class CustomerProfilesTests
{
    private static readonly Instant _noon = Instant.FromUtc(2026, 3, 1, 12, 0);
    private static readonly CustomerId _ada = CustomerId.Of("42");
    private static readonly SourceId _crm = SourceId.Of("crm");
    private static readonly AttributeSchema _schema = AttributeSchema.Of(
        new AttributeDefinition { Id = AttributeId.Of("born"), Kind = AttributeKind.Number },
        new AttributeDefinition { Id = AttributeId.Of("Zeal"), Kind = AttributeKind.Number },
        new AttributeDefinition { Id = AttributeId.Of("health"), Kind = AttributeKind.Number, IsSpecialCategory = true });

    [Fact]
    public void FindAsync_AnyStoryFromAnyView_IsWhatAFullScanFinds() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        var (profiles, _) = ServicesOf(story);
        for (int i = 0; i < 4; i++)
        {
            CustomerId id = story.AnyCustomer();
            var request = new ProfileRequest
            {
                AsOf = story.AnyView(),
                Limit = 1 + story.Below(12),
                Channel = story.AnyChannel(),
                Thread = story.Below(5) == 0 ? ThreadId.Of("t1") : ThreadId.None,
                Kinds = story.Any<InteractionKind[]>([], [], [InteractionKind.Purchase, InteractionKind.Return]),
                From = story.Below(4) == 0 ? story.AnyMoment() : null,
                Before = story.Below(4) == 0 ? story.AnyMoment() : null,
                SpecialCategories = story.Any<AttributeId[]>([], [AttributeId.Of("health")], [AttributeId.Of("shoe-size")]),
                Zone = story.Any(DateTimeZone.Utc, DateTimeZone.ForOffset(Offset.FromHours(9))),
            };
            string expected = NaiveProfile.Of(id, story.Customers, story.Interactions, story.Moves, _schema, request).ToJson();
            CustomerProfile found = Now(profiles.FindAsync(id, request))!;
            Assert.Equal(expected, found.ToJson());
            Assert.Equal(found, CustomerProfile.FromJson(expected));
        }
    }, count: 500);

    [Fact]
    public void FindTimelineAsync_PageByPage_IsTheWholeTimelineOnce() => FixedSeed.ForAll(CustomerStories.All, story =>
    {
        var (profiles, _) = ServicesOf(story);
        CustomerId id = story.AnyCustomer();
        var request = new ProfileRequest { AsOf = story.AnyView(), Limit = 1 + story.Below(5) };
        CustomerProfile profile = Now(profiles.FindAsync(id, request))!;
        List<TimelineItem> items = [.. profile.Timeline.Items];
        for (ProfileTimeline page = profile.Timeline; page.End is not null; items.AddRange(page.Items))
        {
            page = Now(profiles.FindTimelineAsync(id, request with { AsOf = profile.AsOf, After = page.End }))!;
        }

        Assert.Equal(NaiveProfile.Timeline(story.Interactions, id, profile.AsOf), items.Select(item => item.Interaction));
    });

    [Fact]
    public async Task FindAsync_ATimelineOfManyPages_CountsEveryInteractionOnce()
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        await stores.Interactions.AppendAsync([.. Enumerable.Range(0, 2_500).Select(i => Happened($"i{i}", new VisitDetail(), _noon + Duration.FromSeconds(i / 3)) with { Cost = Money.Of(0.01m, Currency.Eur) })], default);
        CustomerProfile profile = (await profiles.FindAsync(_ada, new() { AsOf = AsOf.Hindsight(_noon + Duration.FromDays(1)) }))!;
        Assert.Equal(2_500, profile.Interactions);
        Assert.Equal([Money.Of(25.00m, Currency.Eur)], profile.CostToServe);
        Assert.Equal(50, profile.Timeline.Items.Count);
    }

    [Theory]
    [InlineData("+44 20 7946 0958", null)]
    [InlineData("0044 (0)20 7946-0958", null)]
    [InlineData("020 7946 0958", "44")]
    [InlineData("０２０ ７９４６ ０９５８", "44")]
    public async Task FindAsync_ATelephoneNumberInAnyWriting_FindsTheCustomer(string written, string? country)
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync(
            [new(Customer.Person(_ada).With(ContactPoint.Phone("020 7946 0958", Dates, "44")), StoreVersion.None)], default);
        ProfileMatch match = await profiles.FindAsync(CustomerKey.Phone(written, country));
        Assert.Equal(_ada, match.Profile!.Id);
        Assert.True(Assert.Single(match.Candidates).IsCurrent);
    }

    [Fact]
    public async Task FindAsync_ANumberThatSeveralShare_ListsThemAndPicksNobody()
    {
        var (profiles, stores) = Services();
        ContactPoint line = ContactPoint.Phone("+442079460958", Dates);
        Customer ended = Customer.Person(CustomerId.Of("7")).With(CustomerName.Of("Grace", Dates), line).End(line, _noon + Duration.FromHours(1), _noon + Duration.FromHours(1));
        await stores.Customers.SaveAsync([new(Customer.Person(_ada).With(line), StoreVersion.None), new(ended, StoreVersion.None)], default);
        ProfileMatch match = await profiles.FindAsync(line.Key);
        Assert.Null(match.Profile);
        Assert.Equal([(CustomerId.Of("7"), "Grace", false), (_ada, null, true)], match.Candidates.Select(each => (each.Id, each.Name, each.IsCurrent)));
    }

    [Fact]
    public async Task FindAsync_ANumberThatHundredsShare_ListsTheFirst()
    {
        var (profiles, stores) = Services();
        ContactPoint line = ContactPoint.Phone("+442079460958", Dates);
        await stores.Customers.SaveAsync([.. Enumerable.Range(1, 101).Select(i => new Stored<Customer>(Customer.Person(CustomerId.Of($"{i}")).With(line), StoreVersion.None))], default);
        ProfileMatch match = await profiles.FindAsync(line.Key);
        Assert.Equal(ProfileMatch.MostCandidates, match.Candidates.Count);
        Assert.True(match.HasMore);
        Assert.Null(match.Profile);
    }

    [Fact]
    public async Task FindAsync_AKeyThatWasNotKnownYet_FindsNobody()
    {
        var (profiles, stores) = Services();
        ExternalId card = ExternalId.Of(_crm, "77", Dates);
        await stores.Customers.SaveAsync([new(Customer.Person(_ada).With(card), StoreVersion.None)], default);
        Assert.Empty((await profiles.FindAsync(card.Key, new() { AsOf = AsOf.At(_noon - Duration.Epsilon) })).Candidates);
        Assert.Equal(_ada, (await profiles.FindAsync(card.Key, new() { AsOf = AsOf.At(_noon) })).Profile!.Id);
        Assert.Empty((await profiles.FindAsync(CustomerKey.Email("nobody@example.com"))).Candidates);
    }

    // A source that tells days only: opened and solved have one moment, and the ids would say it is open.
    [Theory]
    [InlineData("1", "2")]
    [InlineData("2", "1")]
    public async Task FindAsync_StepsOfOneMoment_TheOneRecordedLastCounts(string opened, string solved)
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        Instant day = Instant.FromUtc(2026, 1, 5, 0, 0);
        Interaction Step(string id, CaseStep step, int hours) => new()
        {
            Id = InteractionId.Of(id),
            Customer = _ada,
            At = day,
            RecordedAt = day + Duration.FromHours(hours),
            Source = SourceId.Of("desk"),
            Thread = ThreadId.Of("case 7"),
            Detail = new ServiceCaseDetail { Step = step, About = "a leak" },
        };
        await stores.Interactions.AppendAsync([Step(solved, CaseStep.Solved, 3), Step(opened, CaseStep.Opened, 1)], default);
        Assert.Empty((await profiles.FindAsync(_ada))!.OpenCases);
        await stores.Interactions.AppendAsync([Step("0", CaseStep.Reopened, 4)], default);
        OpenCase open = Assert.Single((await profiles.FindAsync(_ada))!.OpenCases);
        Assert.Equal((CaseStep.Reopened, day, "a leak"), (open.Step, open.OpenedAt, open.About));
        await stores.Interactions.AppendAsync([Step("00", CaseStep.Closed, 5)], default);

        // A word in the first step is put right long after: the case is closed all the same.
        Interaction corrected = Step("z", CaseStep.Opened, 99) with { Corrects = InteractionId.Of(opened), Detail = new ServiceCaseDetail { Step = CaseStep.Opened, About = "a leaking pipe" } };
        await stores.Interactions.AppendAsync([corrected], default);
        Assert.Empty((await profiles.FindAsync(_ada))!.OpenCases);
    }

    [Fact]
    public async Task FindAsync_TheKeyOfNobody_FindsNobody()
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync([new(Customer.Person(_ada).With(CustomerName.Of("Ada", Dates)), StoreVersion.None)], default);
        Assert.Empty((await profiles.FindAsync(CustomerKey.None)).Candidates);
    }

    [Fact]
    public async Task FindAsync_AStoreWhosePagesNeverEnd_IsNamed()
    {
        var customers = new InMemoryCustomerStore();
        await customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        var wrong = await Assert.ThrowsAsync<StoreContractException>(async () => await new CustomerProfiles(customers, new EndlessStore(), new StillClock(_noon)).FindAsync(_ada));
        Assert.Equal(nameof(EndlessStore), wrong.Store);
    }

    [Fact]
    public async Task FindAsync_NobodyOfTheId_IsNull()
    {
        var (profiles, _) = Services();
        Assert.Null(await profiles.FindAsync(_ada));
        Assert.Null(await profiles.FindTimelineAsync(_ada));
    }

    [Fact]
    public async Task FindAsync_WithoutWhatTheHostDoesNotKeep_SaysSoByNull()
    {
        var customers = new InMemoryCustomerStore();
        await customers.SaveAsync([new(Customer.Person(_ada).With(AttributeFact.Of(AttributeId.Of("health"), AttributeValue.Of(true), Dates)), StoreVersion.None)], default);
        CustomerProfile profile = (await new CustomerProfiles(customers, new InMemoryInteractionStore(), new StillClock(_noon)).FindAsync(_ada))!;
        Assert.Equal(AsOf.At(_noon), profile.AsOf);
        Assert.Null(profile.Score);
        Assert.Equal((ScoreAbsence.NoSource, "The host keeps no scores."), (profile.ScoreAbsence, profile.WhyNoScore));
        Assert.Null(profile.Segments);
        Assert.Equal(0, profile.ReferencesLeftOut);
        Assert.Null(profile.Brought);
        Assert.Null(profile.RelatedFrom);
        Assert.Single(profile.Attributes); // nobody declared what is special
    }

    [Fact]
    public async Task FindAsync_AScore_IsThatOfTheView()
    {
        var score = new ProfileScore { RunAt = _noon, Through = new(2026, 2, 28), Value = 12.5, Currency = Currency.Eur, EstimateLow = 10, EstimateHigh = 15, EstimateLevel = 0.9, Tier = Tier.Top, ProbabilityAlive = 0.75 };
        var customers = new InMemoryCustomerStore();
        await customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        var profiles = new CustomerProfiles(customers, new InMemoryInteractionStore(), new StillClock(_noon), scores: new OneScore(score));
        CustomerProfile profile = (await profiles.FindAsync(_ada))!;
        Assert.Equal(score, profile.Score);
        Assert.Equal(profile, CustomerProfile.FromJson(profile.ToJson()));
        Assert.Equal((ScoreAbsence.None, null), (profile.ScoreAbsence, profile.WhyNoScore));
        CustomerProfile before = (await profiles.FindAsync(_ada, new() { AsOf = AsOf.At(_noon - Duration.Epsilon) }))!;
        Assert.Equal((null, ScoreAbsence.BeforeKeptRuns, "too early"), (before.Score, before.ScoreAbsence, before.WhyNoScore));
        Assert.Equal(before, CustomerProfile.FromJson(before.ToJson()));
        Assert.Contains("\"scoreAbsence\":\"before-kept-runs\",\"whyNoScore\":\"too early\"", before.ToJson(), StringComparison.Ordinal);
    }

    // A household of a hundred is shown whole; of a hundred and one it is said that someone is left out.
    [Theory]
    [InlineData(100, 0)]
    [InlineData(103, 3)]
    public async Task FindAsync_ManyWhoNameTheCustomer_SaysHowManyAreLeftOut(int naming, int leftOut)
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync(
        [
            new(Customer.Person(_ada), StoreVersion.None),
            .. Enumerable.Range(1_000, naming).Select(i => new Stored<Customer>(Customer.Person(CustomerId.Of($"{i}")).With(new Referral { By = _ada, Dates = Dates }), StoreVersion.None)),
        ], default);
        CustomerProfile profile = (await profiles.FindAsync(_ada))!;
        Assert.Equal(leftOut, profile.ReferencesLeftOut);
        Assert.Equal(Enumerable.Range(1_000, naming - leftOut).Select(i => CustomerId.Of($"{i}")), profile.Brought!);
        Assert.Equal(leftOut, CustomerProfile.FromJson(profile.ToJson()).ReferencesLeftOut);
    }

    [Fact]
    public async Task FindAsync_ANumberThatAHundredHaveAndOneWillHave_HasNoMore()
    {
        var (profiles, stores) = Services();
        ContactPoint line = ContactPoint.Phone("+442079460958", Dates);
        Customer Having(int i, ContactPoint point) => Customer.Person(CustomerId.Of($"{i}")).With(point);
        await stores.Customers.SaveAsync(
        [
            .. Enumerable.Range(100, 100).Select(i => new Stored<Customer>(Having(i, line), StoreVersion.None)),
            new(Having(999, ContactPoint.Phone("+442079460958", FactDates.Of(_crm, _noon + Duration.FromDays(9)))), StoreVersion.None),
        ], default);
        ProfileMatch match = await profiles.FindAsync(line.Key, new() { AsOf = AsOf.At(_noon) });
        Assert.Equal((ProfileMatch.MostCandidates, false), (match.Candidates.Count, match.HasMore));
    }

    [Fact]
    public async Task ToJson_OfTheEmptiest_HoldsEveryMember()
    {
        var (profiles, stores) = Services();
        await stores.Customers.SaveAsync([new(Customer.Person(_ada), StoreVersion.None)], default);
        string json = (await profiles.FindAsync(_ada))!.ToJson();
        string[] members = [.. System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("profile").EnumerateObject().Select(member => member.Name)];
        Assert.Equal(
            typeof(CustomerProfile).GetProperties().Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal),
            members.Order(StringComparer.Ordinal));
        Assert.StartsWith("{\"schema\":1,", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"schema\":2,\"profile\":{}}", "of schema 2")]
    [InlineData("{\"schema\":1,\"profile\":{\"id\":\"secret\",\"kind\":\"secret\"}}", "not a customer profile")]
    [InlineData("secret", "not a customer profile")]
    public void FromJson_OfAnythingElse_SaysWhatIsWrongAndNotWhatItHolds(string json, string words)
    {
        var wrong = Assert.Throws<FormatException>(() => CustomerProfile.FromJson(json));
        Assert.Contains(words, wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", wrong.Message, StringComparison.Ordinal);
    }

    private static FactDates Dates => FactDates.Of(_crm, _noon);

    private static Interaction Happened(string id, InteractionDetail detail, Instant at) =>
        new() { Id = InteractionId.Of(id), Customer = _ada, At = at, RecordedAt = at, Source = _crm, Detail = detail };

    private static T Now<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    private static (CustomerProfiles Profiles, (InMemoryCustomerStore Customers, InMemoryInteractionStore Interactions, InMemorySegmentStore Segments) Stores) Services()
    {
        var stores = (new InMemoryCustomerStore(), new InMemoryInteractionStore(), new InMemorySegmentStore());
        return (new(stores.Item1, stores.Item2, new StillClock(_noon + Duration.FromDays(1)), stores.Item3, null, _schema, stores.Item1), stores);
    }

    private static (CustomerProfiles Profiles, InMemoryInteractionStore Interactions) ServicesOf(CustomerStories story)
    {
        var (profiles, stores) = Services();
        Now(stores.Customers.SaveAsync([.. story.Customers.Select(customer => new Stored<Customer>(customer, StoreVersion.None))], default));
        Now(stores.Interactions.AppendAsync(story.Interactions, default));
        Now(stores.Segments.MoveAsync(story.Moves, default));
        return (profiles, stores.Interactions);
    }

    /// <summary>A store that says after each page that it ended at the same place and more follows.</summary>
    private sealed class EndlessStore : IInteractionStore
    {
        private readonly InMemoryInteractionStore _inner = new();

        public string DataName => _inner.DataName;

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => _inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => _inner.ReadHeldDataAsync(customer, cancellationToken);

        public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken) => _inner.AppendAsync(interactions, cancellationToken);

        public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken)
        {
            Interaction visit = Happened("1", new VisitDetail(), _noon);
            return new(new InteractionPage([visit], new(visit.At, visit.Id)));
        }

        public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => _inner.ReadStatesAsync(original, cancellationToken);

        public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) => _inner.ReadAppendedAsync(after, cancellationToken);
    }

    private sealed class OneScore(ProfileScore score) : IScoreSource
    {
        public ValueTask<ScoreAnswer> FindAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken) =>
            new(customer == _ada && score.RunAt <= asOf.KnownAt ? ScoreAnswer.Of(score) : ScoreAnswer.Without(ScoreAbsence.BeforeKeptRuns, "too early"));
    }
}
