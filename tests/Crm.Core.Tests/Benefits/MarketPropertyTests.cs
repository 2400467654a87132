using Crm.Core.Benefits;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Properties over generated markets, and a slow oracle: the formulas written out, the logit share as 1 / Σ e^((b_k − b_j) / s).
public sealed class MarketPropertyTests
{
    [Fact]
    public void Shares_OfAnyMarket_AreThoseOfTheOracle() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        foreach (SegmentShares segment in market.Shares.Segments)
        {
            double[] benefits = SlowBenefits(market, segment.Segment!.Value);
            OfferShares[] alternatives = Alternatives(segment);
            int best = Array.IndexOf(benefits, benefits.Max());
            for (int place = 0; place < benefits.Length; place++)
            {
                double share = 1 / benefits.Sum(other => Math.Exp((other - benefits[place]) / market.Options.LogitScale));
                Near.Relative(share, alternatives[place].Logit.Share, 1e-13);
                Near.Relative(share * segment.Customers, alternatives[place].Logit.Customers, 1e-13);
                Assert.Equal(place == best ? 1 : 0, alternatives[place].FirstChoice.Share);
            }
        }
    });

    [Fact]
    public void Shares_OfAnyMarket_SumToOne() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        foreach (SegmentShares segment in market.Shares.Segments.Append(market.Shares.Total))
        {
            Assert.Equal(segment.Customers, Alternatives(segment).Sum(offer => offer.FirstChoice.Customers));
            Near.Absolute(1, Alternatives(segment).Sum(offer => offer.FirstChoice.Share), 1e-12);
            Near.Absolute(1, Alternatives(segment).Sum(offer => offer.Logit.Share), 1e-12);
        }
    });

    [Fact]
    public void Margins_OfAnyMarket_AreTheSumOverSegmentsAndOverOffers() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        SegmentShares total = market.Shares.Total;
        Assert.Equal(total.FirstChoiceMargin!.Value.Amount, market.Shares.Segments.Sum(segment => segment.FirstChoiceMargin!.Value.Amount));
        Assert.Equal(total.LogitMargin!.Value.Amount, market.Shares.Segments.Sum(segment => segment.LogitMargin!.Value.Amount));
        Assert.Equal(total.LogitMargin!.Value.Amount, total.Offers.Sum(offer => offer.Logit.Margin!.Value.Amount));
        foreach (var (place, offer) in total.Offers.Index())
        {
            decimal margin = market.Offers[place].Offer.Margin!.Value.Amount;
            Assert.Equal(margin * (decimal)offer.FirstChoice.Customers, offer.FirstChoice.Margin!.Value.Amount);
            Near.Absolute((double)margin * offer.Logit.Customers, (double)offer.Logit.Margin!.Value.Amount, 1e-9);
        }
    });

    [Fact]
    public void WithFactor_CostOrTimeRaised_NeverRaisesTheShare() => FixedSeed.ForAll(MarketCases.Any.Zip(Gen.Choose(1, 9)), pair =>
    {
        Market before = pair.Item1;
        OfferId offer = before.Offers[pair.Item2 % before.Offers.Count].Offer.Id;
        BenefitFactor factor = pair.Item2 % 2 == 0 ? BenefitFactor.Cost : BenefitFactor.Time;
        double old = before.Offers[pair.Item2 % before.Offers.Count].Anywhere.At[factor];
        MarketShift shift = before.WithFactor(offer, factor, old + pair.Item2).Shares.Against(before.Shares);
        foreach (SegmentShift segment in shift.Segments.Append(shift.Total))
        {
            Assert.True(segment[offer].FirstChoiceShareChange <= 0);
            Assert.True(segment[offer].LogitShareChange <= 1e-15);
        }
    });

    [Fact]
    public void Shares_WeightsAndScaleTimesAPowerOfTwo_AreTheSameToTheBit() => FixedSeed.ForAll(MarketCases.Any.Zip(Gen.Choose(-30, 30)), pair =>
    {
        var (market, power) = pair;
        double Times(double number) => Math.ScaleB(number, power);
        BenefitWeights Scaled(BenefitWeights weights) => BenefitWeights.Of(
            Times(weights.Utility), Times(weights.Brand), Times(weights.Relationship), Times(weights.Cost), Times(weights.Time));
        var book = WeightBook.Of(Scaled(market.Book.Default), market.Book.Segments.Select(segment => SegmentWeights.Of(segment, Scaled(market.Book[segment]))));
        var options = new MarketOptions
        {
            LogitScale = Times(market.Options.LogitScale),
            OutsideBenefit = market.Options.OutsideBenefit is { } outside ? Times(outside) : null,
        };
        AssertSame(market.Shares, Market.Of(book, market.Offers, Customers(market), options).Shares);
    });

    [Fact]
    public void Shares_SegmentsInAnotherOrder_AreTheSameToTheBit() => FixedSeed.ForAll(MarketCases.Any, market =>
        AssertSame(market.Shares, Market.Of(market.Book, market.Offers, Customers(market).Reverse(), market.Options).Shares));

    [Fact]
    public void Against_AChangeToWhatIs_IsExactlyZero() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        OfferFactors first = market.Offers[0];
        Market same = market
            .WithFactor(first.Offer.Id, BenefitFactor.Time, first.Anywhere.At.Time)
            .WithPrice(first.Offer.Id, first.Offer.Price!.Value)
            .WithOffer(first)
            .WithWeights(SegmentId.None, market.Book.Default);
        MarketShift shift = same.Shares.Against(market.Shares);
        Assert.Equal("Nothing changes.", shift.ToString());
        foreach (SegmentShift segment in shift.Segments.Append(shift.Total))
        {
            Assert.Equal((0m, 0m), (segment.FirstChoiceMarginChange!.Value.Amount, segment.LogitMarginChange!.Value.Amount));
            Assert.All(segment.Offers, offer => Assert.Equal((0, 0), (offer.FirstChoiceShareChange, offer.LogitShareChange)));
            Assert.All(segment.Offers, offer => Assert.Equal((0m, 0m), (offer.FirstChoiceMarginChange!.Value.Amount, offer.LogitMarginChange!.Value.Amount)));
        }
    });

    [Fact]
    public void Against_ThereAndBack_HasOppositeSigns() => FixedSeed.ForAll(MarketCases.Any, market =>
    {
        Market other = market.WithFactor(market.Offers[^1].Offer.Id, BenefitFactor.Brand, 3);
        MarketShift there = other.Shares.Against(market.Shares);
        MarketShift back = market.Shares.Against(other.Shares);
        Assert.Equal(there.Total.Offers.Select(offer => -offer.LogitShareChange), back.Total.Offers.Select(offer => offer.LogitShareChange));
        Assert.Equal(-there.Total.LogitMarginChange!.Value, back.Total.LogitMarginChange!.Value);
    });

    private static double[] SlowBenefits(Market market, SegmentId segment)
    {
        BenefitWeights weights = market.Book.Knows(segment) ? market.Book[segment] : market.Book.Default;
        var offers = market.Offers.Select(offer => offer.Anywhere.At).Select(factors =>
            (weights.Utility * factors.Utility) + (weights.Brand * factors.Brand) + (weights.Relationship * factors.Relationship)
            - (weights.Cost * factors.Cost) - (weights.Time * factors.Time));
        return market.Options.OutsideBenefit is { } outside ? [.. offers, outside] : [.. offers];
    }

    private static OfferShares[] Alternatives(SegmentShares segment) =>
        segment.BuyingNothing is { } nothing ? [.. segment.Offers, nothing] : [.. segment.Offers];

    private static IEnumerable<KeyValuePair<SegmentId, int>> Customers(Market market) =>
        market.Shares.Segments.Select(segment => KeyValuePair.Create(segment.Segment!.Value, (int)segment.Customers));

    private static void AssertSame(MarketShares expected, MarketShares actual)
    {
        foreach (var (left, right) in expected.Segments.Append(expected.Total).Zip(actual.Segments.Append(actual.Total)))
        {
            Assert.Equal((left.Segment, left.Customers), (right.Segment, right.Customers));
            Assert.Equal(Alternatives(left), Alternatives(right));
        }
    }
}
