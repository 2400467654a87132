using Crm.Core.Offers;

namespace Crm.Core.Tests.Offers;

// Examples of the documentation.
public sealed class OfferTests
{
    private static readonly Offer _offer = new() { Id = OfferId.Of("o1"), Price = Money.Of(39m, "EUR"), UnitCost = Money.Of(21.5m, "EUR") };

    [Fact]
    public void Margin_OfPriceAndCost_IsTheDifference()
    {
        Assert.Equal(Money.Of(17.5m, "EUR"), _offer.Margin);
        Assert.Null((_offer with { UnitCost = null }).Margin);
        Assert.Throws<CurrencyMismatchException>(() => (_offer with { UnitCost = Money.Of(1m, "USD") }).Margin);
    }

    [Fact]
    public void Name_NotGiven_IsTheId()
    {
        Assert.Equal("o1", _offer.Name);
        Assert.Equal("Novel", (_offer with { Name = "Novel" }).Name);
    }

    [Fact]
    public void Available_Negative_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => _offer with { Available = -1 });
}
