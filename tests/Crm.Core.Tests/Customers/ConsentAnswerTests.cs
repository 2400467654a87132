using Crm.Core.Customers;
using static Crm.Core.Tests.Customers.Facts;

namespace Crm.Core.Tests.Customers;

public sealed class ConsentAnswerTests
{
    [Fact]
    public void Consent_NobodyAsked_IsNotGiven()
    {
        ConsentAnswer answer = Ask(Ada(), Channel.Email, 9);
        Assert.Equal(new(false, null, null), answer);
        Assert.Equal("not given: nobody has asked", answer.ToString());
    }

    [Fact]
    public void Consent_Given_HoldsFromThatMomentOnThroughThatChannel()
    {
        Customer ada = Ada(Consent(ConsentDecision.Given, Dates(3), Channel.Email));
        Assert.True(Ask(ada, Channel.Email, 3).IsGiven);
        Assert.Equal("given at 2026-03-04T00:00:00Z, by crm", Ask(ada, Channel.Email, 3).ToString());
        Assert.False(Ask(ada, Channel.Email, 2).IsGiven);
        Assert.False(Ask(ada, Channel.Phone, 3).IsGiven);
        Assert.False(Ask(ada, Channel.None, 3).IsGiven);
        Assert.False(ada.Consent(ConsentPurpose.Service, Channel.Email, AsOf.At(Day(3))).IsGiven);
    }

    [Fact]
    public void Consent_GivenForAllChannels_HoldsForEach() => Assert.True(Ask(Ada(Consent(ConsentDecision.Given, Dates(3))), Channel.Phone, 3).IsGiven);

    [Fact]
    public void Consent_OfTwoDecisions_IsTheOneEffectiveLastWhateverItsChannel()
    {
        Customer ada = Ada(Consent(ConsentDecision.Given, Dates(3), Channel.Email), Consent(ConsentDecision.Refused, Dates(5)), Consent(ConsentDecision.Given, Dates(7), Channel.Email));
        Assert.True(Ask(ada, Channel.Email, 4).IsGiven);
        Assert.False(Ask(ada, Channel.Email, 5).IsGiven);
        Assert.Equal("refused at 2026-03-06T00:00:00Z, by crm", Ask(ada, Channel.Email, 5).ToString());
        Assert.True(Ask(ada, Channel.Email, 7).IsGiven);
        Assert.False(Ask(ada, Channel.Phone, 7).IsGiven);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Consent_OfTwoDecisionsOfOneMoment_IsTheRefusal(bool refusalFirst)
    {
        ConsentRecord[] both = [Consent(ConsentDecision.Refused, Dates(3)), Consent(ConsentDecision.Given, Dates(3))];
        Assert.False(Ask(Ada(refusalFirst ? both : [both[1], both[0]]), Channel.Email, 4).IsGiven);
    }

    [Fact]
    public void Consent_ToldLate_HoldsFromWhenItWasGivenAndIsKnownLater()
    {
        Customer ada = Ada(Consent(ConsentDecision.Refused, Dates(8, from: 2)));
        Assert.Null(Ask(ada, Channel.Email, 7).DecidedBy);
        Assert.Equal(ConsentDecision.Refused, ada.Consent(ConsentPurpose.Marketing, Channel.Email, AsOf.Hindsight(Day(2))).DecidedBy!.Decision);
    }

    [Fact]
    public void Consent_ThatRanOut_IsNoneAndSaysWhen()
    {
        Customer ada = Ada(Consent(ConsentDecision.Given, Dates(1), Channel.Email), Consent(ConsentDecision.Given, Dates(3, from: 3, until: 6)));
        Assert.True(Ask(ada, Channel.Email, 5).IsGiven);
        ConsentAnswer answer = Ask(ada, Channel.Email, 6);
        Assert.Equal((false, Day(6)), (answer.IsGiven, answer.ExpiredAt));
        Assert.Equal("not given: it ran out at 2026-03-07T00:00:00Z", answer.ToString());
    }

    [Fact]
    public void Consent_RefusalWithAnEnd_DoesNotBecomeAConsent()
    {
        ConsentAnswer answer = Ask(Ada(Consent(ConsentDecision.Refused, Dates(3, from: 3, until: 6))), Channel.Email, 9);
        Assert.Equal((false, null), (answer.IsGiven, answer.ExpiredAt));
    }

    private static ConsentAnswer Ask(Customer customer, Channel channel, int day) => customer.Consent(ConsentPurpose.Marketing, channel, AsOf.At(Day(day)));
}
