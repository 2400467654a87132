using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;
using static Crm.Core.Tests.Benefits.MarketCases;

namespace Crm.Core.Tests.Benefits;

// Examples worked by hand, the condition that holds at an analytic optimum, an exhaustive search over all prices as oracle, and properties.
public sealed class MarketPriceSweepTests
{
    // Express wins the families while 6 − p > 2, and the firms while 6 − p > −1: against plus, which stands before it, it must lead.
    [Fact]
    public void SweepPrice_FirstChoice_FindsTheLastPriceBeforeAStep()
    {
        PriceCurve curve = ByHand().SweepPrice(Express, Prices(8, 3, 5, 3));
        Assert.Equal(Prices(3, 5, 8), curve.Points.Select(point => point.Price));
        Assert.Equal([1085, 385, 0], curve.Points.Select(point => point.FirstChoice.Customers));
        Assert.Equal(Prices(1085, 3 * 385, 0).Cast<Money?>(), curve.Points.Select(point => point.FirstChoice.Margin));
        Assert.Equal((Usd(3.99m), Usd(1.99m * 1085)), (curve.FirstChoiceOptimum!.Price, curve.FirstChoiceOptimum.Margin));
        Assert.Equal((Usd(6.99m), Usd((4.99m * 385) + 2100)), (curve.FirstChoiceRangeOptimum!.Price, curve.FirstChoiceRangeOptimum.Margin));
        Assert.False(curve.FirstChoiceOptimum.IsAtEnd);
        Assert.Equal(0.01m, curve.PriceUnit);
    }

    // At the optimum of one logit offer against buying nothing, the derivative share · (1 − (p − c)(w_C / s)(1 − share)) is 0.
    [Theory]
    [InlineData(1.5, 2, 0, 1)]
    [InlineData(0.25, 1, 1.5, 1)]
    [InlineData(3, 0.5, -4, 1)]
    [InlineData(5, 2, 0, 10)]
    public void SweepPrice_OneOfferAndBuyingNothing_MeetsTheConditionOfTheOptimum(double costWeight, double scale, double outside, int amountPerUnit)
    {
        var book = WeightBook.Of(BenefitWeights.Of(1, 0, 0, costWeight, 0)).With(new FactorScales { Cost = FactorScale.Money(Currency.Usd, amountPerUnit) });
        Market market = Market.Of(
            book,
            [OfferOf(Basic, 5, 1.25m, new() { Utility = 9, Cost = 6 })],
            new Dictionary<SegmentId, int> { [SegmentId.None] = 1000 },
            new() { LogitScale = scale, OutsideBenefit = outside });
        PriceOptimum optimum = market.SweepPrice(Basic, Prices(0.000000m, 5, 10, 20, 40)).Optimum!;
        Assert.False(optimum.IsAtEnd);
        Near.Absolute(
            scale / (costWeight / amountPerUnit * (1 - optimum.Point.Logit.Share)), (double)(optimum.Price.Amount - 1.25m), 1e-5 * amountPerUnit);
    }

    // All 601 prices of whole cents. A margin has one peak here.
    [Fact]
    public void SweepPrice_AgainstEveryPrice_FindsTheBest()
    {
        Market market = ByHand(0);
        PriceCurve all = market.SweepPrice(Express, Enumerable.Range(200, 601).Select(cents => Usd(cents / 100m)));
        PriceCurve few = market.SweepPrice(Express, Prices(2, 4, 6, 8));
        Assert.Equal(all.Points.MaxBy(point => point.Logit.Margin!.Value.Amount)!.Price, few.Optimum!.Price);
        Assert.Equal(all.Points.MaxBy(point => point.LogitRangeMargin!.Value.Amount)!.Price, few.RangeOptimum!.Price);
        Assert.Equal(all.Points.MaxBy(point => point.FirstChoice.Margin!.Value.Amount)!.Price, few.FirstChoiceOptimum!.Price);
        Assert.Equal(all.Points.MaxBy(point => point.FirstChoiceRangeMargin!.Value.Amount)!.Price, few.FirstChoiceRangeOptimum!.Price);
    }

    [Fact]
    public void SweepPrice_FirstChoiceOfAnyMarket_IsTheBestOfEveryPrice() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        OfferId offer = market.Offers[^1].Offer.Id;
        decimal low = Math.Max(market.Offers[^1].Offer.Price!.Value.Amount - 2, 0);
        PriceCurve ends = market.SweepPrice(offer, Prices(low, low + 5));
        PriceCurve all = market.SweepPrice(
            offer, Enumerable.Range(0, 501).Select(cents => ends.Points[0].Price + Usd(cents / 100m)));
        PricePoint own = all.Points.MaxBy(point => point.FirstChoice.Margin!.Value.Amount)!;
        PricePoint range = all.Points.MaxBy(point => point.FirstChoiceRangeMargin!.Value.Amount)!;
        Assert.Equal((own.Price, own.FirstChoice.Margin), (ends.FirstChoiceOptimum!.Price, ends.FirstChoiceOptimum.Margin));
        Assert.Equal((range.Price, range.FirstChoiceRangeMargin), (ends.FirstChoiceRangeOptimum!.Price, ends.FirstChoiceRangeOptimum.Margin));
    }, 40);

    // Everyone takes the basic offer up to 20, and plus, of which the company has 20, from the next cent on, at whatever price of the basic one.
    [Fact]
    public void SweepPrice_FirstChoiceOfAnOfferThatEarnsLess_LeavesItAtTheFirstPriceAfterTheStep()
    {
        PriceCurve curve = Rivals().SweepPrice(Basic, Prices(10, 100));
        Assert.Equal((Usd(20.01m), Usd(2000), false), (curve.FirstChoiceRangeOptimum!.Price, curve.FirstChoiceRangeOptimum.Margin, curve.FirstChoiceRangeOptimum.IsAtEnd));
        Assert.Equal((Usd(20), Usd(1100), false), (curve.FirstChoiceOptimum!.Price, curve.FirstChoiceOptimum.Margin, curve.FirstChoiceOptimum.IsAtEnd));
        PriceCurve dear = Rivals().WithOffer(OfferOf(Basic, 10, 50, new() { Utility = 30, Cost = 10 })).SweepPrice(Basic, Prices(10, 100));
        Assert.Equal((Usd(20.01m), Usd(0)), (dear.FirstChoiceOptimum!.Price, dear.FirstChoiceOptimum.Margin));
    }

    // The share of the basic offer fades until its margin is below the digits of an amount; from there on every price earns the same.
    [Fact]
    public void SweepPrice_LogitThatIsLevelFromSomePriceOn_TakesTheLowestOfThem()
    {
        PriceCurve all = Rivals().SweepPrice(Basic, Enumerable.Range(1000, 3001).Select(cents => Usd(cents / 100m)));
        PriceCurve ends = Rivals().SweepPrice(Basic, Prices(10, 40));
        Assert.Equal(all.Points.MaxBy(point => point.LogitRangeMargin!.Value.Amount)!.Price, ends.RangeOptimum!.Price);
        Assert.InRange(ends.RangeOptimum.Price.Amount, 20.01m, 30);
        Assert.False(ends.RangeOptimum.IsAtEnd);
    }

    [Fact]
    public void SweepPrice_OfAnyMarket_IsAtLeastAsGoodAsEveryPoint() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        OfferId offer = market.Offers[0].Offer.Id;
        PriceCurve curve = market.SweepPrice(offer, Prices(0, 2.5m, 7, 20));
        foreach (PricePoint point in curve.Points)
        {
            Assert.True(curve.Optimum!.Margin >= point.Logit.Margin!.Value);
            Assert.True(curve.RangeOptimum!.Margin >= point.LogitRangeMargin!.Value);
            Assert.True(curve.FirstChoiceOptimum!.Margin >= point.FirstChoice.Margin!.Value);
            Assert.True(curve.FirstChoiceRangeOptimum!.Margin >= point.FirstChoiceRangeMargin!.Value);
        }

        foreach (PricePoint point in curve.Points.Append(curve.Optimum!.Point))
        {
            SegmentShares total = market.WithPrice(offer, point.Price).Shares.Total;
            Assert.Equal((total[offer].FirstChoice, total[offer].Logit), (point.FirstChoice, point.Logit));
            Assert.Equal((total.FirstChoiceMargin, total.LogitMargin), (point.FirstChoiceRangeMargin, point.LogitRangeMargin));
        }
    }, 60);

    [Fact]
    public void SweepPrice_OfAnyMarket_OptimumUnderLogitIsNoWorseThanThePricesNextToIt() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        OfferId offer = market.Offers[0].Offer.Id;
        PriceCurve curve = market.SweepPrice(offer, Prices(0, 2.5m, 7, 20));
        foreach (decimal step in (decimal[])[-0.01m, 0.01m])
        {
            AssertNoBetter(curve.Optimum!, step, shares => shares[offer].Logit.Margin!.Value);
            AssertNoBetter(curve.RangeOptimum!, step, shares => shares.LogitMargin!.Value);
        }

        void AssertNoBetter(PriceOptimum optimum, decimal step, Func<SegmentShares, Money> marginOf)
        {
            Money price = Money.Of(Math.Clamp(optimum.Price.Amount + step, 0, 20), Currency.Usd);
            Assert.True(marginOf(market.WithPrice(offer, price).Shares.Total) <= optimum.Margin);
        }
    }, 60);

    [Fact]
    public void SweepPrice_WhereCostHasNoWeight_EndsAtTheHighestPrice()
    {
        PriceOptimum optimum = ByHand().WithWeights(Families, default).WithWeights(Firms, default).SweepPrice(Basic, Prices(2, 4, 9)).Optimum!;
        Assert.True(optimum.IsAtEnd);
        Assert.Equal("9 USD gives 2,893.33 USD, the highest price given: the best price may lie beyond it.", optimum.ToString());
    }

    [Fact]
    public void SweepPrice_WhereEveryPriceEarnsTheSame_TakesTheLowest()
    {
        PriceOptimum optimum = ByHand().WithFactor(Express, BenefitFactor.Utility, -99).SweepPrice(Express, Prices(2.00m, 4)).FirstChoiceOptimum!;
        Assert.Equal("2.00 USD gives 0.00 USD, the lowest price given: the best price may lie below it.", optimum.ToString());
    }

    [Fact]
    public void SweepPrice_OfOnePrice_IsThatPoint()
    {
        PriceCurve curve = ByHand().SweepPrice(Express, Prices(6));
        Assert.Equal((Usd(6), true), (curve.Optimum!.Price, curve.Optimum.IsAtEnd));
        Assert.Equal(ByHand().Shares.Total[Express].Logit, Assert.Single(curve.Points).Logit);
    }

    [Fact]
    public void SweepPrice_UnitCostNotKnown_HasSharesAndNoOptimum()
    {
        Market market = ByHand();
        PriceCurve own = market.WithOffer(OfferOf(Express, 6, null, market.Offers[2].Anywhere.At)).SweepPrice(Express, Prices(5, 6));
        PriceCurve others = market.WithOffer(OfferOf(Basic, null, 1, market.Offers[0].Anywhere.At)).SweepPrice(Express, Prices(5, 6));
        Assert.Equal((null, null, null, null), (own.Optimum, own.RangeOptimum, own.FirstChoiceOptimum, own.FirstChoiceRangeOptimum));
        Assert.Equal((null, null), (others.RangeOptimum, others.FirstChoiceRangeOptimum));
        Assert.NotNull(others.Optimum);
        Assert.Equal(market.Shares.Total[Express].Logit.Share, own.Points[1].Logit.Share);
        Assert.Contains("Best margin of the offer by logit: not known, since a price or a unit cost is not.", own.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void SweepPrice_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => ByHand().SweepPrice(Express, Prices(1, 2), new CancellationToken(canceled: true)));

    [Fact]
    public void SweepPrice_AmountsWithoutRoomForDecimals_Ends()
    {
        Market market = Market.Of(
            WeightBook.Of(BenefitWeights.Of(0, 0, 0, 1e-27, 0)),
            [OfferOf(Basic, 1, 1, new() { Cost = 1 })],
            new Dictionary<SegmentId, int> { [SegmentId.None] = 1 },
            new() { OutsideBenefit = -2 });
        PriceCurve curve = market.SweepPrice(Basic, Prices(1, 9e27m));
        Near.Relative(2e27, (double)curve.FirstChoiceOptimum!.Price.Amount, 1e-14);
        Assert.False(curve.Optimum!.IsAtEnd);
    }

    [Fact]
    public void SweepPrice_Words_AreATableWithTheOptima()
    {
        string[] words = ByHand().SweepPrice(Express, Prices(3, 5, 8)).ToString().ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("Offer 'express'", words[0]);
        Assert.Equal("             5 USD        35.5 %   41.9 %               1,365.00 USD         3,045.00 USD", words[3]);
        Assert.Equal("Best margin of the offer by first choice: 3.99 USD gives 2,159.15 USD.", words[7]);
    }

    private static Market Rivals() => Market.Of(
        WeightBook.Of(BenefitWeights.Of(1, 0, 0, 1, 0)),
        [OfferOf(Basic, 10, 9, new() { Utility = 30, Cost = 10 }), OfferOf(Plus, 20, 0, new() { Utility = 30, Cost = 20 })],
        new Dictionary<SegmentId, int> { [SegmentId.None] = 100 },
        new() { LogitScale = 0.1 });
}
