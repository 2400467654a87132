using System.Text.Json.Serialization;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>One refresh of the base: what it was made of, how far it has come, and since when its scores are the ones shown.</summary>
/// <remarks>
/// A run is written step by step and shown all at once: nothing of it counts until <see cref="PublishedAt"/> is set, which is one write of
/// one record. Immutable and thread-safe.
/// </remarks>
public sealed record ScoreRun
{
    private readonly IReadOnlyList<Tier> _tiers = ValueList<Tier>.None;
    private readonly IReadOnlyList<SegmentId> _segments = ValueList<SegmentId>.None;

    /// <summary>Gets the id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required RunId Id { get; init; }

    /// <summary>Gets the last day whose purchases count, in the declared time zone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required LocalDate Through { get; init; }

    /// <summary>Gets the id of that zone; "UTC" by default.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Gets when it was begun.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Instant StartedAt { get; init; }

    /// <summary>Gets how far the interactions were read for it.</summary>
    public StorePosition ReadThrough { get; init; }

    /// <summary>Gets a value indicating whether all purchases were read and the model chosen anew; else the base of the run before was carried on.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Gets the last run that read all purchases: itself, or one before.</summary>
    public LocalDate WholeThrough { get; init; }

    /// <summary>Gets the fingerprint of the histories; null while they are not known yet.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Gets the terms, scheme, models and segments it was made by, in words; null while they are not known yet.</summary>
    public string? Settings { get; init; }

    /// <summary>Gets a fingerprint of what each customer cost to serve; null where that was not summed, or is not known yet.</summary>
    public string? CostFingerprint { get; init; }

    /// <summary>Gets the segments whose members it says; none without a segmenter.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<SegmentId> Segments
    {
        get => _segments;
        init => _segments = ValueList<SegmentId>.Of(value, nameof(Segments));
    }

    /// <summary>Gets how many customers have a score.</summary>
    public int Customers { get; init; }

    /// <summary>Gets how many of the scores are written, in the order of ids.</summary>
    public int Written { get; init; }

    /// <summary>Gets the short name of the purchase model: "mbg-nbd"; null while none is chosen.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the currency of the values.</summary>
    public Currency Currency { get; init; }

    /// <summary>Gets the level of the estimate intervals, 0.90 for 90 %.</summary>
    public double Level { get; init; }

    /// <summary>Gets the tiers of the pyramid, from the first to the last.</summary>
    /// <exception cref="ArgumentException">The list is null.</exception>
    public IReadOnlyList<Tier> Tiers
    {
        get => _tiers;
        init => _tiers = ValueList<Tier>.Of(value, nameof(Tiers));
    }

    /// <summary>Gets since when its scores are the ones shown; null while they are not.</summary>
    public Instant? PublishedAt { get; init; }

    /// <summary>Gets a value indicating whether the moves between segments that follow from it are written. They come after the publication.</summary>
    public bool AreMovesWritten { get; init; }

    /// <summary>
    /// Gets how often somebody was erased since whose data it was made of; 0 for never, and more than once for one person where that changed what others bought. Above 0, its values are of
    /// before, and its models can be fitted anew without them.
    /// </summary>
    public int ErasedSince { get; init; }

    /// <summary>Gives id, day and state.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"run {Id} through {Through:uuuu-MM-dd}, {(PublishedAt is { } at ? FormattableString.Invariant($"published at {at}") : FormattableString.Invariant($"{Written} of {Customers} scores written"))}");
}
