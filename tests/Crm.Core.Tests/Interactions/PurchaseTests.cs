using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Tests.Interactions;

// Examples of the documentation.
public sealed class PurchaseTests
{
    private static readonly CustomerId _customer = CustomerId.Of("1");
    private static readonly Instant _at = Instant.FromUtc(1997, 9, 30, 12, 0);

    [Fact]
    public void Of_NegativeAmount_IsRefused()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Purchase.Of(_customer, _at, Money.Of(-0.01m, "USD")));
        Assert.Contains("A purchase has an amount of 0 or more", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("PurchaseReturn", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_NegativeAmount_IsRefused()
    {
        Purchase purchase = Purchase.Of(_customer, _at, Money.Of(1, "USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => purchase with { Amount = Money.Of(-1, "USD") });
    }

    [Fact]
    public void Of_Zero_IsAPurchase() => Assert.Equal(0, Purchase.Of(_customer, _at, Money.Of(0, "USD")).Amount.Amount);

    [Fact]
    public void Of_DateTimeOffset_IsTheSameMoment()
    {
        var local = new DateTimeOffset(1997, 9, 30, 23, 30, 0, TimeSpan.FromHours(-4));
        Assert.Equal(Instant.FromUtc(1997, 10, 1, 3, 30), Purchase.Of(_customer, local, default).At);
        Assert.Equal(Instant.FromUtc(1997, 10, 1, 3, 30), PurchaseReturn.Of(_customer, local, Money.Of(1, "USD")).At);
    }

    [Fact]
    public void Of_NothingElse_LeavesTheRestAbsent()
    {
        Purchase purchase = Purchase.Of(_customer, _at, Money.Of(1, "USD"));
        Assert.Equal((PurchaseId.None, Channel.None, ProductId.None, CampaignId.None, CustomerId.None),
            (purchase.Id, purchase.Channel, purchase.Product, purchase.Campaign, purchase.ReferredBy));
        Assert.Null(purchase.Discount ?? purchase.Cost);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void PurchaseReturn_AmountNotAboveZero_IsRefused(int amount)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => PurchaseReturn.Of(_customer, _at, Money.Of(amount, "USD")));
        Assert.Contains("gives back an amount above 0. Pass it without a minus sign.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PurchaseReturn_NothingElse_NamesNoPurchase() =>
        Assert.Equal(PurchaseId.None, PurchaseReturn.Of(_customer, _at, Money.Of(1, "USD")).Purchase);
}
