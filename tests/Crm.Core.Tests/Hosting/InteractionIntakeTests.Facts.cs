using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Tests.Support;
using NodaTime;

namespace Crm.Core.Tests.Hosting;

/// <summary>Facts that a feed tells every night: once, and never against what was ended, retracted or withdrawn here.</summary>
public sealed partial class InteractionIntakeTests
{
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
}
