using Crm.Core.Pyramids;
using Crm.Core.Segments;

namespace Crm.Core.Hosting;

/// <summary>A segment for each tier of the pyramid: "tier:top".</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class TierSegmenter : ICustomerSegmenter
{
    private readonly HashSet<SegmentId> _known;

    /// <summary>Initializes a new instance of the <see cref="TierSegmenter"/> class.</summary>
    /// <param name="scheme">The scheme of the pyramid.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scheme"/> is null.</exception>
    public TierSegmenter(PyramidScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        Segments = ValueList<Segment>.Of(
            scheme.Tiers.Select(share => new Segment { Id = IdOf(share.Tier), Name = $"tier {share.Tier}", Words = $"customers in the tier {share.Tier} of the pyramid" }),
            nameof(scheme));
        _known = [.. Segments.Select(segment => segment.Id)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Segment> Segments { get; }

    /// <inheritdoc/>
    public string Rules => $"tiers {string.Join(',', Segments.Select(segment => segment.Id))}";

    /// <inheritdoc/>
    public IEnumerable<SegmentId> SegmentsOf(CustomerScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        SegmentId id = IdOf(score.Tier);
        return _known.Contains(id) ? [id] : [];
    }

    private static SegmentId IdOf(Tier tier) => SegmentId.Of("tier:" + tier);
}
