using Crm.Core.Benefits;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

/// <summary>Markets for tests: the one worked by hand, and generated ones with small whole numbers, so that ties come up.</summary>
internal static class MarketCases
{
    internal static readonly OfferId Basic = OfferId.Of("basic");
    internal static readonly OfferId Plus = OfferId.Of("plus");
    internal static readonly OfferId Express = OfferId.Of("express");
    internal static readonly SegmentId Families = SegmentId.Of("families");
    internal static readonly SegmentId Firms = SegmentId.Of("firms");

    /// <summary>
    /// Families weigh utility and cost, firms time as well. The benefits to families are 1, 2 and 0, to firms −2, −1 and 0; on a scale of
    /// 1 / ln 2 a unit of benefit doubles the odds: families choose as 2 : 4 : 1, firms as 1 : 2 : 4.
    /// </summary>
    internal static Market ByHand(double? outside = null) => Market.Of(
        WeightBook.Of(
            BenefitWeights.Of(1, 0, 0, 1, 0),
            SegmentWeights.Of(Families, BenefitWeights.Of(1, 0, 0, 1, 0)),
            SegmentWeights.Of(Firms, BenefitWeights.Of(1, 0, 0, 1, 3))),
        [
            OfferOf(Basic, price: 3, unitCost: 1, new() { Utility = 4, Cost = 3, Time = 1 }),
            OfferOf(Plus, price: 5, unitCost: 2, new() { Utility = 7, Cost = 5, Time = 1 }),
            OfferOf(Express, price: 6, unitCost: 2, new() { Utility = 6, Cost = 6, Time = 0 }),
        ],
        new Dictionary<SegmentId, int> { [Families] = 700, [Firms] = 385 },
        new() { LogitScale = 1 / Math.Log(2), OutsideBenefit = outside });

    internal static OfferFactors OfferOf(OfferId id, decimal? price, decimal? unitCost, BenefitFactors factors) =>
        OfferFactors.Of(new() { Id = id, Price = price is { } asked ? Usd(asked) : null, UnitCost = unitCost is { } spent ? Usd(spent) : null }, factors);

    internal static Money Usd(decimal amount) => Money.Of(amount, Currency.Usd);

    internal static Money[] Prices(params decimal[] amounts) => Array.ConvertAll(amounts, Usd);

    /// <summary>
    /// Up to 4 segments, one of them without weights of its own, up to 5 offers whose cost is their price or more, and as often as not the
    /// choice of buying nothing.
    /// </summary>
    internal static Gen<Market> Any =>
        from segments in Gen.Choose(1, 4)
        from offers in Gen.Choose(1, 5)
        from weights in Gen.Choose(0, 4).ListOf(5 * segments)
        from factors in Gen.Choose(-8, 8).ListOf(5 * offers)
        from dollars in Gen.Choose(0, 8).ListOf(2 * offers)
        from counts in Gen.Choose(0, 1000).ListOf(segments)
        from quarters in Gen.Choose(1, 20)
        from outside in Gen.Choose(-5, 5)
        select Made(weights, factors, dollars, counts, new() { LogitScale = quarters / 4.0, OutsideBenefit = outside < 0 ? null : outside });

    private static Market Made(List<int> weights, List<int> factors, List<int> dollars, List<int> counts, MarketOptions options)
    {
        var customers = counts.Select((count, place) => KeyValuePair.Create(place == counts.Count - 1 ? SegmentId.None : SegmentOf(place), place == 0 ? count + 1 : count));
        BenefitWeights Weights(int place) => BenefitWeights.Of(
            weights[5 * place], weights[(5 * place) + 1], weights[(5 * place) + 2], weights[(5 * place) + 3], weights[(5 * place) + 4]);
        var book = WeightBook.Of(Weights(counts.Count - 1), Enumerable.Range(0, counts.Count - 1).Select(place => SegmentWeights.Of(SegmentOf(place), Weights(place))));
        var offers = Enumerable.Range(0, factors.Count / 5).Select(place => OfferOf(
            OfferId.Of($"offer {(char)('a' + place)}"),
            price: dollars[2 * place],
            unitCost: dollars[(2 * place) + 1] + 0.25m,
            new()
            {
                Utility = factors[5 * place],
                Brand = factors[(5 * place) + 1],
                Relationship = factors[(5 * place) + 2],
                Cost = dollars[2 * place] + Math.Abs(factors[(5 * place) + 3] / 2),
                Time = factors[(5 * place) + 4],
            }));
        return Market.Of(book, offers, customers, options);
    }

    private static SegmentId SegmentOf(int place) => SegmentId.Of($"segment {(char)('a' + place)}");
}
