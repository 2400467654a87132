using System.Text.Json;
using Crm.Core.Cli.Segmenting;
using Crm.Core.Segments;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>The answer of <c>crm segment</c>.</summary>
internal sealed record SegmentDocument
{
    public int Schema { get; init; } = 1;

    public required string Library { get; init; }

    public required SummaryDocument Measured { get; init; }

    /// <summary>Gets how the segments were made: "rules", "rfm" or "discovered".</summary>
    public required string By { get; init; }

    /// <summary>Gets the earlier day with which the base is compared; null for none.</summary>
    public required string? Since { get; init; }

    public required IReadOnlyList<SegmentLine> Segments { get; init; }

    /// <summary>Gets how many customers are in no segment.</summary>
    public required long InNone { get; init; }

    /// <summary>Gets how many customers are in both of two segments; empty where nobody can be in two.</summary>
    public required IReadOnlyList<SegmentOverlap> Overlaps { get; init; }

    /// <summary>Gets who went from where to where since the earlier day; empty where there is none.</summary>
    public required IReadOnlyList<SegmentStream> Flow { get; init; }

    /// <summary>Gets how many stayed, moved, came and went since the earlier day; null where there is none.</summary>
    public required SegmentMovement? Movement { get; init; }

    public RfmSection? Rfm { get; init; }

    public DiscoverySection? Discovery { get; init; }

    /// <summary>Gets how the file of customers fits; null where there is none.</summary>
    public CustomersFound? CustomersFile { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Gets whether a customer may be in several segments, so that one of them has to count for who moved.</summary>
    internal bool MayOverlap => By == "rules";

    internal static SegmentDocument Of(SummaryDocument measured, Segmented segmented, CancellationToken cancellationToken) => new()
    {
        Library = "Crm.Core " + typeof(SegmentBook).Assembly.GetName().Version!.ToString(3),
        Measured = measured,
        By = segmented.By,
        Since = segmented.Before is null || segmented.Since is not { } day ? null : LocalDatePattern.Iso.Format(day),
        Segments = SegmentLine.Of(segmented),
        InNone = segmented.Now.LongCount(places => places.Count == 0),
        Overlaps = SegmentOverlap.Of(segmented, cancellationToken),
        Flow = SegmentStream.Of(segmented),
        Movement = SegmentMovement.Of(segmented),
        Rfm = segmented.Rfm is null ? null : RfmSection.Of(segmented.Rfm),
        Discovery = segmented.Found is null ? null : DiscoverySection.Of(segmented.Found),
        CustomersFile = segmented.CustomersFile,
        Notes = segmented.Notes,
    };

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.SegmentDocument);
}
