using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class InteractionIntakeTests
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
    public async Task UpdateAsync_AsDeclared_IsKeptAndDatedByTheClockHere()
    {
        Stored<Customer> saved = await _intake.UpdateAsync(_ada, CustomerKind.Organisation, [Born(1950), CustomerName.Of("Ada Ltd", Told)]);
        Assert.Equal(CustomerKind.Organisation, saved.Value.Kind);
        Assert.All(saved.Value.Facts, fact => Assert.Equal(_now, fact.Dates.RecordedAt));
        Assert.Equal(saved, await _customers.FindAsync(_ada, default));
    }

    [Fact]
    public async Task UpdateAsync_DeliveredTwice_StandsOnceWhereItSaysSinceWhen()
    {
        FactDates dated = Told with { ValidFrom = _now - Duration.FromDays(100) };
        CustomerName name = CustomerName.Of("Ada Ltd", dated);
        ConsentRecord yes = new() { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = Told };
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [name, name, yes]);
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [name, yes with { Decision = ConsentDecision.Refused }]);
        Customer customer = (await _intake.UpdateAsync(_ada, CustomerKind.Person, [name, yes])).Value;
        Assert.Single(customer.Facts.OfType<CustomerName>());
        Assert.Equal([ConsentDecision.Given, ConsentDecision.Refused, ConsentDecision.Given], customer.Facts.OfType<ConsentRecord>().Select(record => record.Decision));
    }

    // A nightly feed of 30 nights says the same of everything, and once another attribute.
    [Fact]
    public async Task UpdateAsync_TheSameEveryNight_StandsOnce()
    {
        ConsentRecord yes = new() { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = Told };
        for (int night = 0; night < 30; night++)
        {
            await _intake.UpdateAsync(_ada, CustomerKind.Person, [CustomerName.Of("Ada", Told), yes, Born(night == 20 ? 1951 : 1950)]);
        }

        Customer customer = (await _customers.FindAsync(_ada, default))!.Value;
        Assert.Equal(["1950", "1951", "1950"], customer.Facts.OfType<AttributeFact>().Select(fact => fact.Value.ToText()));
        Assert.Equal(5, customer.Facts.Count);
    }

    // What an agent has put right stays right, whatever a feed goes on saying.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UpdateAsync_WhatWasEndedOrRetractedHere_IsNotBroughtBack(bool isDated)
    {
        FactDates dates = isDated ? Told with { ValidFrom = _now - Duration.FromDays(9) } : Told;
        AttributeFact wrong = AttributeFact.Of(_born, AttributeValue.Of(1950), dates);
        CustomerName old = CustomerName.Of("Ada", dates);
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [wrong, old]);
        await _customers.UpdateAsync(
            _ada, customer => customer!.Retract(customer.Facts[0], _now).End(customer.Facts[1], _now - Duration.FromDays(1), _now), default);
        Stored<Customer> before = (await _customers.FindAsync(_ada, default))!;
        Stored<Customer> after = await _intake.UpdateAsync(_ada, CustomerKind.Person, [wrong, old]);
        Assert.Equal(before, after);
        Assert.Null(after.Value.Attribute(_born, AsOf.At(_now)));
        Assert.Null(after.Value.LatestOf<CustomerName>(AsOf.At(_now)));

        // What it says anew is news.
        Assert.Equal(1952, (await _intake.UpdateAsync(_ada, CustomerKind.Person, [AttributeFact.Of(_born, AttributeValue.Of(1952), dates)])).Value.Attribute(_born, AsOf.At(_now))!.Value.Number);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UpdateAsync_TheEndOfWhatWasSaid_EndsIt(bool isDated)
    {
        FactDates dates = isDated ? Told with { ValidFrom = _now - Duration.FromDays(9) } : Told;
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [CustomerName.Of("Ada", dates)]);
        CustomerName ended = CustomerName.Of("Ada", dates with { ValidUntil = _now - Duration.FromDays(1) });
        for (int night = 0; night < 3; night++)
        {
            Customer customer = (await _intake.UpdateAsync(_ada, CustomerKind.Person, [ended])).Value;
            Assert.Null(customer.LatestOf<CustomerName>(AsOf.At(_now)));
            Assert.NotNull(customer.LatestOf<CustomerName>(new(_now - Duration.FromDays(2), _now)));
            Assert.Equal(2, customer.Facts.Count);
        }
    }

    // The feed has not heard of the withdrawal, and goes on saying yes; its own no, and a yes after it, are heard.
    [Fact]
    public async Task UpdateAsync_AConsentWithdrawnHere_IsNotGivenAgainByTheFeed()
    {
        ConsentRecord yes = new() { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = Told };
        ConsentRecord no = yes with { Decision = ConsentDecision.Refused };
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [yes]);
        var later = new InteractionIntake(_schema, _interactions, _customers, new StillClock(_now + Duration.FromDays(2)), _attributes);
        await _customers.UpdateAsync(
            _ada, customer => customer!.With(no with { How = "on the phone", Dates = FactDates.Of(SourceId.Of("desk"), _now + Duration.FromDays(1)) }), default);
        Assert.False(await IsGivenAfterAsync(yes));
        await _customers.UpdateAsync(
            _ada, customer => customer!.With(yes with { How = "on the phone", Dates = FactDates.Of(SourceId.Of("desk"), _now + Duration.FromDays(1) + Duration.Epsilon) }), default);
        Assert.False(await IsGivenAfterAsync(no), "a refusal always counts");
        Assert.False(await IsGivenAfterAsync(no));
        Assert.Equal(4, (await _customers.FindAsync(_ada, default))!.Value.Facts.Count);

        async Task<bool> IsGivenAfterAsync(ConsentRecord record) => (await later.UpdateAsync(_ada, CustomerKind.Person, [record])).Value
            .Consent(ConsentPurpose.Marketing, Channel.None, AsOf.At(_now + Duration.FromDays(3))).IsGiven;
    }

    // The feed tells one night that its yes has an end; the person refuses; the feed goes on telling.
    [Fact]
    public async Task UpdateAsync_AConsentWithAnEndWithdrawnHere_IsNotGivenAgainByTheFeed()
    {
        ConsentRecord yes = new() { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = Told };
        ConsentRecord ends = yes with { Dates = Told with { ValidUntil = _now + Duration.FromDays(300) } };
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [yes]);
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [ends]);
        await _customers.UpdateAsync(
            _ada, customer => customer!.With(yes with { Decision = ConsentDecision.Refused, Dates = FactDates.Of(SourceId.Of("desk"), _now + Duration.FromDays(1)) }), default);
        var later = new InteractionIntake(_schema, _interactions, _customers, new StillClock(_now + Duration.FromDays(2)), _attributes);
        Customer customer = (await later.UpdateAsync(_ada, CustomerKind.Person, [ends])).Value;
        Assert.False(customer.Consent(ConsentPurpose.Marketing, Channel.None, AsOf.At(_now + Duration.FromDays(3))).IsGiven);
        Assert.Equal(3, customer.Facts.Count);
    }

    [Fact]
    public async Task UpdateAsync_AChangeThatStandsTwiceInADelivery_Counts()
    {
        foreach (int year in (int[])[1950, 1951])
        {
            await _intake.UpdateAsync(_ada, CustomerKind.Person, [Born(year)]);
        }

        Assert.Equal(1950, (await _intake.UpdateAsync(_ada, CustomerKind.Person, [Born(1950), Born(1950)])).Value.Attribute(_born, AsOf.At(_now))!.Value.Number);
        Assert.Equal(3, (await _customers.FindAsync(_ada, default))!.Value.Facts.Count);
    }

    [Fact]
    public async Task UpdateAsync_ACorrectionBackToWhatWasSaidBefore_Counts()
    {
        FactDates dates = Told with { ValidFrom = _now - Duration.FromDays(100) };
        foreach (int year in (int[])[1950, 1951, 1950])
        {
            Stored<Customer> saved = await _intake.UpdateAsync(_ada, CustomerKind.Person, [AttributeFact.Of(_born, AttributeValue.Of(year), dates)]);
            Assert.Equal(year, saved.Value.Attribute(_born, AsOf.At(_now))!.Value.Number);
        }
    }

    // A feed that says two names of one person says them again the next night.
    [Fact]
    public async Task UpdateAsync_TwoOfAThingEveryNight_StandOnceEach()
    {
        for (int night = 0; night < 5; night++)
        {
            await _intake.UpdateAsync(_ada, CustomerKind.Person, [CustomerName.Of("Ada", Told), CustomerName.Of("Augusta Ada", Told)]);
        }

        Assert.Equal(2, (await _customers.FindAsync(_ada, default))!.Value.Facts.Count);
    }

    // Two feeds that differ keep their own word: neither is news to itself.
    [Fact]
    public async Task UpdateAsync_TwoSourcesThatDiffer_StandOnceEach()
    {
        var both = new InteractionIntake(
            IntakeSchema.Of(new IntakeSource { Source = _till, Facts = IntakeFacts.Names }, new IntakeSource { Source = _survey, Facts = IntakeFacts.Names }), _interactions, _customers, new StillClock(_now));
        for (int night = 0; night < 5; night++)
        {
            await both.UpdateAsync(_ada, CustomerKind.Person, [CustomerName.Of("Ada", Told), CustomerName.Of("A. Lovelace", FactDates.Of(_till, _now))]);
        }

        Assert.Equal(2, (await _customers.FindAsync(_ada, default))!.Value.Facts.Count);
    }

    // A consent that ran out is given anew by saying so with another end, not by the same record coming once more.
    [Fact]
    public async Task UpdateAsync_AConsentThatRanOut_IsRenewedByAnotherEnd()
    {
        ConsentRecord yes = new()
        {
            Purpose = ConsentPurpose.Marketing,
            Decision = ConsentDecision.Given,
            How = "box",
            Dates = Told with { ValidFrom = _now - Duration.FromDays(9), ValidUntil = _now - Duration.FromDays(1) },
        };
        await _intake.UpdateAsync(_ada, CustomerKind.Person, [yes]);
        Assert.False((await _intake.UpdateAsync(_ada, CustomerKind.Person, [yes])).Value.Consent(ConsentPurpose.Marketing, Channel.None, AsOf.At(_now)).IsGiven);
        Assert.True((await _intake.UpdateAsync(_ada, CustomerKind.Person, [yes with { Dates = Told with { ValidUntil = _now + Duration.FromDays(9) } }])).Value
            .Consent(ConsentPurpose.Marketing, Channel.None, AsOf.At(_now)).IsGiven);
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
