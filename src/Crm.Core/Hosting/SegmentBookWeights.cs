using Crm.Core.Benefits;
using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>From segments to weights: the segments of a book, nested as they are, as those of a book of weights.</summary>
public static class SegmentBookWeights
{
    /// <summary>Makes the book of weights of the segments of a book.</summary>
    /// <param name="book">The segments.</param>
    /// <param name="defaultWeights">The weights of customers in no segment, and of what segments without a parent do not state.</param>
    /// <param name="stated">What segments state; the parents are those of the segments, and are left out here. A segment that states nothing weighs as its parent does.</param>
    /// <returns>The weights, the segments in the order of the book.</returns>
    /// <exception cref="ArgumentException">An argument is null; or something is stated of a segment that the book has not, or twice, or with another parent than it has: all such are named.</exception>
    /// <exception cref="RowFaultsException">A weight is not a finite number of 0 or more; rows are segments.</exception>
    public static WeightBook WeightsOf(this SegmentBook book, BenefitWeights defaultWeights, params IEnumerable<SegmentWeights> stated)
    {
        ArgumentNullException.ThrowIfNull(book);
        var weights = ValueList<SegmentWeights>.Of(stated, nameof(stated));
        string[] faults =
        [
            .. weights.Where(own => book.Find(own.Segment) is null).Select(own => $"there is no segment {own.Segment}"),
            .. weights.GroupBy(own => own.Segment).Where(same => same.Count() > 1).Select(same => $"{same.Key} is stated more than once"),
            .. weights.Where(own => own.Parent != SegmentId.None && book.Find(own.Segment) is { } found && found.Segment.Parent != own.Parent)
                .Select(own => $"{own.Segment} is stated with the parent {own.Parent}, which is not its"),
        ];
        return faults.Length > 0 ? throw new ArgumentException($"The weights are not those of the segments: {string.Join("; ", faults)}.", nameof(stated))
            : WeightBook.Of(defaultWeights, book.Definitions.Select(definition => definition.Segment).Select(
                segment => (weights.FirstOrDefault(own => own.Segment == segment.Id) ?? new() { Segment = segment.Id }) with { Parent = segment.Parent }));
    }
}
