using System.Text.Json;
using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Interactions;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

public sealed class PartnerSharingTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 10, 12, 0);
    private static readonly CustomerId _ada = CustomerId.Of("42");
    private static readonly SourceId _bank = SourceId.Of("bank");
    private static readonly AttributeId _born = AttributeId.Of("born");
    private static readonly AttributeId _health = AttributeId.Of("health");
    private static readonly FactDates _dates = FactDates.Of(SourceId.Of("crm"), _now - Duration.FromDays(10));
    private static readonly InteractionId _id = InteractionId.Of("d1");

    private static readonly AttributeSchema _schema = AttributeSchema.Of(
        new AttributeDefinition { Id = _born, Kind = AttributeKind.Number },
        new AttributeDefinition { Id = _health, Kind = AttributeKind.Text, IsSpecialCategory = true });

    private readonly InMemoryCustomerStore _customers = new();
    private readonly InMemoryInteractionStore _interactions = new();

    private static ConsentRecord Consent => new() { Purpose = ConsentPurpose.Sharing, Decision = ConsentDecision.Given, How = "signed", Dates = _dates };

    private static Customer Ada => Customer.Person(_ada).With(
        CustomerName.Of("Ada Lovelace", _dates), ContactPoint.Phone("+442079460958", _dates), ContactPoint.Phone("+442079460959", _dates),
        ContactPoint.Email("ada@example.com", _dates), ContactPoint.Postal("London", _dates), ContactPoint.Message("signal:ada", _dates),
        ExternalId.Of(SourceId.Of("shop"), "4711", _dates), new Membership { Programme = ProgrammeId.Of("club"), Number = "7", Level = "gold", Dates = _dates },
        new StageReached { Stage = LifecycleStage.Repeat, Dates = _dates },
        AttributeFact.Of(_born, AttributeValue.Of(1815.5m), _dates), AttributeFact.Of(_health, AttributeValue.Of("well"), _dates), Consent);

    [Fact]
    public async Task ShareAsync_WithConsent_GivesTheFieldsThatWereAgreedOnAndLogsThem()
    {
        SharingResult result = await ShareAsync(Ada, Agreement(SharedField.Phone, SharedField.Of(_born), SharedField.Of(AttributeId.Of("unknown"))));
        Assert.Equal(["phone=+442079460958", "phone=+442079460959", "attribute:born=1815.5"], Words(result));
        Interaction log = Assert.Single((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.At(_now) }, default)).Items);
        Assert.Equal(_id, log.Id);
        Assert.Equal(new DisclosureDetail { Partner = _bank, Purpose = ConsentPurpose.Sharing, Fields = "phone,attribute:born,attribute:unknown", Until = _now + Duration.FromDays(1) }, log.Detail);
        Assert.Equal((Direction.Outbound, Channel.Partner), (log.Direction, log.Channel));
    }

    [Fact]
    public async Task ShareAsync_EveryField_GivesItsValues()
    {
        SharingResult result = await ShareAsync(Ada, Agreement(
            SharedField.Name, SharedField.Kind, SharedField.Email, SharedField.Postal, SharedField.Message, SharedField.Stage,
            SharedField.Of(SourceId.Of("shop")), SharedField.Of(ProgrammeId.Of("club")), SharedField.Attributes, SharedField.Of(_health)));
        Assert.Equal(
            ["name=Ada Lovelace", "kind=Person", "email=ada@example.com", "postal=London", "message=signal:ada", "stage=repeat", "external-id:shop=4711",
                "membership:club=7, gold", "attribute:born=1815.5", "attribute:health=well"],
            Words(result));
        using JsonDocument json = JsonDocument.Parse(result.Data!.ToJson());
        Assert.Equal(1, json.RootElement.GetProperty("schema").GetInt32());
        Assert.Equal("Ada Lovelace", json.RootElement.GetProperty("shared").GetProperty("values")[0].GetProperty("value").GetString());
        Assert.DoesNotContain("\"42\"", json.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Lovelace", result.ToString() + result.Data + result.Data.Values[0], StringComparison.Ordinal);
    }

    public static TheoryData<Customer?, SharingAgreement, SharingRefusal, string> Refused => new()
    {
        { null, Agreement(SharedField.Name), SharingRefusal.NoSuchCustomer, "no such customer" },
        { Ada, Agreement(SharedField.Name) with { Until = _now }, SharingRefusal.AgreementExpired, "The agreement with bank ran out at 2026-03-10T12:00:00Z." },
        { Ada, Agreement(SharedField.Name) with { Purpose = ConsentPurpose.Research }, SharingRefusal.NoConsent, "Consent to research is not given: nobody has asked." },
        { Ada.With(Consent with { Decision = ConsentDecision.Refused, Channel = Channel.Partner, Dates = FactDates.Of(_bank, _now) }), Agreement(SharedField.Name), SharingRefusal.NoConsent, "refused at 2026-03-10T12:00:00Z" },
        { Customer.Person(_ada).With(Consent with { Dates = _dates with { ValidUntil = _now } }), Agreement(SharedField.Name), SharingRefusal.NoConsent, "it ran out at 2026-03-10T12:00:00Z" },
        { Customer.Person(_ada).With(Consent with { Dates = FactDates.Of(_bank, _now + Duration.Epsilon) }), Agreement(SharedField.Name), SharingRefusal.NoConsent, "nobody has asked" },
        { Ada, Agreement(SharedField.Attributes), SharingRefusal.SpecialCategoryNotNamed, "Of a special category and not named one by one: health." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task ShareAsync_WhatMayNotBePassedOn_IsRefusedByNameAndNotLogged(Customer? customer, SharingAgreement agreement, SharingRefusal refusal, string words)
    {
        SharingResult result = await ShareAsync(customer, agreement);
        Assert.Null(result.Data);
        Assert.Equal(refusal, result.Refusal);
        Assert.Contains(words, result.Why, StringComparison.Ordinal);
        Assert.Empty((await _interactions.ReadAsync(new() { Customer = _ada, AsOf = AsOf.Hindsight(Instant.MaxValue) }, default)).Items);
    }

    [Fact]
    public async Task ShareAsync_AllAttributesThatNobodyDeclared_IsRefused()
    {
        SharingResult result = await ShareAsync(Ada, Agreement(SharedField.Attributes), schema: null, asOf: null);
        Assert.Equal(SharingRefusal.SpecialCategoryNotNamed, result.Refusal);
    }

    [Fact]
    public async Task ShareAsync_OfAPastDate_GivesWhatWasKnownThenByTheConsentOfNow()
    {
        SharingResult result = await ShareAsync(Ada.With(CustomerName.Of("Ada King", FactDates.Of(_bank, _now))), Agreement(SharedField.Name), AsOf.At(_now - Duration.Epsilon));
        Assert.Equal(["name=Ada Lovelace"], Words(result));
    }

    [Fact]
    public async Task ShareAsync_ALogThatCannotBeWritten_GivesNothing()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        await _interactions.AppendAsync([new() { Id = _id, Customer = _ada, At = _now, RecordedAt = _now, Source = _bank, Detail = new NoteDetail { Text = "" } }], default);
        await Assert.ThrowsAsync<InteractionConflictException>(async () => await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id));
    }

    // The process ends when the log is written and nothing is handed out yet: the caller asks again, later.
    [Fact]
    public async Task ShareAsync_AgainAfterACrash_GivesTheSameAndIsLoggedOnce()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        var agreement = Agreement(SharedField.Name, SharedField.Phone);
        var crashing = new HookedInteractions(_interactions) { AfterAppend = () => throw new IOException("the power is gone") };
        await Assert.ThrowsAsync<IOException>(async () => await new PartnerSharing(_customers, crashing, new StillClock(_now), _schema).ShareAsync(_ada, agreement, _id));

        // Meanwhile she has another name and another telephone: what was logged is what was known then.
        Instant later = _now + Duration.FromHours(1);
        await _customers.UpdateAsync(_ada, known => known!.With(CustomerName.Of("Ada King", FactDates.Of(_bank, later)), ContactPoint.Phone("+442079460000", FactDates.Of(_bank, later))), default);
        SharingResult again = await Sharing(later).ShareAsync(_ada, agreement, _id);
        Assert.Equal(["name=Ada Lovelace", "phone=+442079460958", "phone=+442079460959"], Words(again));
        SharedRecord record = Assert.Single(await Sharing(later).ReadSharedAsync(_ada));
        Assert.Equal((_id, _now), (record.Disclosure, record.At));
        Assert.Equal(again.Data, (await Sharing(later + Duration.FromHours(1)).ShareAsync(_ada, agreement, _id)).Data);
    }

    [Fact]
    public async Task ShareAsync_AgainAtOnce_IsLoggedOnce()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        var agreement = Agreement(SharedField.Name);
        int appends = 0;

        // While the first is about to write, a second of a later moment gets through.
        var raced = new HookedInteractions(_interactions)
        {
            BeforeAppend = async () =>
            {
                if (appends++ == 0)
                {
                    await Sharing(_now + Duration.FromSeconds(1)).ShareAsync(_ada, agreement, _id);
                }
            },
        };
        SharingResult result = await new PartnerSharing(_customers, raced, new StillClock(_now), _schema).ShareAsync(_ada, agreement, _id);
        Assert.Equal(["name=Ada Lovelace"], Words(result));
        Assert.Equal(_now + Duration.FromSeconds(1), Assert.Single(await Sharing(_now + Duration.FromDays(1)).ReadSharedAsync(_ada)).At);
    }

    public static TheoryData<string, SharingAgreement> Others => new()
    {
        { "partner", Agreement(SharedField.Name) with { Partner = SourceId.Of("insurer") } },
        { "fields", Agreement(SharedField.Name, SharedField.Phone) },
        { "until", Agreement(SharedField.Name) with { Until = _now + Duration.FromDays(2) } },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public async Task ShareAsync_OfAnotherAgreementUnderOneId_IsNoRetryAndGivesNothing(string what, SharingAgreement other)
    {
        Assert.NotEqual("", what);
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        var conflict = await Assert.ThrowsAsync<InteractionConflictException>(async () => await Sharing(_now + Duration.FromHours(1)).ShareAsync(_ada, other, _id));
        Assert.Equal([_id], conflict.SaysOtherwise);
    }

    [Fact]
    public async Task ShareAsync_AgainWithoutConsentOrAgreement_IsRefused()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        Assert.Equal(SharingRefusal.AgreementExpired, (await Sharing(_now + Duration.FromDays(1)).ShareAsync(_ada, Agreement(SharedField.Name), _id)).Refusal);
        Instant later = _now + Duration.FromHours(1);
        await _customers.UpdateAsync(_ada, known => known!.With(Consent with { Decision = ConsentDecision.Refused, Dates = FactDates.Of(_bank, later) }), default);
        Assert.Equal(SharingRefusal.NoConsent, (await Sharing(later).ShareAsync(_ada, Agreement(SharedField.Name), _id)).Refusal);
    }

    // Whoever took the entry back would have a hand-out without a trace.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ShareAsync_UnderAnIdWhoseEntryIsTakenBack_GivesNothing(bool isLogged)
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        if (isLogged)
        {
            await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        }

        await _interactions.AppendAsync([new() { Id = InteractionId.Of("back"), Corrects = _id, Customer = _ada, At = _now, RecordedAt = _now, Source = _bank, Detail = new RetractionDetail() }], default);
        await Assert.ThrowsAsync<InteractionConflictException>(async () => await Sharing(_now + Duration.FromHours(1)).ShareAsync(_ada, Agreement(SharedField.Name), _id));
        Assert.Empty(await Sharing(_now + Duration.FromDays(1)).ReadSharedAsync(_ada));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ShareAsync_OfACustomerErasedMeanwhile_GivesNothingAndLeavesNothing(bool isAfter)
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        async Task Erase()
        {
            Assert.True((await new CustomerErasure([_customers, _interactions]).EraseAsync(_ada)).Stores[0].IsComplete);
        }

        var raced = isAfter ? new HookedInteractions(_interactions) { AfterAppend = Erase } : new HookedInteractions(_interactions) { BeforeAppend = Erase };
        SharingResult result = await new PartnerSharing(_customers, raced, new StillClock(_now), _schema).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        Assert.Null(result.Data);
        Assert.Equal(SharingRefusal.NoSuchCustomer, result.Refusal);
        Assert.Contains("was erased meanwhile", result.Why, StringComparison.Ordinal);
        Assert.Empty(_interactions.ReadHeldDataAsync(_ada, default).ToBlockingEnumerable());
    }

    // Erased, and the process ends before the entry is taken out again: the retry finds nobody, and completes it.
    [Fact]
    public async Task ShareAsync_AgainAfterAnErasureThatACrashCutShort_LeavesNothing()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        var crashing = new HookedInteractions(_interactions)
        {
            AfterAppend = async () =>
            {
                await _customers.EraseAsync(_ada, default);
                throw new IOException("the power is gone");
            },
        };
        await Assert.ThrowsAsync<IOException>(async () => await new PartnerSharing(_customers, crashing, new StillClock(_now), _schema).ShareAsync(_ada, Agreement(SharedField.Name), _id));
        Assert.NotEmpty(_interactions.ReadHeldDataAsync(_ada, default).ToBlockingEnumerable());
        Assert.Equal(SharingRefusal.NoSuchCustomer, (await Sharing(_now + Duration.FromHours(1)).ShareAsync(_ada, Agreement(SharedField.Name), _id)).Refusal);
        Assert.Empty(_interactions.ReadHeldDataAsync(_ada, default).ToBlockingEnumerable());
    }

    // Whoever is not there and was never shared is somebody's typing error: nothing of theirs is touched.
    [Fact]
    public async Task ShareAsync_OfNobody_ErasesNothing()
    {
        await _interactions.AppendAsync([new() { Id = InteractionId.Of("n1"), Customer = _ada, At = _now, RecordedAt = _now, Source = _bank, Detail = new NoteDetail { Text = "" } }], default);
        Assert.Equal(SharingRefusal.NoSuchCustomer, (await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id)).Refusal);
        Assert.Single(_interactions.ReadHeldDataAsync(_ada, default).ToBlockingEnumerable());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("43")]
    public async Task ShareAsync_OfAnotherUnderALoggedId_TouchesNothing(string? other)
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        CustomerId nobody = other is null ? CustomerId.None : CustomerId.Of(other);
        Assert.Equal(SharingRefusal.NoSuchCustomer, (await Sharing(_now).ShareAsync(nobody, Agreement(SharedField.Name), _id)).Refusal);
        Assert.Single(await Sharing(_now).ReadSharedAsync(_ada));
    }

    // Erased and delivered anew by a source within a moment: the new record has consented to nothing.
    [Fact]
    public async Task ShareAsync_OfACustomerErasedAndBackAgain_GoesByTheNewRecord()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        var raced = new HookedInteractions(_interactions)
        {
            AfterAppend = async () =>
            {
                await _customers.EraseAsync(_ada, default);
                await _customers.SaveAsync([new(Customer.Person(_ada).With(CustomerName.Of("Ada Lovelace", _dates)), StoreVersion.None)], default);
            },
        };
        SharingResult result = await new PartnerSharing(_customers, raced, new StillClock(_now), _schema).ShareAsync(_ada, Agreement(SharedField.Name), _id);
        Assert.Null(result.Data);
        Assert.Equal(SharingRefusal.NoConsent, result.Refusal);
    }

    [Fact]
    public async Task ReadSharedAsync_AnyNumber_ListsThemWithWhatHasRunOut()
    {
        await _customers.SaveAsync([new(Ada, StoreVersion.None)], default);
        await Sharing(_now).ShareAsync(_ada, Agreement(SharedField.Name, SharedField.Phone), _id);
        await Sharing(_now + Duration.FromHours(1)).ShareAsync(_ada, Agreement(SharedField.Name) with { Until = _now + Duration.FromDays(9) }, InteractionId.Of("d2"));
        Assert.Single(await Sharing(_now).ReadSharedAsync(_ada));
        var records = await Sharing(_now + Duration.FromDays(1)).ReadSharedAsync(_ada);
        Assert.Equal([("d2", false), ("d1", true)], records.Select(record => (record.Disclosure.ToString(), record.HasRunOut)));
        Assert.Equal(["name", "phone"], records[1].Fields);
        Assert.Equal((_bank, ConsentPurpose.Sharing, _now, _now + Duration.FromDays(1)), (records[1].Partner, records[1].Purpose, records[1].At, records[1].Until));
    }

    [Fact]
    public void Agreement_WithoutFieldsOrWithOneTwice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Agreement());
        Assert.Throws<ArgumentException>(() => Agreement(SharedField.Name, SharedField.Name));
        Assert.Throws<ArgumentException>(() => Agreement(SharedField.None));
    }

    [Theory]
    [InlineData("name", true)]
    [InlineData("attribute:born", true)]
    [InlineData("attribute:a:b", true)]
    [InlineData("attribute:", false)]
    [InlineData("attribute:a,b", false)]
    [InlineData("Name", false)]
    [InlineData("everything", false)]
    [InlineData("", false)]
    public void Field_OfAText_IsOneOrRefused(string text, bool isField)
    {
        Assert.Equal(isField, SharedField.TryOf(text, out SharedField field));
        Assert.Equal(isField ? text : "(none)", field.ToString());
        if (!isField)
        {
            Assert.Equal("text", Assert.Throws<ArgumentException>(() => SharedField.Of(text)).ParamName);
        }
    }

    private static SharingAgreement Agreement(params SharedField[] fields) =>
        new() { Partner = _bank, Purpose = ConsentPurpose.Sharing, Fields = fields, Until = _now + Duration.FromDays(1) };

    private static IEnumerable<string> Words(SharingResult result) => result.Data!.Values.Select(value => $"{value.Field}={value.Value}");

    private PartnerSharing Sharing(Instant now) => new(_customers, _interactions, new StillClock(now), _schema);

    private async Task<SharingResult> ShareAsync(Customer? customer, SharingAgreement agreement, AsOf? asOf = null) => await ShareAsync(customer, agreement, _schema, asOf);

    private async Task<SharingResult> ShareAsync(Customer? customer, SharingAgreement agreement, AttributeSchema? schema, AsOf? asOf = null)
    {
        if (customer is not null)
        {
            await _customers.SaveAsync([new(customer, StoreVersion.None)], default);
        }

        return await new PartnerSharing(_customers, _interactions, new StillClock(_now), schema).ShareAsync(_ada, agreement, _id, asOf);
    }

    /// <summary>A store in which something happens just before or after an append.</summary>
    private sealed class HookedInteractions(IInteractionStore inner) : IInteractionStore
    {
        internal Func<Task>? BeforeAppend { get; init; }

        internal Func<Task>? AfterAppend { get; init; }

        public string DataName => inner.DataName;

        public async ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
        {
            await (BeforeAppend?.Invoke() ?? Task.CompletedTask);
            AppendResult result = await inner.AppendAsync(interactions, cancellationToken);
            await (AfterAppend?.Invoke() ?? Task.CompletedTask);
            return result;
        }

        public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken) => inner.ReadAsync(query, cancellationToken);

        public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken) => inner.ReadStatesAsync(original, cancellationToken);

        public IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(StorePosition after, CancellationToken cancellationToken) => inner.ReadAppendedAsync(after, cancellationToken);

        public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => inner.EraseAsync(customer, cancellationToken);

        public IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, CancellationToken cancellationToken) => inner.ReadHeldDataAsync(customer, cancellationToken);
    }
}
