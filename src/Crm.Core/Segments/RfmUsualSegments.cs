namespace Crm.Core.Segments;

/// <summary>The eleven segments that marketing usually names, over cells of 5 × 5 × 5.</summary>
internal static class RfmUsualSegments
{
    internal static IReadOnlyList<RfmSegmentRule> Rules =>
    [
        Rule("champions", "Champions", "Bought among the most lately, more often than most, and for more.", Box(Score(5), Scores(4, 5), Scores(4, 5))),
        Rule("loyal", "Loyal", "Bought more often than most, and not longer ago than most.", Box(Score(5), Scores(4, 5), Scores(1, 3)), Box(Scores(3, 4), Scores(4, 5))),
        Rule("potential-loyalist", "Potential loyalists", "Bought more lately than most, and about as often as others.", Box(Scores(4, 5), Scores(2, 3))),
        Rule("new", "New", "Bought among the most lately, and less often than most.", Box(Score(5), Score(1))),
        Rule("promising", "Promising", "Bought more lately than most, and less often than most.", Box(Score(4), Score(1))),
        Rule("needs-attention", "Need attention", "In the middle by recency and frequency, and not among those who spent least.", Box(Score(3), Scores(2, 3), Scores(3, 5))),
        Rule("about-to-sleep", "About to sleep", "In the middle by recency, and spent less than most or bought less often than most.", Box(Score(3), Scores(2, 3), Scores(1, 2)), Box(Score(3), Score(1))),
        Rule("at-risk", "At risk", "Bought longer ago than most, and as often as others or more.", Box(Scores(1, 2), Scores(4, 5), Scores(1, 3)), Box(Scores(1, 2), Score(3))),
        Rule("cannot-lose", "Cannot lose", "Bought longer ago than most, but more often than most, and for more.", Box(Scores(1, 2), Scores(4, 5), Scores(4, 5))),
        Rule("hibernating", "Hibernating", "Bought longer ago than most, and less often than most.", Box(Score(2), Scores(1, 2))),
        Rule("lost", "Lost", "Bought longest ago, and less often than most.", Box(Score(1), Scores(1, 2))),
    ];

    private static RfmSegmentRule Rule(string id, string name, string words, params IReadOnlyList<RfmBox> boxes) =>
        new(new() { Id = SegmentId.Of("rfm:" + id), Name = name, Words = words }, boxes);

    private static RfmBox Box(RfmRange recency, RfmRange frequency, RfmRange money = default) => new(recency, frequency, money);

    private static RfmRange Score(int score) => RfmRange.Of(score);

    private static RfmRange Scores(int least, int most) => RfmRange.Of(least, most);
}
