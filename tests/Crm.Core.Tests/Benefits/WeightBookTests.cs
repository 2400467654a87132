using Crm.Core.Benefits;
using Crm.Core.Offers;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Benefits;

// Examples of the documentation, and a property that saving keeps every bit.
public sealed class WeightBookTests
{
    private static readonly BenefitWeights _default = BenefitWeights.Of(utility: 1, brand: 2, relationship: 3, cost: 4, time: 5);
    private static readonly SegmentId _business = SegmentId.Of("business");
    private static readonly SegmentId _large = SegmentId.Of("large");
    private static readonly SegmentId _students = SegmentId.Of("students");

    // A child may stand before its parent.
    private static readonly WeightBook _book = WeightBook.Of(
        _default,
        new SegmentWeights { Segment = _large, Parent = _business, Time = 9 },
        new SegmentWeights { Segment = _business, Utility = 7, Cost = 0 },
        SegmentWeights.Of(_students, BenefitWeights.PriceLed));

    [Fact]
    public void Weights_NotStated_AreTakenOverFromTheParent()
    {
        Assert.Equal(BenefitWeights.Of(7, 2, 3, 0, 9), _book[_large]);
        Assert.Equal(BenefitWeights.Of(7, 2, 3, 0, 5), _book[_business]);
        Assert.Equal(BenefitWeights.PriceLed, _book[_students]);
    }

    [Fact]
    public void Weights_OfUnknownSegments_AreTheDefault()
    {
        Assert.Equal(_default, _book[SegmentId.None]);
        Assert.Equal(_default, _book[SegmentId.Of("nobody")]);
        Assert.False(_book.Knows(SegmentId.Of("nobody")));
        Assert.Equal([0, 1, 2, 3, 3], new[] { _large, _business, _students, SegmentId.None, SegmentId.Of("nobody") }.Select(_book.IndexOf));
        Assert.Equal(4, _book.Count);
    }

    [Fact]
    public void Deciding_SeveralSegments_IsTheDeepestThenTheFirst()
    {
        Assert.Equal(_large, _book.Deciding([_business, _large, _students]));
        Assert.Equal(_large, _book.Deciding([_large, _business]));
        Assert.Equal(_business, _book.Deciding([_students, _business]));
        Assert.Equal(_students, _book.Deciding([SegmentId.Of("nobody"), _students]));
        Assert.Equal(SegmentId.None, _book.Deciding([SegmentId.Of("nobody")]));
        Assert.Equal(SegmentId.None, _book.Deciding([]));
    }

    [Fact]
    public void Of_EverythingWrong_IsNamedTogether()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => WeightBook.Of(
            _default,
            new SegmentWeights { Segment = SegmentId.Of("a"), Parent = SegmentId.Of("b") },
            new SegmentWeights { Segment = SegmentId.Of("b"), Parent = SegmentId.Of("a"), Cost = -1 },
            new SegmentWeights { Segment = SegmentId.Of("b"), Time = double.NaN },
            new SegmentWeights { Segment = SegmentId.None },
            new SegmentWeights { Segment = SegmentId.Of("c"), Parent = SegmentId.Of("nobody") },
            new SegmentWeights { Segment = SegmentId.Of("d"), Parent = SegmentId.Of("d") }));
        Assert.Equal("segments", refusal.ParamName);
        Assert.Equal(
            [(0L, "parent"), (1, "parent"), (1, "cost"), (2, "segment"), (2, "time"), (3, "segment"), (4, "parent"), (5, "parent")],
            refusal.Faults.Select(fault => (fault.Row, fault.Column)));
    }

    // A chain as long as the book, the last child first.
    [Fact]
    public void Of_ALongChain_IsResolved()
    {
        const int length = 60_000;
        WeightBook book = WeightBook.Of(_default, Enumerable.Range(1, length).Reverse().Select(place => new SegmentWeights
        {
            Segment = SegmentId.Of($"s{place}"),
            Parent = place == 1 ? SegmentId.None : SegmentId.Of($"s{place - 1}"),
            Time = place == 1 ? 77 : null,
        }));
        Assert.Equal(_default.With(BenefitFactor.Time, 77), book[SegmentId.Of($"s{length}")]);
        Assert.Equal(SegmentId.Of($"s{length}"), book.Deciding([SegmentId.Of("s9"), SegmentId.Of($"s{length}"), SegmentId.Of("s10")]));
    }

    [Fact]
    public void Of_ALoopWithATail_NamesTheLoopAlone()
    {
        SegmentWeights Of(string segment, string parent) => new() { Segment = SegmentId.Of(segment), Parent = SegmentId.Of(parent) };
        var refusal = Assert.Throws<RowFaultsException>(() => WeightBook.Of(_default, Of("tail", "a"), Of("a", "b"), Of("b", "c"), Of("c", "a")));
        Assert.Equal([1L, 2, 3], refusal.Faults.Select(fault => fault.Row));
    }

    [Fact]
    public void ToJson_AnIdThatJsonCannotHold_IsRefused() => Assert.Throws<InvalidOperationException>(() =>
        WeightBook.Of(_default, new SegmentWeights { Segment = SegmentId.Of("half \uD83D a pair") }).ToJson());

    [Fact]
    public void FromJson_ManyFaults_SaysHowManyMore()
    {
        string segments = string.Join(", ", Enumerable.Range(0, 30).Select(place => $$"""{"segment": "s{{place}}", "parent": "nobody"}"""));
        var refusal = Assert.Throws<FormatException>(() => WeightBook.FromJson(
            $$"""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "segments": [{{segments}}]}"""));
        Assert.Contains("segments[19].parent is 'nobody', expected a segment of the book, or none, and 10 more.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_OtherWeightsOfASegment_ChangesItAndWhatTakesOver()
    {
        WeightBook changed = _book.With(_business, BenefitWeights.RelationshipLed);
        Assert.Equal(BenefitWeights.RelationshipLed, changed[_business]);
        Assert.Equal(BenefitWeights.RelationshipLed.With(BenefitFactor.Time, 9), changed[_large]);
        Assert.Equal(BenefitWeights.PriceLed, _book.With(SegmentId.None, BenefitWeights.PriceLed).Default);
        Assert.Throws<ArgumentException>(() => _book.With(SegmentId.Of("nobody"), _default));
    }

    [Fact]
    public void Ratios_WithScales_AreInTheUnitsOfTheFactors()
    {
        // One point of utility counts 1/50, a hundred euros of cost count 1, an hour is 1/4.
        WeightBook book = WeightBook.Of(BenefitWeights.Of(utility: 2, brand: 1, relationship: 1, cost: 4, time: 1)).With(
            new FactorScales { Utility = FactorScale.LinearRange(0, 50), Cost = FactorScale.Money(Currency.Eur, 100), Time = FactorScale.LinearRange(0, 4) });
        Assert.Equal(2 / 50.0 / (4 / 100.0), book.WillingnessToPay(SegmentId.None, BenefitFactor.Utility)!.Value, 12);
        Assert.Equal(1 / 4.0 / (4 / 100.0), book.ValueOfTime(SegmentId.None)!.Value, 12);
        Assert.Null(_book.ValueOfTime(_business));
        Assert.Throws<ArgumentOutOfRangeException>(() => book.WillingnessToPay(SegmentId.None, BenefitFactor.Cost));
    }

    [Fact]
    public void Score_AnOffer_GoesByItsChannelAndAllItsMoments()
    {
        var web = Channel.WebShop;
        OfferFactors novel = OfferFactors
            .Of(new Offer { Id = OfferId.Of("novel") }, new MomentFactors
            {
                Before = new() { Time = 1 },
                At = new() { Utility = 20, Cost = 2 },
                After = new() { Utility = 5, Cost = 1 },
            })
            .With(web, MomentFactors.Of(new() { Utility = 20, Cost = 3 }));
        Assert.Equal(25 - (4 * 3) - 5, _book.Score(SegmentId.None, novel, Channel.Store).Value);
        Assert.Equal(20 - (4 * 3), _book.Score(SegmentId.None, novel, web).Value);
        Assert.Equal([web], novel.Channels);
        Assert.Equal(novel.Anywhere, novel.Through(Channel.None));
        Assert.Equal(new BenefitFactors { Utility = 5, Cost = 1 }, novel.Anywhere[BuyingMoment.After]);
        Assert.Throws<ArgumentOutOfRangeException>(() => novel.Anywhere[(BuyingMoment)3]);
    }

    [Fact]
    public void Rank_Offers_StandByScoreThenInTheirOrder()
    {
        OfferFactors Of(string id, double utility, double cost) =>
            OfferFactors.Of(new Offer { Id = OfferId.Of(id) }, new BenefitFactors { Utility = utility, Cost = cost });
        IReadOnlyList<RankedOffer> ranking = _book.Rank(SegmentId.None, [Of("a", 4, 1), Of("b", 20, 3), Of("c", 8, 0), Of("d", 12, 1)]);
        Assert.Equal(["1. b: 8", "2. c: 8", "3. d: 8", "4. a: 0"], ranking.Select(offer => offer.ToString()));
        Assert.Equal([0.0, 0, 8], ranking.Take(3).Select(offer => offer.Explain().Lead!.Value));
        Assert.Null(ranking[3].Explain().Lead);
        Assert.Empty(_book.Rank(SegmentId.None, []));
        Assert.Throws<ArgumentNullException>(() => _book.Rank(SegmentId.None, [null!]));
    }

    // Property: what is read back is what was written, to the bit.
    [Fact]
    public void Json_ReadBack_KeepsEveryBit() => FixedSeed.ForAll(Gen.Choose(0, int.MaxValue), seed =>
    {
        var random = new Random(seed);
        FactorScales scales = new()
        {
            Utility = FactorScale.LinearRange(-random.NextDouble(), random.NextDouble()),
            Brand = FactorScale.FitStandardScore([random.NextDouble(), random.NextDouble(), 3]),
            Cost = FactorScale.Money(Currency.Usd, (decimal)random.NextDouble() + 0.1m).WithMissing(random.NextDouble()),
            Time = FactorScale.Identity.WithMissing(random.NextDouble()),
        };
        WeightBook book = new ScoredRows(0, 5, seed, scales).Book;
        WeightBook read = WeightBook.FromJson(book.ToJson());
        Assert.Equal(book.Entries, read.Entries);
        Assert.Equal(book.Default, read.Default);
        Assert.Equal(book.Scales, read.Scales);
        Assert.Equal(book.ToJson(), read.ToJson());
        WeightBook inherited = WeightBook.FromJson(_book.ToJson());
        Assert.Equal(_book.Entries, inherited.Entries);
    });

    [Fact]
    public void FromJson_WrittenByHand_NeedsNoMoreThanItSays()
    {
        WeightBook book = WeightBook.FromJson(
            """
            {
              // what a customer weighs
              "schema": 1,
              "default": { "utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5 },
              "scales": { "utility": { "kind": "linearRange", "low": 10, "high": 30 }, "cost": { "kind": "money", "currency": "EUR", "step": 100 } },
              "segments": [ { "segment": "students", "cost": 8 }, ],
            }
            """);
        Assert.Equal(_default.With(BenefitFactor.Cost, 8), book[_students]);
        Assert.Equal(FactorScale.LinearRange(10, 30), book.Scales.Utility);
        Assert.Equal(FactorScale.Money(Currency.Eur, 100), book.Scales.Cost);
    }

    [Theory]
    [InlineData("", "no JSON of a weight book: at line 1")]
    [InlineData("null", "empty")]
    [InlineData("[]", "no JSON of a weight book")]
    [InlineData("{}", "no schema")]
    [InlineData("""{"schema": 2}""", "schema 2; this version reads schema 1")]
    [InlineData("""{"schema": 1}""", "default is missing")]
    [InlineData("""{"schema": 1, "defualt": {}}""", "no JSON of a weight book")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": -2, "relationship": 3, "time": 5}}""", "default.brand is -2, expected a finite number, 0 or more; default.cost is missing")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "segments": [null, {"segment": ""}, {"segment": "a", "parent": ""}]}""", "segments[0] is null; segments[1].segment is not 1 to 128 characters; segments[2].parent is not 1 to 128 characters")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "segments": [{"segment": "a", "parent": "b"}]}""", "segments[0].parent is 'b', expected a segment of the book, or none")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "scales": {"cost": {"kind": "linearRange", "low": 3, "high": 3}}}""", "scales.cost is no scale")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "scales": {"cost": {"kind": "money", "currency": "EURO"}}}""", "scales.cost is no scale")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "cost": 99, "time": 5}}""", "no JSON of a weight book: at line 1")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "scales": {"cost": {"kind": 2, "origin": 5, "step": 2}}}""", "no JSON of a weight book: at line 1")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "scales": {"cost": {"kind": "standardScore"}}}""", "scales.cost is no scale")]
    [InlineData("""{"schema": 1, "default": {"utility": 1, "brand": 2, "relationship": 3, "cost": 4, "time": 5}, "scales": {"cost": {"kind": "roundabout"}}}""", "no JSON of a weight book: at line 1")]
    public void FromJson_NoBook_SaysWhatIsWrong(string json, string words)
    {
        var refusal = Assert.Throws<FormatException>(() => WeightBook.FromJson(json));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
