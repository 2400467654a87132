using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed partial class InteractionIntakeTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly SourceId _till = SourceId.Of("till");
    private static readonly SourceId _survey = SourceId.Of("survey");
    private static readonly CustomerId _ada = CustomerId.Of("42");
    private static readonly AttributeId _born = AttributeId.Of("born");

    private static readonly IntakeSchema _schema = IntakeSchema.Of(
        new IntakeSource
        {
            Source = _till,
            Kinds = [new(InteractionKind.Purchase, IntakeProperties.Channel | IntakeProperties.Product | IntakeProperties.Amount), new(InteractionKind.Return)],
            MostInPast = Duration.FromDays(3),
            MostInFuture = Duration.FromMinutes(5),
        },
        new IntakeSource { Source = _survey, Facts = IntakeFacts.Consents | IntakeFacts.Names, Attributes = [_born] });

    private static readonly AttributeSchema _attributes = AttributeSchema.Of(new AttributeDefinition { Id = _born, Kind = AttributeKind.Number, Least = 1900 });

    private readonly InMemoryInteractionStore _interactions = new();
    private readonly InMemoryCustomerStore _customers = new();
    private readonly InteractionIntake _intake;

    public InteractionIntakeTests() => _intake = new(_schema, _interactions, _customers, new StillClock(_now), _attributes);

    private static Interaction Purchase => new()
    {
        Id = InteractionId.Of("1"),
        Customer = _ada,
        At = _now - Duration.FromHours(2),
        RecordedAt = Instant.MinValue,
        Source = _till,
        Channel = Channel.Store,
        Detail = new PurchaseDetail { Amount = Money.Of(12, Currency.Eur), Product = ProductId.Of("p") },
    };

    [Fact]
    public async Task AppendAsync_AsDeclared_IsKeptAndDatedByTheClockHere()
    {
        Assert.Equal(new(1, 0), await _intake.AppendAsync([Purchase]));
        Assert.Equal(new(0, 1), await _intake.AppendAsync([Purchase]));
        Interaction kept = Assert.Single((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_now) }, default)).Items);
        Assert.Equal(Purchase with { RecordedAt = _now }, kept);
        Assert.Empty((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_now - Duration.Epsilon) }, default)).Items);
    }

    public static TheoryData<Interaction, string> Faulty => new()
    {
        { Purchase with { Source = SourceId.Of("Ada Lovelace 12345") }, "Source: found xxx xxxx…, expected one of till, survey" },
        { Purchase with { Source = _survey }, "Kind: found Purchase, expected no interactions of survey" },
        { Purchase with { Detail = new NoteDetail { Text = "Ada" } }, "Kind: found Note, expected of till Purchase, Return" },
        { Purchase with { At = _now - Duration.FromDays(3) - Duration.Epsilon }, "At: found 3 days ago, expected 3 days ago or later" },
        { Purchase with { At = _now + Duration.FromDays(2) }, "At: found 2 days ahead, expected 0.003 days ahead or earlier" },
        { Purchase with { Channel = Channel.None }, "Channel: found nothing, expected one, of every Purchase of till" },
        { Purchase with { Detail = new PurchaseDetail { Amount = Money.Of(12, Currency.Eur) } }, "Product: found nothing, expected one, of every Purchase of till" },
        { Purchase with { Detail = new PurchaseDetail { Amount = Money.Of(12, Currency.None), Product = ProductId.Of("p") } }, "Amount: found nothing, expected one, of every Purchase of till" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Check_NotAsDeclared_NamesRowColumnAndWhatIsAccepted(Interaction interaction, string words)
    {
        RowFault fault = Assert.Single(_intake.Check([Purchase, interaction]).Named);
        Assert.Equal($"row 1, {words}", fault.ToString());
    }

    [Theory]
    [InlineData(-3.0)]
    [InlineData(0.0)]
    [InlineData(5.0 / 24 / 60)]
    public void Check_OnTheEdgeOfTheTimeAllowed_IsGood(double days) => Assert.True(_intake.Check([Purchase with { At = _now + Duration.FromDays(days) }]).IsEmpty);

    [Fact]
    public async Task AppendAsync_SomeRowsAtFault_NamesAllOfThemAndKeepsNone()
    {
        var wrong = await Assert.ThrowsAsync<RowFaultsException>(async () => await _intake.AppendAsync(
        [
            Purchase,
            Purchase with { Id = InteractionId.Of("2"), Channel = Channel.None, At = _now + Duration.FromDays(2) },
            Purchase with { Id = InteractionId.Of("3"), Source = _survey },
        ]));
        Assert.Equal([(1L, "At"), (1L, "Channel"), (2L, "Kind")], wrong.Faults.Select(fault => (fault.Row, fault.Column)));
        Assert.Empty((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.Hindsight(_now) }, default)).Items);
    }

    [Theory]
    [InlineData(InteractionKind.Visit, IntakeProperties.Amount)]
    [InlineData(InteractionKind.Return, IntakeProperties.Product)]
    [InlineData(InteractionKind.Note, IntakeProperties.Product)]
    public void Of_AKindThatCannotHaveWhatItMust_IsRefused(InteractionKind kind, IntakeProperties property)
    {
        var wrong = Assert.Throws<ArgumentException>(() => IntakeSchema.Of(new IntakeSource { Source = _till, Kinds = [new(kind, property)] }));
        Assert.Contains($"{kind} of till cannot have {property}", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASourceOrKindTwice_IsRefused()
    {
        var source = new IntakeSource { Source = _till, Kinds = [new(InteractionKind.Visit), new(InteractionKind.Visit, IntakeProperties.Channel)] };
        string message = Assert.Throws<ArgumentException>(() => IntakeSchema.Of(source, source)).Message;
        Assert.Contains("till stands more than once", message, StringComparison.Ordinal);
        Assert.Contains("till tells more than once of Visit", message, StringComparison.Ordinal);
    }

    // Whatever can be required is found where it is, and missed where it is not.
    [Fact]
    public void Check_EveryKindWithEverythingAndWithNothing_FindsWhatIsMissing()
    {
        foreach (InteractionDetail detail in ((IEnumerable<object[]>)Interactions.InteractionJsonTests.Details).Select(row => (InteractionDetail)row[0]))
        {
            foreach (IntakeProperties property in Enum.GetValues<IntakeProperties>().Skip(1))
            {
                IntakeSchema schema;
                try
                {
                    schema = IntakeSchema.Of(new IntakeSource { Source = _till, Kinds = [new(detail.Kind, property)] });
                }
                catch (ArgumentException)
                {
                    Assert.True(property is IntakeProperties.Amount or IntakeProperties.Product);
                    Assert.Null(detail.GetType().GetProperty(property.ToString()));
                    continue;
                }

                var intake = new InteractionIntake(schema, _interactions, _customers, new StillClock(_now));
                Interaction bare = new() { Id = InteractionId.Of("1"), Customer = _ada, At = _now, RecordedAt = _now, Source = _till, Detail = detail };
                Interaction full = bare with
                {
                    Channel = Channel.Store,
                    Direction = Direction.Inbound,
                    Cost = Money.Of(0, Currency.Eur),
                    Length = Duration.Zero,
                    Staff = StaffId.Of("s"),
                    Offer = OfferId.Of("o"),
                    Campaign = CampaignId.Of("c"),
                    Thread = ThreadId.Of("t"),
                    Sentiment = 0,
                };
                bool ofDetail = property is IntakeProperties.Amount or IntakeProperties.Product;
                bool detailHas = detail.GetType().GetProperty(property.ToString())?.GetValue(detail) switch
                {
                    ProductId product => product != ProductId.None,
                    Money money => money.Currency != Currency.None,
                    _ => false,
                };
                Assert.Equal(!ofDetail || detailHas, intake.Check([full]).IsEmpty);
                Assert.Equal(ofDetail && detailHas, intake.Check([bare]).IsEmpty);
            }
        }
    }

    [Fact]
    public async Task AppendAsync_ACorrectionOfWhatAnotherSourceTold_IsRefused()
    {
        SourceId web = SourceId.Of("web");
        SourceId office = SourceId.Of("office");
        IntakeKind[] kinds = [new(InteractionKind.Purchase), new(InteractionKind.Retraction)];
        var intake = new InteractionIntake(
            IntakeSchema.Of(
                new IntakeSource { Source = _till, Kinds = kinds },
                new IntakeSource { Source = web, Kinds = kinds, MayCorrectEarly = true },
                new IntakeSource { Source = office, Kinds = kinds, MayCorrect = [_till] }),
            _interactions,
            _customers,
            new StillClock(_now));
        await intake.AppendAsync([Purchase]);
        Interaction retracted = Purchase with { Id = InteractionId.Of("r"), Corrects = Purchase.Id, Detail = new RetractionDetail() };
        var wrong = await Assert.ThrowsAsync<RowFaultsException>(async () => await intake.AppendAsync(
        [
            Purchase with { Id = InteractionId.Of("2"), Source = web },
            retracted with { Source = web },
            Purchase with { Id = InteractionId.Of("3"), Corrects = InteractionId.Of("2") },
            Purchase with { Id = InteractionId.Of("4"), Corrects = InteractionId.Of("unknown") },
            Purchase with { Id = InteractionId.Of("5"), Corrects = InteractionId.Of("unknown"), Source = web },
        ]));
        Assert.Equal(
            [
                "row 1, Corrects: found one that till told, expected one that web told; see IntakeSource.MayCorrect",
                "row 2, Corrects: found one that web told, expected one that till told; see IntakeSource.MayCorrect",
                "row 3, Corrects: found one that has not come, expected one that has, or comes with it; see IntakeSource.MayCorrectEarly",
            ],
            wrong.Faults.Select(fault => fault.ToString()));
        await intake.AppendAsync([retracted with { Source = office }]);
        Assert.Empty((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_now) }, default)).Items);
    }

    // What it corrected was another's, who is erased: the correction stays, and delivered again is the same.
    [Fact]
    public async Task AppendAsync_ACorrectionWhoseOriginalWasErased_IsNoFaultWhenItComesAgain()
    {
        Interaction moved = Purchase with { Id = InteractionId.Of("moved"), Customer = CustomerId.Of("43"), Corrects = Purchase.Id };
        await _intake.AppendAsync([Purchase, moved]);
        await _interactions.EraseAsync(_ada, default);
        Assert.Equal(new(0, 1), await _intake.AppendAsync([moved]));
    }

    // One moment, one batch, ids in another order than the list.
    [Fact]
    public async Task AppendAsync_StepsOfOneMoment_AreInTheOrderOfTheList()
    {
        await _intake.AppendAsync([Purchase with { Id = InteractionId.Of("9") }, Purchase with { Id = InteractionId.Of("10") }]);
        var items = (await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_now) }, default)).Items;
        Assert.True(items.Single(item => item.Id == InteractionId.Of("10")).RecordedAt > items.Single(item => item.Id == InteractionId.Of("9")).RecordedAt);
    }

    // The clock here stands still, and the ids would say otherwise: what was said last counts.
    [Fact]
    public async Task AppendAsync_SeveralCorrectionsOfOneThing_TheLastCounts()
    {
        Interaction[] corrections = [.. Enumerable.Range(0, 3).Select(number => Purchase with
        {
            Id = InteractionId.Of($"{9 - number}"),
            Corrects = Purchase.Id,
            Detail = new PurchaseDetail { Amount = Money.Of(20 + number, Currency.Eur), Product = ProductId.Of("p") },
        })];
        await _intake.AppendAsync([Purchase, .. corrections[..2]]);
        Assert.Equal(21, Amount(_now));
        Assert.Equal(_now, (await _interactions.ReadStatesAsync(Purchase.Id, default))[^1].RecordedAt);
        await _intake.AppendAsync([corrections[2]]);
        Assert.Equal(22, Amount(_now + Duration.Epsilon));
        Assert.Equal(new(0, 4), await _intake.AppendAsync([Purchase, .. corrections]));

        decimal Amount(Instant at) => ((PurchaseDetail)_interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(at) }, default).AsTask().GetAwaiter().GetResult()
            .Items.Single().Detail).Amount.Amount;
    }

    public static TheoryData<CustomerFact, string> FaultyFacts => new()
    {
        { CustomerName.Of("Ada", FactDates.Of(SourceId.Of("Lovelace"), _now)), "Source: found xxxxxxxx, expected one of till, survey" },
        { CustomerName.Of("Ada", FactDates.Of(_till, _now)), "Fact: found CustomerName, expected of till None" },
        { ContactPoint.Email("ada@example.com", Told), "Fact: found ContactPoint, expected of survey Names, Consents" },
        { AttributeFact.Of(AttributeId.Of("income"), AttributeValue.Of(1), Told), "Attribute: found xxxxxx, expected of survey born" },
        { AttributeFact.Of(_born, AttributeValue.Of(1), FactDates.Of(_till, _now)), "Attribute: found xxxx, expected no attributes of till" },
        { Born(1815), "born: found 9999, expected 1900 or more" },
        { AttributeFact.Of(_born, AttributeValue.Of("on the tenth of December"), Told), "born: found xx xxx x…, expected a number, not a text" },
        { CustomerName.Of("Ada", Told with { RetractedAt = _now }), "RetractedAt: found a moment, expected nothing: what is wrong is retracted here, never sent" },
    };

    [Theory]
    [MemberData(nameof(FaultyFacts))]
    public async Task UpdateAsync_NotAsDeclared_NamesRowColumnAndWhatIsAcceptedAndKeepsNothing(CustomerFact fact, string words)
    {
        var wrong = await Assert.ThrowsAsync<RowFaultsException>(async () => await _intake.UpdateAsync(_ada, CustomerKind.Person, [Born(1950), fact]));
        Assert.Equal($"row 1, {words}", Assert.Single(wrong.Faults).ToString());
        Assert.Null(await _customers.FindAsync(_ada, default));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Ada", "xxx")]
    [InlineData("12,5 €\t", "99,9 €·")]
    [InlineData("abcdefgh", "xxxxxxxx")]
    [InlineData("abcdefghi", "xxxxxxxx…")]
    [InlineData("👩‍💻", "xx\u200dxx")]
    public void Masked_AnyText_ShowsWhatKindOfThingItIs(string text, string masked) => Assert.Equal(masked, MaskedText.Of(text));

    private static FactDates Told => FactDates.Of(_survey, Instant.MinValue);

    private static AttributeFact Born(int year) => AttributeFact.Of(_born, AttributeValue.Of(year), Told);
}
