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
}
