using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Tests.Customers;

public sealed class ConsentOfAllChannelsTests
{
    private static readonly FactDates _dates = FactDates.Of(SourceId.Of("web"), Instant.FromUtc(2026, 1, 1, 0, 0));
    private static readonly AsOf _now = AsOf.At(Instant.FromUtc(2026, 2, 1, 0, 0));

    [Fact]
    public void Consent_OfAllChannelsWhereOneRefuses_IsNo()
    {
        Customer ada = Customer.Person(CustomerId.Of("42")).With(
            new ConsentRecord { Purpose = ConsentPurpose.Marketing, Decision = ConsentDecision.Given, How = "box", Dates = _dates },
            new ConsentRecord { Purpose = ConsentPurpose.Marketing, Channel = Channel.Email, Decision = ConsentDecision.Refused, How = "link", Dates = _dates with { RecordedAt = Instant.FromUtc(2026, 1, 2, 0, 0) } });
        Assert.True(ada.Consent(ConsentPurpose.Marketing, Channel.Phone, _now).IsGiven);
        Assert.False(ada.Consent(ConsentPurpose.Marketing, Channel.Email, _now).IsGiven);
        Assert.False(ada.Consent(ConsentPurpose.Marketing, Channel.None, _now).IsGiven);
        Assert.Equal(Channel.Email, ada.Consent(ConsentPurpose.Marketing, Channel.None, _now).DecidedBy!.Channel);
    }

    [Fact]
    public void Keys_OfANationalNumberWithItsCountry_AreBothWaysOfDialling()
    {
        Customer ada = Customer.Person(CustomerId.Of("42")).With(ContactPoint.Phone("020 7946 0958", _dates, "44"), ContactPoint.Phone("+44 20 7946 0000", _dates, "44"));
        Assert.Equal(
            [CustomerKey.Phone("+442079460958"), CustomerKey.Phone("02079460958"), CustomerKey.Phone("+442079460000")], ada.Keys);
    }

    [Fact]
    public void Key_OfAMember_IsNoKeyOfASystemOfThatName() =>
        Assert.NotEqual(CustomerKey.External(SourceId.Of("club"), "7"), CustomerKey.Member(ProgrammeId.Of("club"), "7"));
}
