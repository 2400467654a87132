using Crm.Core.Benefits;
using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

// All cells for all numbers of bins; the definitions counted by hand; what is refused.
public sealed class RfmSegmentsTests
{
    // How many of the 125 cells each holds: worked out from the ranges of the documentation.
    private static readonly (string Id, int Cells)[] _cellsByHand =
    [
        ("rfm:champions", 4), ("rfm:loyal", 26), ("rfm:potential-loyalist", 20), ("rfm:new", 5), ("rfm:promising", 5), ("rfm:needs-attention", 6),
        ("rfm:about-to-sleep", 9), ("rfm:at-risk", 22), ("rfm:cannot-lose", 8), ("rfm:hibernating", 10), ("rfm:lost", 10),
    ];

    public static TheoryData<int> Bins => [.. Enumerable.Range(2, 9)];

    [Fact]
    public void Default_Cells_AreThoseOfTheDefinitions()
    {
        Assert.Equal(_cellsByHand, RfmSegments.Default.Rules.Select(rule => (rule.Segment.Id.ToString(), Cells(5).Count(rule.Holds))));
        Assert.Equal(125, _cellsByHand.Sum(segment => segment.Cells));
        Assert.All(RfmSegments.Default.Rules, rule => Assert.False(string.IsNullOrWhiteSpace(rule.Segment.Words)));
    }

    [Theory]
    [InlineData(5, 5, 5, "rfm:champions")]
    [InlineData(5, 5, 1, "rfm:loyal")]
    [InlineData(3, 4, 1, "rfm:loyal")]
    [InlineData(4, 3, 5, "rfm:potential-loyalist")]
    [InlineData(5, 1, 5, "rfm:new")]
    [InlineData(4, 1, 2, "rfm:promising")]
    [InlineData(3, 3, 3, "rfm:needs-attention")]
    [InlineData(3, 2, 1, "rfm:about-to-sleep")]
    [InlineData(2, 3, 5, "rfm:at-risk")]
    [InlineData(1, 5, 5, "rfm:cannot-lose")]
    [InlineData(2, 1, 1, "rfm:hibernating")]
    [InlineData(1, 1, 1, "rfm:lost")]
    public void Default_UsualCustomers_AreCalledAsUsual(int recency, int frequency, int money, string id) =>
        Assert.Equal(id, RfmSegments.Default.SegmentOf(new(recency, frequency, money), RfmScheme.Quintiles).Id.ToString());

    [Theory]
    [MemberData(nameof(Bins))]
    public void SegmentOf_EveryCellOfEveryScheme_IsInOneSegmentAndTheEndsKeepTheirs(int bins)
    {
        foreach (int others in Enumerable.Range(2, 9))
        {
            RfmScheme scheme = RfmScheme.Of(RfmCut.Quantiles(bins), RfmCut.Quantiles(others), RfmCut.NaturalBreaks(bins));
            for (int recency = 1; recency <= bins; recency++)
            {
                for (int frequency = 1; frequency <= others; frequency++)
                {
                    for (int money = 1; money <= bins; money++)
                    {
                        RfmScore fifths = new(Fifth(recency, bins), Fifth(frequency, others), Fifth(money, bins));
                        Assert.Equal(RfmSegments.Default.Rules.Single(rule => rule.Holds(fifths)).Segment, RfmSegments.Default.SegmentOf(new(recency, frequency, money), scheme));
                    }
                }
            }

            Assert.Equal("rfm:champions", RfmSegments.Default.SegmentOf(new(bins, others, bins), scheme).Id.ToString());
            Assert.Equal("rfm:lost", RfmSegments.Default.SegmentOf(new(1, 1, 1), scheme).Id.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Bins))]
    public void Of_TablesOfAnyBins_HoldEveryCell(int bins)
    {
        RfmSegments segments = RfmSegments.Of(bins, Rule("low", new RfmBox(Recency: RfmRange.Of(1, bins - 1))), Rule("high", new RfmBox(Recency: RfmRange.Of(bins))));
        Assert.All(Cells(bins), cell => Assert.Equal(cell.Recency == bins ? "high" : "low", segments.SegmentOf(cell, Scheme(bins)).Id.ToString()));
    }

    [Fact]
    public void Of_CellsInNoneOrTwo_AreAllNamed()
    {
        var refusal = Assert.Throws<ArgumentException>(() => RfmSegments.Of(
            2,
            Rule("a", new RfmBox(Recency: RfmRange.Of(2))),
            Rule("b", new RfmBox(Recency: RfmRange.Of(1), Frequency: RfmRange.Of(2)), new RfmBox(Money: RfmRange.Of(2), Frequency: RfmRange.Of(2)))));
        Assert.Equal("rules", refusal.ParamName);
        Assert.StartsWith(
            "These are no RFM segments: cell 2-2-2 is in a and b; in no segment are the cells 1-1-1, 1-1-2. (", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoTable_IsRefused()
    {
        Assert.Equal("bins", Assert.Throws<ArgumentOutOfRangeException>(() => RfmSegments.Of(1, Rule("a", default(RfmBox)))).ParamName);
        Assert.Contains("there are 0, expected 1 to 255", Assert.Throws<ArgumentException>(() => RfmSegments.Of(5)).Message, StringComparison.Ordinal);
        Assert.Contains("segment a comes again in place 1, as in 0", Assert.Throws<ArgumentException>(() => RfmSegments.Of(5, Rule("a", default(RfmBox)), Rule("a", default(RfmBox)))).Message, StringComparison.Ordinal);
        Assert.Equal("boxes", Assert.Throws<ArgumentException>(() => Rule("a")).ParamName);
        Assert.Equal("most", Assert.Throws<ArgumentOutOfRangeException>(() => RfmRange.Of(3, 2)).ParamName);
        Assert.Equal("least", Assert.Throws<ArgumentOutOfRangeException>(() => RfmRange.Of(0, 2)).ParamName);
        Assert.Equal("score", Assert.Throws<ArgumentOutOfRangeException>(() => RfmSegments.Default.SegmentOf(new(6, 1, 1), RfmScheme.Quintiles)).ParamName);
        Assert.Equal("score", Assert.Throws<ArgumentOutOfRangeException>(() => RfmSegments.Default.SegmentOf(default, RfmScheme.Quintiles)).ParamName);
    }

    [Fact]
    public void Assign_ABase_GivesSegmentsThatKeyAWeightBook()
    {
        RfmScheme scheme = RfmScheme.Of(RfmCut.Days(30, 60, 90, 120), RfmCut.Purchases(2, 3, 4, 5), RfmCut.Amounts(Currency.None, 10, 20, 30, 40));
        RfmTable table = scheme.Score(new RfmColumns
        {
            Ids = [RfmBase.Id(1), RfmBase.Id(2), RfmBase.Id(3)],
            Recency = [5, 500, 500],
            Frequency = [9, 9, 1],
            Money = [99, 99, 1],
            Customers = [1, 2, 5],
        });
        RfmSegmentation segmentation = RfmSegments.Default.Assign(table);
        Assert.Equal(["rfm:champions", "rfm:cannot-lose", "rfm:lost"], Enumerable.Range(0, 3).Select(row => segmentation[row].ToString()));
        Assert.Equal([0, 8, 10], segmentation.PlaceOfRow.ToArray().Select(place => (int)place));
        Assert.Equal("rfm:cannot-lose", segmentation[RfmBase.Id(2)].ToString());
        Assert.Equal((2L, 198.0, 500.0), (segmentation.Sizes[8].Totals.Customers, segmentation.Sizes[8].Totals.Money, segmentation.Sizes[8].Totals.MeanRecency!.Value));
        Assert.Equal(11, segmentation.Sizes.Count);
        Assert.Equal("row", Assert.Throws<ArgumentOutOfRangeException>(() => segmentation[3]).ParamName);
        Assert.Throws<KeyNotFoundException>(() => segmentation[RfmBase.Id(4)]);

        BenefitWeights patient = BenefitWeights.Of(utility: 1, brand: 1, relationship: 3, cost: 1, time: 0);
        WeightBook book = WeightBook.Of(BenefitWeights.PriceLed, SegmentWeights.Of(SegmentId.Of("rfm:champions"), patient));
        Assert.Equal((patient, BenefitWeights.PriceLed), (book[segmentation[0]], book[segmentation[2]]));
    }

    [Fact]
    public void ToString_ASegmentation_ListsItsSegments()
    {
        string[] lines = RfmSegments.Default.Assign(RfmBase.OfMoney(10).Score(RfmScheme.Quintiles)).ToString().Split(Environment.NewLine);
        Assert.Equal("segment                 customers   of all              money   of all   days since", lines[0]);
        Assert.Equal("rfm:needs-attention             1  100.0 %                 10  100.0 %          1.0", lines[6]);
        Assert.Equal("rfm:lost                        0    0.0 %                  0    0.0 %            -", lines[11]);
        Assert.Equal("segment rfm:new: recency 5, frequency 1, money any", RfmSegments.Default.Rules[3].ToString());
    }

    // The rule of the documentation, in decimals.
    private static int Fifth(int score, int bins) => 1 + (int)Math.Ceiling(((score - 1) * 4m / (bins - 1)) - 0.5m);

    private static IEnumerable<RfmScore> Cells(int bins) =>
        from recency in Enumerable.Range(1, bins)
        from frequency in Enumerable.Range(1, bins)
        from money in Enumerable.Range(1, bins)
        select new RfmScore(recency, frequency, money);

    private static RfmScheme Scheme(int bins) => RfmScheme.Of(RfmCut.Quantiles(bins), RfmCut.Quantiles(bins), RfmCut.Quantiles(bins));

    private static RfmSegmentRule Rule(string id, params IReadOnlyList<RfmBox> boxes) => new(new() { Id = SegmentId.Of(id), Name = id }, boxes);
}
