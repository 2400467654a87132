using Crm.Core.Benefits;
using Crm.Core.Offers;
using static Crm.Core.Tests.Benefits.MarketCases;

namespace Crm.Core.Tests.Benefits;

// Examples of what is refused: by name of the parameter, of the offer and of the segment, all faults of one input together.
public sealed class MarketFaultsTests
{
    private static readonly WeightBook _book = WeightBook.Of(BenefitWeights.Of(1, 1, 1, 1, 1), SegmentWeights.Of(Firms, BenefitWeights.Of(1e300, 1, 1, 1, 1)));
    private static readonly OfferFactors _basic = OfferOf(Basic, 3, 1, new() { Cost = 3 });
    private static readonly KeyValuePair<SegmentId, int>[] _customers = [KeyValuePair.Create(Firms, 2)];

    [Fact]
    public void Of_OffersAtFault_NamesAllOfThem()
    {
        OfferFactors[] offers =
        [
            _basic,
            OfferOf(OfferId.None, 1, 1, new() { Utility = double.NaN, Time = double.PositiveInfinity }),
            OfferOf(Basic, 3e28m, -3e28m, new() { Utility = 1e10 }),
        ];
        var refused = Assert.Throws<RowFaultsException>(() => Market.Of(_book, offers, _customers));
        Assert.Equal("offers", refused.ParamName);
        Assert.Equal(
            [
                "row 1, offer: found none, expected the id of an offer",
                "row 1, utility: found nothing (NaN), expected a finite number, or a scale that says what stands in for a missing one",
                "row 1, time: found Infinity, expected a finite number",
                "row 2, offer: found 'basic' again, as in row 0, expected each offer once",
                "row 2, margin: found 30000000000000000000000000000 USD less -30000000000000000000000000000 USD, expected at most 5E+27, so that the margin of all customers is an amount",
                "row 2, benefit: found Infinity to segment 'firms', expected factors and weights of ordinary size",
            ],
            refused.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Of_CustomersAtFault_NamesAllOfThem()
    {
        var refused = Assert.Throws<RowFaultsException>(() => Market.Of(
            _book, [_basic], [.. _customers, KeyValuePair.Create(Families, -1), KeyValuePair.Create(Firms, 2)]));
        Assert.Equal("customers", refused.ParamName);
        Assert.Equal(
            ["row 1, customers: found -1, expected a whole number, 0 or more", "row 2, segment: found 'firms' again, as in row 0, expected each segment once"],
            refused.Faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Of_NoOffersOrNoCustomers_IsRefused()
    {
        AssertRefused("offers", "there are none", () => Market.Of(_book, [], _customers));
        AssertRefused("customers", "there are none", () => Market.Of(_book, [_basic], []));
        AssertRefused("customers", "there are none", () => Market.Of(_book, [_basic], [KeyValuePair.Create(Firms, 0)]));
        AssertRefused("offer", "there are none", () => Market.Of(_book, [_basic], _customers).Without(Basic));
    }

    [Fact]
    public void Of_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("book", () => Market.Of(null!, [_basic], _customers));
        Assert.Throws<ArgumentNullException>("offers", () => Market.Of(_book, null!, _customers));
        Assert.Throws<ArgumentNullException>("offers", () => Market.Of(_book, [null!], _customers));
        Assert.Throws<ArgumentNullException>("customers", () => Market.Of(_book, [_basic], null!));
        Assert.Throws<ArgumentNullException>("offer", () => ByHand().WithOffer(null!));
        Assert.Throws<ArgumentNullException>("before", () => ByHand().Shares.Against(null!));
        Assert.Throws<ArgumentNullException>("prices", () => ByHand().SweepPrice(Basic, null!));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LogitScale_NotAboveZero_IsRefused(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>("LogitScale", () => new MarketOptions { LogitScale = scale });

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void OutsideBenefit_NotFinite_IsRefused(double benefit) =>
        Assert.Throws<ArgumentOutOfRangeException>("OutsideBenefit", () => new MarketOptions { OutsideBenefit = benefit });

    [Fact]
    public void Changes_OfAnUnknownOffer_NameItAndThoseThereAre()
    {
        Market market = ByHand();
        OfferId unknown = OfferId.Of("bsic");
        Action[] changes =
        [
            () => market.WithFactor(unknown, BenefitFactor.Cost, 1),
            () => market.WithPrice(unknown, Usd(1)),
            () => market.Without(unknown),
            () => market.SweepPrice(unknown, Prices(1)),
        ];
        Assert.All(changes, change => AssertRefused("offer", "The market has no offer 'bsic'. It has 'basic', 'plus', 'express'.", change));
        Assert.Throws<KeyNotFoundException>(() => market.Shares.Total[unknown]);
        Assert.Throws<KeyNotFoundException>(() => market.Shares[SegmentId.Of("firm")]);
        Assert.Throws<KeyNotFoundException>(() => market.Shares.Against(market.Shares)[SegmentId.Of("firm")]);
        Assert.Throws<KeyNotFoundException>(() => market.Shares.Against(market.Shares).Total[unknown]);
        Assert.Throws<ArgumentException>("segment", () => market.WithWeights(SegmentId.Of("firm"), default));
    }

    [Fact]
    public void Currencies_Mixed_AreNamed()
    {
        Market market = ByHand();
        Money euros = Money.Of(1, Currency.Eur);
        OfferFactors inEuros = OfferFactors.Of(new Offer { Id = Plus, Price = euros }, default(BenefitFactors));
        Action[] mixes =
        [
            () => market.WithPrice(Basic, euros),
            () => market.WithOffer(inEuros),
            () => market.SweepPrice(Basic, [Usd(1), euros]),
            () => Market.Of(WeightBook.Of(default), [_basic, inEuros], _customers),
            () => Market.Of(WeightBook.Of(default), [OfferFactors.Of(new Offer { Id = Plus, Price = Usd(1), UnitCost = euros }, default(BenefitFactors))], _customers),
            () => Market.Of(WeightBook.Of(default), [inEuros], market.Shares.Segments.Select(segment => KeyValuePair.Create(segment.Segment!.Value, 1)))
                .Shares.Against(market.Shares),
        ];
        foreach (Action mix in mixes)
        {
            string message = Assert.Throws<CurrencyMismatchException>(mix).Message;
            Assert.Contains("USD", message, StringComparison.Ordinal);
            Assert.Contains("EUR", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_ScaleOfCostInAnotherCurrency_IsRefused()
    {
        WeightBook inEuros = WeightBook.Of(default).With(new FactorScales { Cost = FactorScale.Money(Currency.Eur) });
        Assert.Equal(Currency.Eur, Assert.Throws<CurrencyMismatchException>(() => Market.Of(inEuros, [_basic], _customers)).Expected);
    }

    // Nobody has named the currency of the scale: it takes amounts of any, and the market is in that of its prices.
    [Fact]
    public void Of_ScaleOfCostWithoutACurrency_MixesWithPrices()
    {
        WeightBook unnamed = WeightBook.Of(BenefitWeights.Of(1, 1, 1, 1, 1)).With(new FactorScales { Cost = FactorScale.Money(Currency.None, 10) });
        Market market = Market.Of(unnamed, [_basic], _customers, new() { OutsideBenefit = -9 });
        Assert.Equal(Usd(4), market.Shares.Total.FirstChoiceMargin);
        Assert.Equal(Usd(0), market.Shares.Total.BuyingNothing!.Logit.Margin);
        Assert.Equal(Usd(2), market.WithPrice(Basic, Usd(2)).Shares.Total.FirstChoiceMargin);
        OfferFactors inEuros = OfferFactors.Of(new Offer { Id = Plus, Price = Money.Of(1, Currency.Eur) }, default(BenefitFactors));
        Assert.Throws<CurrencyMismatchException>(() => market.WithOffer(inEuros));
        Assert.Null(Market.Of(unnamed, [OfferOf(Plus, null, null, default)], _customers, new() { OutsideBenefit = 0 }).Shares.Total.BuyingNothing!.Logit.Margin);
    }

    [Fact]
    public void WithPrice_NothingToMove_SaysWhatIsMissing()
    {
        WeightBook book = WeightBook.Of(default).With(new FactorScales { Cost = FactorScale.Identity.WithMissing(2) });
        Market market = Market.Of(
            book, [OfferOf(Basic, null, 1, default), OfferOf(Plus, 2, 1, new() { Cost = double.NaN })], _customers);
        AssertRefused("offer", "Offer 'basic' has no price", () => market.WithPrice(Basic, Usd(1)));
        AssertRefused("offer", "The cost of offer 'plus' is missing", () => market.WithPrice(Plus, Usd(1)));
        AssertRefused("offer", "Offer 'basic' has no price", () => market.SweepPrice(Basic, Prices(1)));
    }

    // Cost in tens: 1 stands for 10, and a price of 1 would take 9 from it.
    [Fact]
    public void WithPrice_CostThatIsNotInMoney_IsRefused()
    {
        Market tens = Market.Of(WeightBook.Of(default), [OfferOf(Basic, 10, 1, new() { Cost = 1 })], _customers);
        const string said = "the cost of offer 'basic' would fall from 1 to -8 at a price of 1 USD";
        AssertRefused("price", said, () => tens.WithPrice(Basic, Usd(1)));
        AssertRefused("prices", said, () => tens.SweepPrice(Basic, Prices(9.5m, 1)));
        Assert.Equal(0.5, tens.WithPrice(Basic, Usd(9.5m)).Offers[0].Anywhere.At.Cost);
    }

    // What counts is the channel of the market. What was below 0 may go on to be, and a price below 0 is a cost below 0;
    // 0.3 - 0.4 + 0.1 is 3e-17 below 0 in binary.
    [Fact]
    public void WithPrice_CostOfTheMarketsChannel_Decides()
    {
        OfferFactors offer = OfferOf(Basic, 10, 1, new() { Cost = 10 }).With(Channel.Store, new() { Before = new() { Cost = -0.5 }, At = new() { Cost = 1 } });
        Market At(Channel channel) => Market.Of(WeightBook.Of(default), [offer], _customers, new() { Channel = channel });
        Assert.Equal(1, At(Channel.None).WithPrice(Basic, Usd(1)).Offers[0].Anywhere.At.Cost);
        AssertRefused("price", "would fall from 0.5 to -8.5", () => At(Channel.Store).WithPrice(Basic, Usd(1)));
        Assert.Equal(-11, ByHand().WithFactor(Basic, BenefitFactor.Cost, -10).WithPrice(Basic, Usd(2)).Offers[0].Anywhere.At.Cost);
        Assert.Equal(-1, ByHand().WithPrice(Basic, Usd(-1)).Offers[0].Anywhere.At.Cost);
        AssertRefused("price", "would fall from 2 to -2", () => ByHand().WithFactor(Basic, BenefitFactor.Cost, 2).WithPrice(Basic, Usd(-1)));
        Market voucher = ByHand().WithOffer(OfferOf(Basic, 0.4m, 0, new() { Cost = 0.3 }));
        Assert.InRange(voucher.WithPrice(Basic, Usd(0.1m)).Offers[0].Anywhere.At.Cost, -1e-15, -1e-18);
    }

    [Fact]
    public void WithFactor_Nonsense_IsRefused()
    {
        Market market = ByHand();
        Assert.Throws<RowFaultsException>("value", () => market.WithFactor(Basic, BenefitFactor.Time, double.NaN));
        Assert.Throws<RowFaultsException>("value", () => market.WithFactor(Basic, BenefitFactor.Time, double.NegativeInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => market.WithFactor(Basic, (BenefitFactor)5, 1));
        Assert.Throws<ArgumentOutOfRangeException>("moment", () => market.WithFactor(Basic, BenefitFactor.Time, 1, (BuyingMoment)3));
        Assert.Throws<RowFaultsException>("weights", () =>
            market.WithFactor(Basic, BenefitFactor.Brand, 1e10).WithWeights(Firms, BenefitWeights.Of(0, 1e300, 0, 0, 0)));
    }

    [Fact]
    public void SweepPrice_NoPrices_IsRefused() => AssertRefused("prices", "there are none", () => ByHand().SweepPrice(Basic, []));

    [Fact]
    public void SweepPrice_BeyondTheRangeOfMargins_NamesTheOffer()
    {
        var refused = Assert.Throws<RowFaultsException>("prices", () => ByHand().SweepPrice(Plus, Prices(1, 7e27m)));
        Assert.Equal((1, "margin"), (refused.Faults[0].Row, refused.Faults[0].Column));
    }

    [Fact]
    public void Against_OtherSegments_NamesTheOneThatIsAlone()
    {
        Market other = Market.Of(ByHand().Book, ByHand().Offers, _customers);
        AssertRefused("before", "Segment 'families' is in one market only", () => other.Shares.Against(ByHand().Shares));
        AssertRefused("before", "Segment 'families' is in one market only", () => ByHand().Shares.Against(other.Shares));
    }

    private static void AssertRefused(string name, string said, Action action)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Equal(name, refused.ParamName);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
