using Crm.Core.Benefits;
using Crm.Core.Offers;

namespace Crm.Core.Tests.Benefits;

// Against the object door, to the bit, and examples of bad input.
public sealed class OfferRankerBookTests
{
    private readonly WeightBook _book = new ScoredRows(0, 4, seed: 1, new() { Cost = FactorScale.Money(Currency.Eur, 7), Brand = FactorScale.Identity.WithMissing(2) }).Book;
    private readonly OfferFactors[] _offers;

    public OfferRankerBookTests() => _offers = [.. Enumerable.Range(0, 30).Select(place => OfferFactors
        .Of(new Offer { Id = OfferId.Of($"o{place}") }, new BenefitFactors { Utility = place % 7, Brand = place % 3 == 0 ? double.NaN : place, Cost = place * 1.3, Time = 1 })
        .With(Channel.Phone, MomentFactors.Of(new() { Relationship = place })))];

    [Fact]
    public void Of_ABook_HasTheBenefitsOfTheObjectDoor()
    {
        foreach (Channel channel in new[] { Channel.None, Channel.Phone })
        {
            OfferRanker ranker = OfferRanker.Of(_book, _offers, channel: channel);
            Assert.Equal((_book.Count, _offers.Length, 0), (ranker.Segments, ranker.Offers, ranker.Affinities));
            for (int segment = 0; segment < _book.Count; segment++)
            {
                SegmentId id = segment < _book.Segments.Count ? _book.Segments[segment] : SegmentId.None;
                double[] benefits = [.. _offers.Select(offer => _book.Score(id, offer, channel).Value)];
                Assert.Equal(benefits, Enumerable.Range(0, _offers.Length).Select(offer => ranker.Benefit(segment, [], offer)));
                var best = new int[3];
                ranker.Rank(new RankInput<double> { Rows = 1, Segments = SegmentColumn.Same(segment) }, new() { Offers = best }, new() { Top = 3 });
                Assert.Equal(Enumerable.Range(0, _offers.Length).OrderByDescending(offer => benefits[offer]).Take(3), best);
            }
        }
    }

    [Fact]
    public void Of_Affinities_AddToTheRelationship()
    {
        OfferRanker ranker = OfferRanker.Of(_book, _offers, [.. Enumerable.Range(0, 60).Select(i => i / 8.0)]);
        double expected = _book.Score(_book.Segments[2], _offers[5]).Value + (_book[_book.Segments[2]].Relationship * ((3 * 10 / 8.0) + (0.5 * 11 / 8.0)));
        Assert.Equal(expected, ranker.Benefit(2, [3, 0.5], 5));
    }

    // Two customers, one of the better offer: it goes to whom it is worth more.
    [Fact]
    public void Rank_OffersThatRunOut_AreLimitedByWhatIsAvailable()
    {
        OfferFactors Of(string id, double utility, int? available) =>
            OfferFactors.Of(new Offer { Id = OfferId.Of(id), Available = available }, new BenefitFactors { Utility = utility });
        WeightBook book = WeightBook.Of(BenefitWeights.PriceLed, SegmentWeights.Of(SegmentId.Of("a"), BenefitWeights.ValueAndTimeLed));
        OfferRanker ranker = OfferRanker.Of(book, [Of("good", 9, 1), Of("none", 20, 0), Of("plenty", 3, null)]);
        var lists = new int[2];
        var input = new RankInput<double> { Segments = new[] { 1, 0 } };
        ranker.Rank(input, new() { Offers = lists, Benefits = new double[2] }, new() { Top = 1 });
        Assert.Equal([2, 0], lists);
        ranker.Rank(input, new() { Offers = lists, Benefits = new double[2] }, new() { Top = 1, Limits = [2, 2, 2] });
        Assert.Equal([1, 1], lists);
    }

    [Fact]
    public void Of_OffersAtFault_AreNamedTogether()
    {
        _offers[3] = OfferFactors.Of(_offers[3].Offer, new BenefitFactors { Utility = double.NaN, Cost = double.PositiveInfinity });
        _offers[7] = OfferFactors.Of(_offers[7].Offer, new BenefitFactors { Time = double.NaN });
        _offers[9] = _offers[8];
        var refusal = Assert.Throws<RowFaultsException>(() => OfferRanker.Of(_book, _offers));
        Assert.Equal([(3L, "utility"), (3, "cost"), (7, "time"), (9, "id")], refusal.Faults.Select(fault => (fault.Row, fault.Column)));
        Assert.Throws<ArgumentNullException>(() => OfferRanker.Of(null!, _offers));
        Assert.Throws<ArgumentOutOfRangeException>(() => OfferRanker.Of(_book, []));
    }
}
