namespace Crm.Core.Tests;

// Examples: the ids that are like CustomerId, all by one set of rules.
public sealed class IdTests
{
    public static TheoryData<string, Func<string, object>, object> Kinds => new()
    {
        { "product id", text => ProductId.Of(text), ProductId.None },
        { "purchase id", text => PurchaseId.Of(text), PurchaseId.None },
        { "segment id", text => SegmentId.Of(text), SegmentId.None },
        { "offer id", text => OfferId.Of(text), OfferId.None },
        { "campaign id", text => CampaignId.Of(text), CampaignId.None },
        { "channel", text => Channel.Of(text), Channel.None },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_Text_KeepsItAndEqualsItsLike(string kind, Func<string, object> of, object none)
    {
        Assert.Equal(kind, of(kind).ToString());
        Assert.Equal(of(kind), of(kind));
        Assert.NotEqual(of(kind), of(kind.ToUpperInvariant()));
        Assert.NotEqual(none, of(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_TooLong_IsRefusedByItsLength(string kind, Func<string, object> of, object none)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => of(new string('x', 129)));
        Assert.Equal("text", refusal.ParamName);
        Assert.Contains($"A {kind} has 1 to 128 characters; this one has 129.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("(none)", none.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_Empty_IsRefused(string kind, Func<string, object> of, object none)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => of(""));
        Assert.Contains($"A {kind} has 1 to 128 characters; this one has 0.", refusal.Message, StringComparison.Ordinal);
        Assert.NotNull(none);
    }

    [Fact]
    public void TryOf_EmptyText_GivesNoneOfEachKind()
    {
        Assert.False(ProductId.TryOf("", out var product) || product != default);
        Assert.False(PurchaseId.TryOf("", out var purchase) || purchase != default);
        Assert.False(CampaignId.TryOf(null, out var campaign) || campaign != default);
        Assert.False(Channel.TryOf(null, out var channel) || channel != default);
    }

    [Theory]
    [InlineData("web-shop")]
    [InlineData("store")]
    [InlineData("phone")]
    [InlineData("e-mail")]
    [InlineData("direct-mail")]
    [InlineData("partner")]
    public void Of_NameOfAUsualChannel_EqualsIt(string name) => Assert.Contains(
        Channel.Of(name), new[] { Channel.WebShop, Channel.Store, Channel.Phone, Channel.Email, Channel.DirectMail, Channel.Partner });
}
