using Crm.Core.Cli.Output;
using Crm.Core.Cli.Segmenting;
using Crm.Core.Customers;
using Crm.Core.Histories;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Cli.Tests;

/// <summary>Who is in two segments, counted until told to stop.</summary>
public sealed class SegmentOverlapTests
{
    [Fact]
    public void Of_WhenTheUserStops_Stops()
    {
        SegmentBook book = SegmentBook.Of(
            SignalSchema.Of(AttributeSchema.Of(), ColumnDefinition.Number("n")),
            SegmentDefinition.Of(SegmentId.Of("a"), "A", Signal.Column("n").IsAtLeast(1)), SegmentDefinition.Of(SegmentId.Of("b"), "B", Signal.Column("n").IsAtLeast(2)));
        CustomerId[] ids = [CustomerId.Of("x"), CustomerId.Of("y"), CustomerId.Of("z")];
        var columns = new SegmentColumns(book, ids);
        columns.Set(Signal.Column("n"), (double[])[1, 2, 3]);
        var segmented = new Segmented
        {
            By = "rules",
            Segments = [.. book.Definitions.Select(definition => definition.Segment)],
            Histories = PurchaseHistories.From(ids.Select(id => Purchase.Of(id, Instant.FromUtc(2026, 1, 1, 0, 0), Money.Of(1, "EUR"))), Window.Through(new LocalDate(2026, 1, 31)), TimeUnit.Week),
            Now = [[0], [0, 1], [0, 1]],
            Members = columns.Evaluate(),
        };
        Assert.Equal([new SegmentOverlap("a", "b", 2)], SegmentOverlap.Of(segmented, CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => SegmentOverlap.Of(segmented, new CancellationToken(canceled: true)));
    }
}
