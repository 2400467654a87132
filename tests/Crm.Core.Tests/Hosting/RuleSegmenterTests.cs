using Crm.Core.Customers;
using Crm.Core.Hosting;
using Crm.Core.Pyramids;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Hosting;

public sealed class RuleSegmenterTests
{
    private static readonly SignalSchema _scores = RuleSegmenter.ColumnsOf(Currency.Eur);

    [Fact]
    public void SegmentsOf_AScore_AreThoseOfTheRules()
    {
        var segmenter = new RuleSegmenter(SegmentBook.Of(
            _scores,
            SegmentDefinition.Of(SegmentId.Of("worth"), "worth it", SegmentRule.All(Signal.Column("value", "EUR").IsAtLeast(50), Signal.Column("p-alive").IsAtLeast(0.5))),
            SegmentDefinition.Of(SegmentId.Of("top"), "top", Signal.Column("tier").IsOneOf("top"), SegmentId.Of("worth")),
            SegmentDefinition.Of(SegmentId.Of("once"), "bought once, before March", SegmentRule.All(Signal.Column("occasions").IsAtMost(1), Signal.Column("last-purchase").IsBefore(new(2026, 3, 1))))));
        Assert.Equal(["worth", "top"], segmenter.SegmentsOf(Score(60, 0.5, Tier.Top, 3)).Select(id => id.ToString()));
        Assert.Equal(["once"], segmenter.SegmentsOf(Score(60, 0.4, Tier.Top, 1)).Select(id => id.ToString()));
        Assert.Equal(["worth", "top", "once"], segmenter.Segments.Select(segment => segment.Id.ToString()));

        // Rules that decide otherwise are other rules.
        Assert.NotEqual(segmenter.Rules, new RuleSegmenter(SegmentBook.Of(_scores, SegmentDefinition.Of(SegmentId.Of("worth"), "worth it", Signal.Column("p-alive").IsAtLeast(0.6)))).Rules);
    }

    [Fact]
    public void New_RuleAboutMoreThanAScore_IsRefusedByName()
    {
        var schema = SignalSchema.Of(AttributeSchema.Of(), [.. _scores.Columns, ColumnDefinition.Number("mood")]);
        var book = SegmentBook.Of(schema, SegmentDefinition.Of(SegmentId.Of("a"), "a", SegmentRule.All(Signal.Column("mood").IsAtLeast(1), Signal.Count(EventFilter.Purchases).IsAtLeast(1))));
        string message = Assert.Throws<ArgumentException>(() => new RuleSegmenter(book)).Message;
        Assert.Contains("A score does not say mood; number of purchases. It says value, p-alive, tier, occasions, spent, last-purchase.", message, StringComparison.Ordinal);
    }

    private static CustomerScore Score(double value, double alive, Tier tier, int occasions) => new()
    {
        Customer = CustomerId.Of("1"),
        Occasions = occasions,
        LastPurchase = new(2026, 2, 3),
        Spent = 12,
        ProbabilityAlive = alive,
        Value = value,
        Tier = tier,
    };
}
