using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

// Round trips, texts written by hand, and what is refused with its place.
public sealed class RfmJsonTests
{
    public static TheoryData<RfmScheme> Schemes => new(
        RfmScheme.Quintiles,
        RfmScheme.Of(RfmCut.Days(1.5, 90), RfmCut.Purchases(2), RfmCut.Amounts(Currency.None, -3.1m, 0.1m)),
        RfmScheme.Of(RfmCut.NaturalBreaks(2), RfmCut.Quantiles(10), RfmCut.Amounts(Currency.Eur, 50)));

    public static TheoryData<string, string[]> RefusedSchemes => new()
    {
        { "", ["no JSON of an RFM scheme: at line 1, byte 1.", "A scheme is {"] },
        { "null", ["an RFM scheme of no schema; this version reads schema 1."] },
        { "{}", ["of no schema"] },
        { """{"schema": 2}""", ["of schema 2; this version reads schema 1."] },
        { """{"schema": 1}""", ["recency is missing; frequency is missing; money is missing."] },
        { """{"schema": 1, "colour": 1}""", ["no JSON of an RFM scheme: at line 1, byte 24, $.colour"] },
        { """{"schema": 1, "recency": {"cut": "thirds"}, "frequency": {}, "money": {"cut": "own"}}""",
            ["recency.cut is unknown, expected quantiles, naturalBreaks or own; frequency.cut is missing, expected", "money has 1 bins, expected 2 to 10"] },
        { """{"schema": 1, "recency": {"cut": "own", "unit": "weeks", "points": [-1, 90, 30]}, "frequency": {"cut": "quantiles", "bins": 11}, "money": {"cut": "own", "points": [1, 2], "bins": 5}}""",
            [
                "recency.unit is another, expected days; recency.points[0] is -1, expected 0 days or more; recency.points[2] is 30, expected more than the 90 before it",
                "frequency has 11 bins, expected 2 to 10",
                "money.unit is missing, expected a currency such as EUR, or XXX",
                "money has 2 points and 5 scores for 5 bins",
            ] },
        { """{"schema": 1, "recency": {"cut": "quantiles", "unit": "days", "points": [3], "scores": [1, 6]}, "frequency": {"cut": "quantiles", "unit": "purchases", "points": [2.5], "scores": [5, 1]}, "money": {"cut": "naturalBreaks", "unit": "EUR"}}""",
            ["recency.scores[1] is 6, expected a score from 1 to 5", "frequency.points[0] is 2.5, expected a whole number of purchases, 1 or more; frequency.scores[1] is 1, expected more than the 5 before it", "money.points is missing"] },
        { """{"schema": 1, "recency": {"cut": "own", "unit": "days", "points": [1e999]}, "frequency": {"cut": "quantiles"}, "money": {"cut": "quantiles"}}""",
            ["recency.points[0] is Infinity, expected a finite number"] },
    };

    public static TheoryData<string, string[]> RefusedSegments => new()
    {
        { "[]", ["no JSON of a table of RFM segments"] },
        { """{"schema": 1}""", ["there are 0, expected 1 to 255"] },
        { """{"schema": 1, "bins": 1, "segments": [null, {"id": "", "cells": []}, {"id": "a", "name": "A", "cells": [null, {"recency": "5-4", "money": "0"}]}]}""",
            [
                "bins is 1, expected 2 to 10; segments[0] is null; segments[1].id is not 1 to 128 characters; segments[1].cells is empty; segments[2].cells[0] is null",
                "segments[2].cells[1].recency is no range of scores, expected \"4-5\", \"4\" or \"any\"; segments[2].cells[1].money is no range",
            ] },
        { """{"schema": 1, "segments": [{"id": "a", "cells": [{}]}, {"id": "b", "parent": "", "name": "B", "cells": [{}]}, {"id": "c", "name": ""}]}""",
            ["segments[0].name is missing; segments[1].parent is not 1 to 128 characters; segments[2].name is too long, empty", "segments[2].cells is missing"] },
        { """{"schema": 1, "bins": 2, "segments": [{"id": "a", "name": "A", "cells": [{"recency": "2"}]}, {"id": "a", "name": "A", "cells": [{"money": "1"}]}, {"id": "c", "name": "C", "cells": [{"money": "3"}]}]}""",
            [
                "segment a comes again in place 1, as in 0; a range of segment c (recency any, frequency any, money 3) goes beyond 2 bins",
                "cell 2-1-1 is in a and a; cell 2-2-1 is in a and a; in no segment are the cells 1-1-2, 1-2-2.",
            ] },
    };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Scheme_ToJsonAndBack_IsEqual(RfmScheme scheme) => Assert.Equal(scheme, RfmScheme.FromJson(scheme.ToJson()));

    [Fact]
    public void Scheme_WrittenByHand_IsRead()
    {
        RfmScheme scheme = RfmScheme.FromJson("""
            {
              "schema": 1, // the only one so far
              "recency":   { "cut": "own", "unit": "days", "points": [30, 90, 180, 365] },
              "frequency": { "cut": "naturalBreaks", "bins": 4 },
              "money":     { "cut": "own", "unit": "eur", "points": [50, 99.5] },
            }
            """);
        Assert.Equal(RfmScheme.Of(RfmCut.Days(30, 90, 180, 365), RfmCut.NaturalBreaks(4), RfmCut.Amounts(Currency.Eur, 50, 99.5m)), scheme);
    }

    [Theory]
    [MemberData(nameof(RefusedSchemes))]
    public void Scheme_TextThatIsNone_IsRefusedNamingEverything(string json, string[] reasons)
    {
        string message = Assert.Throws<FormatException>(() => RfmScheme.FromJson(json)).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Segments_ToJsonAndBack_AreEqual()
    {
        RfmSegments read = RfmSegments.FromJson(RfmSegments.Default.ToJson());
        Assert.Equal(RfmSegments.Default.Rules, read.Rules);
        Assert.Equal(5, read.Bins);
    }

    [Fact]
    public void Segments_WrittenByHand_AreRead()
    {
        RfmSegments read = RfmSegments.FromJson("""
            {
              "schema": 1,
              "segments": [
                { "id": "recent", "name": "Recent", "words": "Bought lately.", "parent": "all", "cells": [{ "recency": "4-5" }, { "recency": "3", "money": "any" }] },
                { "id": "others", "name": "Others", "cells": [{ "recency": "1-2" }] },
              ],
            }
            """);
        Assert.Equal((5, SegmentId.Of("all"), "Bought lately."), (read.Bins, read.Rules[0].Segment.Parent, read.Rules[0].Segment.Words));
        Assert.Equal("Others", read.SegmentOf(new(2, 5, 5), RfmScheme.Quintiles).Name);
        Assert.Equal("Recent", read.SegmentOf(new(3, 1, 1), RfmScheme.Quintiles).Name);
        Assert.Equal(read.Rules, RfmSegments.FromJson(read.ToJson()).Rules);
    }

    [Theory]
    [MemberData(nameof(RefusedSegments))]
    public void Segments_TextThatIsNone_IsRefusedNamingEverything(string json, string[] reasons)
    {
        string message = Assert.Throws<FormatException>(() => RfmSegments.FromJson(json)).Message;
        Assert.All(reasons, reason => Assert.Contains(reason, message, StringComparison.Ordinal));
    }

    [Fact]
    public void FromJson_Null_IsRefused()
    {
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => RfmScheme.FromJson(null!)).ParamName);
        Assert.Equal("json", Assert.Throws<ArgumentNullException>(() => RfmSegments.FromJson(null!)).ParamName);
    }
}
