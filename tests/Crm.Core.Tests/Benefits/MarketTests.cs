using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using static Crm.Core.Tests.Benefits.MarketCases;

namespace Crm.Core.Tests.Benefits;

// A market worked by hand (the ratios stand with it), and examples of each rule: ties, buying nothing, channels, missing margins.
public sealed class MarketTests
{
    private const double Bound = 1e-14;

    [Fact]
    public void Shares_WorkedByHand_OfEachSegment()
    {
        MarketShares shares = ByHand().Shares;
        AssertSegment(shares[Families], 700, firstChoice: [0, 700, 0], logit: [200, 400, 100]);
        AssertSegment(shares[Firms], 385, firstChoice: [0, 0, 385], logit: [55, 110, 220]);
        AssertSegment(shares.Total, 1085, firstChoice: [0, 700, 385], logit: [255, 510, 320]);
        Assert.Null(shares.Total.BuyingNothing);
        Assert.Empty(shares.OffersWithoutMargin);
    }

    // Margins of one: 2, 3 and 4.
    [Fact]
    public void Shares_WorkedByHand_Earn()
    {
        MarketShares shares = ByHand().Shares;
        Assert.Equal(Usd((700 * 3) + (385 * 4)), shares.Total.FirstChoiceMargin);
        Assert.Equal(Usd(700 * 3), shares[Families].FirstChoiceMargin);
        AssertMoney((255 * 2) + (510 * 3) + (320 * 4), shares.Total.LogitMargin);
        AssertMoney((55 * 2) + (110 * 3) + (220 * 4), shares[Firms].LogitMargin);
        AssertMoney(320 * 4, shares.Total[Express].Logit.Margin);
    }

    // Express at 5: families choose as 2 : 4 : 2, firms as 1 : 2 : 8; its margin is 3.
    [Fact]
    public void WithPrice_WorkedByHand_MovesSharesAndMargins()
    {
        Market before = ByHand();
        MarketShift shift = before.WithPrice(Express, Usd(5)).Shares.Against(before.Shares);
        AssertSegment(shift[Families].After, 700, firstChoice: [0, 700, 0], logit: [175, 350, 175]);
        AssertSegment(shift[Firms].After, 385, firstChoice: [0, 0, 385], logit: [35, 70, 280]);
        Near.Relative((455 - 320) / 1085.0, shift.Total[Express].LogitShareChange, 1e-13);
        Assert.Equal(0, shift.Total[Express].FirstChoiceShareChange);
        AssertMoney((455 * 3) - (320 * 4), shift.Total[Express].LogitMarginChange);
        AssertMoney((210 * 2) + (420 * 3) + (455 * 3) - 3320, shift.Total.LogitMarginChange);
        Assert.Equal(Usd(-385), shift.Total.FirstChoiceMarginChange);
        Assert.Equal(Usd(0), shift[Families].FirstChoiceMarginChange);
    }

    [Fact]
    public void WithPrice_CostBeyondThePrice_MovesByTheDifferenceThroughEveryChannel()
    {
        OfferFactors offer = OfferOf(Basic, 3, 1, new() { Cost = 4.5 }).With(Channel.Store, new() { Before = new() { Cost = 2 }, At = new() { Cost = 3 } });
        Market market = Market.Of(WeightBook.Of(default), [offer], new Dictionary<SegmentId, int> { [SegmentId.None] = 1 });
        OfferFactors changed = market.WithPrice(Basic, Usd(3.25m)).Offers[0];
        Assert.Equal(4.75, changed.Anywhere.Total.Cost);
        Assert.Equal(3.25, changed.Through(Channel.Store).At.Cost);
        Assert.Equal(2, changed.Through(Channel.Store).Before.Cost);
        Assert.Equal(Usd(2.25m), changed.Offer.Margin);
    }

    // A quicker basic gains 3 with the firms, who then choose as 8 : 2 : 4.
    [Fact]
    public void WithFactor_Time_CountsWhereTimeIsWeighed()
    {
        MarketShares shares = ByHand().WithFactor(Basic, BenefitFactor.Time, 0).Shares;
        Assert.Equal(385, shares[Firms][Basic].FirstChoice.Customers);
        Near.Relative(8 / 14.0, shares[Firms][Basic].Logit.Share, Bound);
        Near.Relative(200, shares[Families][Basic].Logit.Customers, Bound);
        Assert.Equal(Usd(2), ByHand().WithFactor(Basic, BenefitFactor.Cost, 9).Offers[0].Offer.Margin);
    }

    [Fact]
    public void WithFactor_AtAnotherMoment_AddsUp()
    {
        Market market = ByHand().WithFactor(Basic, BenefitFactor.Time, 2, BuyingMoment.After);
        Assert.Equal(3, market.Offers[0].Anywhere.Total.Time);
    }

    [Fact]
    public void WithFactor_ThroughTheChannelOfTheMarket_LeavesTheOthers()
    {
        OfferFactors offer = OfferOf(Basic, 3, 1, new() { Time = 1 }).With(Channel.Store, MomentFactors.Of(new() { Time = 5 }));
        Market Of(Channel channel) => Market.Of(
            WeightBook.Of(default), [offer], new Dictionary<SegmentId, int> { [SegmentId.None] = 1 }, new() { Channel = channel });
        OfferFactors inStore = Of(Channel.Store).WithFactor(Basic, BenefitFactor.Time, 4).Offers[0];
        OfferFactors elsewhere = Of(Channel.Phone).WithFactor(Basic, BenefitFactor.Time, 0).Offers[0];
        Assert.Equal((1, 4), (inStore.Anywhere.At.Time, inStore.Through(Channel.Store).At.Time));
        Assert.Equal((0, 5), (elsewhere.Through(Channel.Phone).At.Time, elsewhere.Through(Channel.Store).At.Time));
    }

    [Fact]
    public void WithWeights_OfASegment_MovesThatSegmentOnly()
    {
        Market before = ByHand();
        MarketShift shift = before.WithWeights(Families, before.Book[Firms]).Shares.Against(before.Shares);
        Assert.Equal(700, shift[Families][Express].After.FirstChoice.Customers);
        Near.Relative(3 / 7.0, shift[Families][Express].LogitShareChange, 1e-13);
        Assert.All(shift[Firms].Offers, offer => Assert.Equal(0, offer.LogitShareChange));
    }

    // Without plus, families choose as 2 : 1.
    [Fact]
    public void Without_AnOffer_GivesItsCustomersToTheOthers()
    {
        Market before = ByHand();
        Market after = before.Without(Plus);
        MarketShift shift = after.Shares.Against(before.Shares);
        Assert.Equal(700, after.Shares[Families][Basic].FirstChoice.Customers);
        Near.Relative(1 / 3.0, after.Shares[Families][Express].Logit.Share, Bound);
        Assert.Equal([Basic, Express, Plus], shift.Total.Offers.Select(offer => offer.Offer));
        Assert.Equal(Usd(-2100), shift.Total[Plus].FirstChoiceMarginChange);
    }

    [Fact]
    public void WithOffer_OfAKnownId_TakesItsPlace_AndANewOneTheLast()
    {
        Market market = ByHand()
            .WithOffer(OfferOf(Basic, 1, 1, new() { Utility = 9 }))
            .WithOffer(OfferOf(OfferId.Of("new"), 1, 1, default));
        Assert.Equal(["basic", "plus", "express", "new"], market.Offers.Select(offer => offer.Offer.Id.ToString()));
        Assert.Equal(1085, market.Shares.Total[Basic].FirstChoice.Customers);
    }

    [Fact]
    public void FirstChoice_OfEquallyGoodOffers_IsTheFirst()
    {
        Market market = ByHand().WithFactor(Basic, BenefitFactor.Utility, 5);
        Assert.Equal(700, market.Shares[Families][Basic].FirstChoice.Customers);
        Assert.Equal(market.Shares[Families][Basic].Logit.Share, market.Shares[Families][Plus].Logit.Share);
    }

    [Theory]
    [InlineData(2, 700)]
    [InlineData(2.0000001, 0)]
    public void FirstChoice_AsGoodAsBuyingNothing_IsBought(double outside, double bought)
    {
        SegmentShares families = ByHand(outside).Shares[Families];
        Assert.Equal(bought, families[Plus].FirstChoice.Customers);
        Assert.Equal(700 - bought, families.BuyingNothing!.FirstChoice.Customers);
    }

    // Buying nothing at 0 is to firms as good as express: 1 : 2 : 4 : 4.
    [Fact]
    public void Shares_WithBuyingNothing_TakeFromAll()
    {
        SegmentShares firms = ByHand(0).Shares[Firms];
        Near.Relative(4 / 11.0, firms.BuyingNothing!.Logit.Share, Bound);
        Near.Relative(140, firms.BuyingNothing.Logit.Customers, Bound);
        Near.Relative(2 / 11.0, firms[Plus].Logit.Share, Bound);
        Assert.Equal((Usd(0), OfferId.None), (firms.BuyingNothing.Logit.Margin, firms.BuyingNothing.Offer));
    }

    [Fact]
    public void Shares_SegmentTheBookDoesNotKnow_WeighsAsTheDefaultAndStandsBehind()
    {
        Market market = ByHand();
        MarketShares shares = Market.Of(market.Book, market.Offers, [
            KeyValuePair.Create(SegmentId.None, 3),
            KeyValuePair.Create(SegmentId.Of("b"), 1),
            KeyValuePair.Create(SegmentId.Of("a"), 0),
            KeyValuePair.Create(Firms, 2),
        ]).Shares;
        Assert.Equal(["firms", "a", "b", "(none)"], shares.Segments.Select(segment => segment.Segment.ToString()));
        Assert.Equal([0, 1, 0], shares[SegmentId.Of("a")].Offers.Select(offer => offer.FirstChoice.Share));
        Assert.Equal(0, shares[SegmentId.Of("a")][Plus].FirstChoice.Customers);
        Assert.Equal(3, shares[SegmentId.None][Plus].FirstChoice.Customers);
        Assert.Equal(6, shares.Total.Customers);
    }

    [Theory]
    [InlineData(null, 2, "Offer 'plus' has no price.")]
    [InlineData(5, null, "Offer 'plus' has no unit cost.")]
    [InlineData(null, null, "Offer 'plus' has no price and no unit cost.")]
    public void Shares_OfferWithoutMargin_HaveNoneOfItsAndNoneOfAll(int? price, int? unitCost, string said)
    {
        Market market = ByHand();
        MarketShares shares = market.WithOffer(OfferOf(Plus, price, unitCost, market.Offers[1].Anywhere.At)).Shares;
        Assert.Null(shares.Total[Plus].Logit.Margin);
        Assert.Null(shares.Total.FirstChoiceMargin);
        Assert.Null(shares.Against(market.Shares).Total.LogitMarginChange);
        AssertMoney(255 * 2, shares.Total[Basic].Logit.Margin);
        Assert.Equal([Plus], shares.OffersWithoutMargin);
        Assert.Contains(said, shares.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e300, -1e300)]
    [InlineData(1e300, 1e300)]
    [InlineData(double.MaxValue, double.MinValue)]
    public void Shares_OfHugeBenefits_AreFinite(double first, double second)
    {
        Market market = Market.Of(
            WeightBook.Of(BenefitWeights.Of(1, 0, 0, 0, 0)),
            [OfferOf(Basic, 1, 1, new() { Utility = first }), OfferOf(Plus, 1, 1, new() { Utility = second })],
            new Dictionary<SegmentId, int> { [SegmentId.None] = 10 },
            new() { LogitScale = 1e-300 });
        Assert.Equal(first == second ? [0.5, 0.5] : [1, 0], market.Shares.Total.Offers.Select(offer => offer.Logit.Share));
    }

    [Fact]
    public void Against_Words_SayWhatMoved()
    {
        Market before = ByHand();
        string[] words = before.WithPrice(Express, Usd(5)).Shares.Against(before.Shares).ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("All 1,085 customers", words[0]);
        Assert.Contains("  logit share of offer 'express': 29.5 % → 41.9 % (+12.4 points)", words);
        Assert.Contains("  margin of offer 'express' by first choice: 1,540.00 USD → 1,155.00 USD (-385.00 USD)", words);
        Assert.Contains("  margin of all offers by logit: 3,320.00 USD → 3,045.00 USD (-275.00 USD)", words);
        Assert.Contains("700 customers in segment 'families'", words);
        Assert.DoesNotContain(words, line => line.Contains("first choice of", StringComparison.Ordinal));
        Assert.Equal("Nothing changes.", before.Shares.Against(ByHand().Shares).ToString());
    }

    // With buying nothing at 0, families choose as 2 : 4 : 1 : 1 and firms as 1 : 2 : 4 : 4: plus has 350 and 70.
    [Fact]
    public void Shares_Words_AreTables()
    {
        string[] words = ByHand(0).Shares.ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("All 1,085 customers", words[0]);
        Assert.Contains("  plus                 64.5 %   38.7 %               2,100.00 USD               1,260.00 USD", words);
        Assert.Contains(words, line => line.StartsWith("  buying nothing ", StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_CastToWhatTheyMayBe_CannotBeChanged()
    {
        Market market = ByHand();
        MarketShift shift = market.Shares.Against(market.Shares);
        object[] lists =
        [
            market.Offers, market.Shares.Segments, market.Shares.Total.Offers, market.Shares.OffersWithoutMargin, shift.Segments, shift.Total.Offers,
            market.SweepPrice(Basic, Prices(1, 2)).Points,
        ];
        Assert.All(lists, list => Assert.True(((System.Collections.IList)list).IsReadOnly));
    }

    private static void AssertSegment(SegmentShares shares, long customers, double[] firstChoice, double[] logit)
    {
        Assert.Equal(customers, shares.Customers);
        Assert.Equal(firstChoice, shares.Offers.Select(offer => offer.FirstChoice.Customers));
        for (int place = 0; place < logit.Length; place++)
        {
            Near.Relative(logit[place], shares.Offers[place].Logit.Customers, Bound);
            Near.Relative(logit[place] / customers, shares.Offers[place].Logit.Share, Bound);
        }
    }

    private static void AssertMoney(decimal expected, Money? actual)
    {
        Assert.Equal(Currency.Usd, actual!.Value.Currency);
        Near.Relative((double)expected, (double)actual.Value.Amount, 1e-13);
    }
}
