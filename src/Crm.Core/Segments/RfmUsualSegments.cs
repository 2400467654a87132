namespace Crm.Core.Segments;

/// <summary>The eleven segments that marketing usually names, over cells of 5 × 5 × 5.</summary>
internal static class RfmUsualSegments
{
    internal static IReadOnlyList<RfmSegmentRule> Rules =>
    [
        Rule("champions", "Champions", "Bought very lately, often, and for much.", Box(Score(5), Scores(4, 5), Scores(4, 5))),
        Rule("loyal", "Loyal", "Buy often, and did so not long ago.", Box(Score(5), Scores(4, 5), Scores(1, 3)), Box(Scores(3, 4), Scores(4, 5))),
        Rule("potential-loyalist", "Potential loyalists", "Bought lately, and more than once or a few times.", Box(Scores(4, 5), Scores(2, 3))),
        Rule("new", "New", "Bought very lately, and hardly ever before.", Box(Score(5), Score(1))),
        Rule("promising", "Promising", "Bought lately, and hardly ever before.", Box(Score(4), Score(1))),
        Rule("needs-attention", "Need attention", "Middling in recency and frequency, and worth something.", Box(Score(3), Scores(2, 3), Scores(3, 5))),
        Rule("about-to-sleep", "About to sleep", "Middling in recency, and of little worth or hardly ever seen.", Box(Score(3), Scores(2, 3), Scores(1, 2)), Box(Score(3), Score(1))),
        Rule("at-risk", "At risk", "Bought repeatedly, but not for long.", Box(Scores(1, 2), Scores(4, 5), Scores(1, 3)), Box(Scores(1, 2), Score(3))),
        Rule("cannot-lose", "Cannot lose", "Bought often and for much, but not for long.", Box(Scores(1, 2), Scores(4, 5), Scores(4, 5))),
        Rule("hibernating", "Hibernating", "Bought seldom, and not for long.", Box(Score(2), Scores(1, 2))),
        Rule("lost", "Lost", "Bought seldom, and longest ago.", Box(Score(1), Scores(1, 2))),
    ];

    private static RfmSegmentRule Rule(string id, string name, string words, params IReadOnlyList<RfmBox> boxes) =>
        new(new() { Id = SegmentId.Of("rfm:" + id), Name = name, Words = words }, boxes);

    private static RfmBox Box(RfmRange recency, RfmRange frequency, RfmRange money = default) => new(recency, frequency, money);

    private static RfmRange Score(int score) => RfmRange.Of(score);

    private static RfmRange Scores(int least, int most) => RfmRange.Of(least, most);
}
