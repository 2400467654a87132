using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>Says which segments a scored customer is in. <see cref="CrmRefresh"/> asks it of every customer.</summary>
/// <remarks>It may be called by several threads at once, and answers the same for the same score.</remarks>
public interface ICustomerSegmenter
{
    /// <summary>Gets the segments it speaks of. Who is in one of them is what it says and nothing else: others' hands stay off them.</summary>
    IReadOnlyList<Segment> Segments { get; }

    /// <summary>
    /// Gets all that decides who is in which segment, as one text, thresholds included: scores that were segmented by other rules are not
    /// carried on by these.
    /// </summary>
    string Rules { get; }

    /// <summary>Gets the currency its rules speak of; null where they speak of none. A base in another currency is not segmented by them.</summary>
    Currency? Currency => null;

    /// <summary>Gives the segments of a customer.</summary>
    /// <param name="score">The customer's score.</param>
    /// <returns>Ids of <see cref="Segments"/>, each at most once.</returns>
    IEnumerable<SegmentId> SegmentsOf(CustomerScore score);
}
