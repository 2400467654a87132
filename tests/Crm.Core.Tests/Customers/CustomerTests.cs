using Crm.Core.Customers;
using static Crm.Core.Tests.Customers.Facts;

namespace Crm.Core.Tests.Customers;

public sealed class CustomerTests
{
    private static readonly CustomerName _name = CustomerName.Of("Mrs Secret", Dates(1));

    [Fact]
    public void Person_OfNone_IsRefused() => Assert.Equal("Id", Assert.Throws<ArgumentException>(() => Customer.Person(CustomerId.None)).ParamName);

    [Fact]
    public void Person_OfAnIdNoStoreKeeps_IsRefusedWithoutIt() => Assert.All(["nul\0", "half \ud800", "\udc00 half"], id =>
    {
        var wrong = Assert.Throws<ArgumentException>(() => Customer.Person(CustomerId.Of(id)));
        Assert.Equal("Id", wrong.ParamName);
        Assert.DoesNotContain(id, wrong.Message, StringComparison.Ordinal);
    });

    [Fact]
    public void Facts_OfAListChangedAfterwards_StayAsTheyWere()
    {
        List<CustomerFact> facts = [_name];
        Customer ada = Ada() with { Facts = facts };
        facts.Clear();
        Assert.Equal([_name], ada.Facts);
        Assert.Throws<NotSupportedException>(() => ((IList<CustomerFact>)ada.Facts).Clear());
    }

    [Fact]
    public void With_Nothing_IsRefusedByName()
    {
        Assert.Equal("Facts", Assert.Throws<ArgumentException>(() => Ada([null!])).ParamName);
        Assert.Equal("facts", Assert.Throws<ArgumentNullException>(() => Ada().With(null!)).ParamName);
    }

    [Fact]
    public void Equals_ByValue_OrderIncluded()
    {
        var other = new ResellerStatus { Dates = Dates(1) };
        Assert.Equal(Ada(_name, other), Ada(_name, other));
        Assert.Equal(Ada(_name, other).GetHashCode(), Ada(_name, other).GetHashCode());
        Assert.NotEqual(Ada(_name, other), Ada(other, _name));
        Assert.NotEqual(Ada(_name), Ada(_name) with { Kind = CustomerKind.Household });
    }

    [Fact]
    public void ToString_OfACustomerAndItsFacts_HoldsNothingOfThePerson()
    {
        Assert.Equal("Person ada, 1 facts", Ada(_name).ToString());
        Assert.Equal("CustomerName from crm", _name.ToString());
    }

    [Fact]
    public void Retract_AFact_KeepsItForWhatWasKnown()
    {
        Customer ada = Ada(_name).Retract(_name, Day(4));
        Assert.Equal(_name with { Dates = Dates(1, retracted: 4) }, Assert.Single(ada.Facts));
        Assert.Single(ada.FactsOf<CustomerName>(AsOf.At(Day(3))));
        Assert.Empty(ada.FactsOf<CustomerName>(AsOf.At(Day(4))));
        Assert.Empty(ada.FactsOf<CustomerName>(AsOf.Hindsight(Day(3))));
    }

    [Fact]
    public void Retract_OfTwoEqualFacts_TakesTheFirstBelieved()
    {
        Customer ada = Ada(_name, _name).Retract(_name, Day(4));
        Assert.Equal([_name with { Dates = Dates(1, retracted: 4) }, _name], ada.Facts);
        Assert.All(ada.Retract(_name, Day(5)).Facts, fact => Assert.NotNull(fact.Dates.RetractedAt));
    }

    [Fact]
    public void Retract_OfWhatCannotBe_SaysWhy()
    {
        Assert.Contains("not one of", Assert.Throws<ArgumentException>(() => Ada().Retract(_name, Day(4))).Message, StringComparison.Ordinal);
        CustomerFact retracted = Ada(_name).Retract(_name, Day(4)).Facts[0];
        Assert.Contains("already", Assert.Throws<ArgumentException>(() => Ada(retracted).Retract(retracted, Day(5))).Message, StringComparison.Ordinal);
        Assert.Contains("before it was recorded", Assert.Throws<ArgumentException>(() => Ada(_name).Retract(_name, Day(0))).Message, StringComparison.Ordinal);
        ConsentRecord consent = Consent(ConsentDecision.Given, Dates(1));
        Assert.Contains("later record", Assert.Throws<ArgumentException>(() => Ada(consent).Retract(consent, Day(4))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void End_AFact_EndsItFromThenAndKeepsWhatWasKnown()
    {
        Customer ada = Ada(_name).End(_name, Day(6), Day(8));
        Assert.Equal([_name with { Dates = Dates(1, retracted: 8) }, _name with { Dates = Dates(8, until: 6) }], ada.Facts);
        Assert.Single(ada.FactsOf<CustomerName>(AsOf.At(Day(7))));
        Assert.Empty(ada.FactsOf<CustomerName>(AsOf.At(Day(8))));
        Assert.Empty(ada.FactsOf<CustomerName>(AsOf.Hindsight(Day(7))));
        Assert.Single(ada.FactsOf<CustomerName>(AsOf.Hindsight(Day(5))));
    }

    [Fact]
    public void End_AConsent_KeepsThatItWasGivenBefore()
    {
        ConsentRecord consent = Consent(ConsentDecision.Given, Dates(1));
        Customer ada = Ada(consent).End(consent, Day(6), Day(8));
        Assert.True(ada.Consent(ConsentPurpose.Marketing, Channel.Email, AsOf.Hindsight(Day(3))).IsGiven);
        Assert.False(ada.Consent(ConsentPurpose.Marketing, Channel.Email, AsOf.Hindsight(Day(0))).IsGiven);
        Assert.Equal(Day(6), ada.Consent(ConsentPurpose.Marketing, Channel.Email, AsOf.Hindsight(Day(7))).ExpiredAt);
        Assert.True(ada.Consent(ConsentPurpose.Marketing, Channel.Email, AsOf.At(Day(7))).IsGiven);
    }

    [Fact]
    public void End_AStage_DoesNotMakeItTheLatest()
    {
        var prospect = new StageReached { Stage = LifecycleStage.Prospect, Dates = Dates(1) };
        var buyer = new StageReached { Stage = LifecycleStage.FirstTime, Dates = Dates(4) };
        Customer ada = Ada(prospect, buyer).End(prospect, Day(30), Day(8));
        Assert.Equal(LifecycleStage.FirstTime, ada.LatestOf<StageReached>(AsOf.At(Day(9)))!.Stage);
    }

    [Fact]
    public void End_AMoveOfAnAccount_KeepsTheDateItMoved()
    {
        var move = new AccountMove { System = Source, Account = "7", To = CustomerId.Of("bob"), Dates = Dates(1) };
        Assert.Equal(Day(1), Ada(move).End(move, Day(6), Day(8)).Facts[1].Dates.EffectiveFrom);
    }

    [Fact]
    public void LatestOf_SeveralThatHold_IsTheOneEffectiveLastThenRecordedLastThenAddedLast()
    {
        CustomerName early = CustomerName.Of("early", Dates(9, from: 1));
        CustomerName late = CustomerName.Of("late", Dates(2, from: 5));
        Assert.Equal(late, Ada(late, early).LatestOf<CustomerName>(AsOf.At(Day(9))));
        Assert.Equal(early, Ada(late, early).LatestOf<CustomerName>(AsOf.Hindsight(Day(4))));
        CustomerName again = CustomerName.Of("again", Dates(3, from: 5));
        Assert.Equal(again, Ada(again, late).LatestOf<CustomerName>(AsOf.At(Day(9))));
        CustomerName same = CustomerName.Of("same", Dates(3, from: 5));
        Assert.Equal(same, Ada(again, same).LatestOf<CustomerName>(AsOf.At(Day(9))));
        Assert.Null(Ada(late).LatestOf<CustomerName>(AsOf.At(Day(4))));
    }

    [Fact]
    public void Attribute_OfOneName_IsTheLatestOfThat()
    {
        AttributeFact shoe = AttributeFact.Of(AttributeId.Of("shoe"), AttributeValue.Of(38), Dates(1));
        AttributeFact hat = AttributeFact.Of(AttributeId.Of("hat"), AttributeValue.Of(56), Dates(2));
        Assert.Equal(shoe, Ada(shoe, hat).Attribute(shoe.Attribute, AsOf.At(Day(3))));
        Assert.Null(Ada(shoe, hat).Attribute(AttributeId.Of("Shoe"), AsOf.At(Day(3))));
    }

    [Fact]
    public void Keys_OfBelievedFacts_EachOnce()
    {
        ContactPoint mail = ContactPoint.Email("Ada@Example.org", Dates(1));
        Customer ada = Ada(
            mail, mail with { Text = " ada@example.org " }, ContactPoint.Phone("1", Dates(1, retracted: 2)), ContactPoint.Phone("2", Dates(1, until: 2)), _name,
            ExternalId.Of(SourceId.Of("shop"), "4711", Dates(1)), new Membership { Programme = ProgrammeId.Of("club"), Number = "7", Dates = Dates(1) },
            new Membership { Programme = ProgrammeId.Of("club"), Dates = Dates(1) });
        Assert.Equal(
            [CustomerKey.Email("ada@example.org"), CustomerKey.Phone("2"), CustomerKey.External(SourceId.Of("shop"), "4711"), CustomerKey.Member(ProgrammeId.Of("club"), "7")], ada.Keys);
    }

    [Fact]
    public void NamedCustomers_OfEveryKindThatNames_EachOnceRetractedToo()
    {
        Customer ada = Ada(
            new Referral { By = CustomerId.Of("1"), Dates = Dates(1, retracted: 2) }, new Relation { To = CustomerId.Of("2"), Kind = RelationKind.Other, Dates = Dates(1) },
            new AccountMove { System = Source, Account = "7", To = CustomerId.Of("3"), Dates = Dates(1) }, new Referral { By = CustomerId.Of("2"), Dates = Dates(1) }, _name);
        Assert.Equal(["1", "2", "3"], ada.NamedCustomers.Select(id => id.ToString()));
        Customer without = ada.WithoutMentionOf(CustomerId.Of("2"));
        Assert.Equal(["1", "3"], without.NamedCustomers.Select(id => id.ToString()));
        Assert.Equal(3, without.Facts.Count);
        Assert.Same(ada, ada.WithoutMentionOf(CustomerId.Of("9")));
    }

    [Fact]
    public void WithoutMentionOf_None_LeavesEverything() => Assert.Equal(Ada(_name), Ada(_name).WithoutMentionOf(CustomerId.None));

    [Fact]
    public void Continues_AStateThatKeepsAll_AndNoOther()
    {
        Customer ada = Ada(_name);
        CustomerName other = CustomerName.Of("other", Dates(1));
        Assert.True(ada.Continues(ada));
        Assert.True(ada.With(other).Continues(ada));
        Assert.True(ada.Retract(_name, Day(3)).Continues(ada));
        Assert.True(ada.End(_name, Day(2), Day(3)).Continues(ada));
        Assert.True((ada with { Kind = CustomerKind.Household }).Continues(ada));
        Assert.False(ada.Continues(ada.With(other)));
        Assert.False(ada.Continues(ada.Retract(_name, Day(3))));
        Assert.False(Ada(other, _name).Continues(ada));
        Assert.False(Ada(other).Continues(ada));
        Assert.False(Customer.Person(CustomerId.Of("eve")).With(_name).Continues(ada));
        Assert.False(ada.Retract(_name, Day(4)).Continues(ada.Retract(_name, Day(3))));
    }
}
