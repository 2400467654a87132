using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Tests.Segments;

public sealed class SegmentMoveTests
{
    private static readonly SegmentMove _entered = new()
    {
        Customer = CustomerId.Of("ada"),
        Segment = SegmentId.Of("gold"),
        Entered = true,
        At = Instant.FromUtc(2026, 3, 1, 0, 0),
        RecordedAt = Instant.FromUtc(2026, 3, 2, 0, 0),
        Why = "secret",
    };

    private static readonly SegmentMove _left = _entered with { Entered = false };

    [Fact]
    public void IsAfter_ByMomentThenRecordThenLeaving()
    {
        SegmentMove later = _entered with { At = _entered.At + Duration.Epsilon, RecordedAt = Instant.MinValue };
        Assert.True(later.IsAfter(_left) && !_left.IsAfter(later));
        SegmentMove recordedLater = _entered with { RecordedAt = _entered.RecordedAt + Duration.Epsilon };
        Assert.True(recordedLater.IsAfter(_left) && !_left.IsAfter(recordedLater));
        Assert.True(_left.IsAfter(_entered) && !_entered.IsAfter(_left) && !_left.IsAfter(_left));
    }

    [Fact]
    public void Counts_ByBothMoments_TheMomentsIncluded()
    {
        Assert.True(_entered.Counts(new(_entered.At, _entered.RecordedAt)));
        Assert.False(_entered.Counts(new(_entered.At - Duration.Epsilon, _entered.RecordedAt)));
        Assert.False(_entered.Counts(new(_entered.At, _entered.RecordedAt - Duration.Epsilon)));
    }

    [Fact]
    public void ToString_OfAMove_SaysNotWhy() => Assert.Equal("ada left gold at 2026-03-01T00:00:00Z", _left.ToString());

    [Fact]
    public void Json_OfAMove_BringsItBack()
    {
        foreach (SegmentMove move in new[] { _entered, _left with { Why = null }, _left with { Why = "\"\\\u202e\n😀", At = Instant.MinValue, RecordedAt = Instant.MaxValue } })
        {
            Assert.Equal(move, SegmentMoveJson.Read(SegmentMoveJson.Write(move)));
        }
    }
}
