using System.Globalization;

namespace Crm.Core.Segments;

/// <summary>Named segments over the cells of an RFM table: every cell is in exactly one.</summary>
/// <remarks>
/// A table of segments is written for so many bins in each dimension (<see cref="Bins"/>). Where a scheme has another number B, its score s is
/// read as 1 + (s − 1)(<see cref="Bins"/> − 1)/(B − 1), rounded, halves down: the best as the best, the worst as the worst, the others
/// evenly between. So a table that holds every cell once does so for any number of bins. Immutable and thread-safe.
/// </remarks>
public sealed class RfmSegments
{
    /// <summary>The most segments of one table.</summary>
    public const int MaxSegments = byte.MaxValue;

    private readonly byte[] _placeOfCell;
    private readonly RfmShape _shape;

    private RfmSegments(int bins, IReadOnlyList<RfmSegmentRule> rules, byte[] placeOfCell)
    {
        Bins = bins;
        Rules = rules;
        _shape = new(bins, bins, bins);
        _placeOfCell = placeOfCell;
    }

    /// <summary>Gets the usual eleven: champions, loyal, potential loyalists, new, promising, needing attention, about to sleep, at risk, not to be lost, hibernating and lost.</summary>
    /// <remarks>
    /// Their names are common; published ranges differ from each other, overlap and leave cells out. These, in scores of 5, do not:
    /// champions R 5, F 4–5, M 4–5; loyal R 5, F 4–5, M 1–3, and R 3–4, F 4–5; potential loyalists R 4–5, F 2–3; new R 5, F 1; promising
    /// R 4, F 1; needing attention R 3, F 2–3, M 3–5; about to sleep R 3, F 2–3, M 1–2, and R 3, F 1; not to be lost R 1–2, F 4–5, M 4–5; at
    /// risk R 1–2, F 4–5, M 1–3, and R 1–2, F 3; hibernating R 2, F 1–2; lost R 1, F 1–2.
    /// </remarks>
    public static RfmSegments Default { get; } = Of(RfmCut.DefaultBins, RfmUsualSegments.Rules);

    /// <summary>Gets the number of bins for which the ranges are written.</summary>
    public int Bins { get; }

    /// <summary>Gets the segments with their cells, in the order of the table.</summary>
    public IReadOnlyList<RfmSegmentRule> Rules { get; }

    /// <summary>Makes a table of segments.</summary>
    /// <param name="bins">The number of bins for which the ranges are written, 2 to 10.</param>
    /// <param name="rules">1 to 255 segments, which hold every cell of three scores from 1 to <paramref name="bins"/> exactly once.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bins"/> is not from 2 to 10.</exception>
    /// <exception cref="ArgumentException">
    /// There are no segments or too many, one comes twice, a range goes beyond the bins, or a cell is in no segment or in several: all that is
    /// wrong is named, cell by cell.
    /// </exception>
    public static RfmSegments Of(int bins, params IEnumerable<RfmSegmentRule> rules)
    {
        Guard.InRange((double)bins, RfmCut.MinBins, RfmCut.MaxBins, "", nameof(bins));
        var own = ValueList<RfmSegmentRule>.Of(rules, nameof(rules));
        IReadOnlyList<string> faults = RfmSegmentRules.Faults(bins, own);
        if (faults.Count > 0)
        {
            throw new ArgumentException($"These are no RFM segments: {string.Join("; ", faults)}.", nameof(rules));
        }

        var shape = new RfmShape(bins, bins, bins);
        byte[] placeOfCell = [.. Enumerable.Range(0, shape.Cells).Select(cell => (byte)own.Index().Single(rule => rule.Item.Holds(shape.ScoreOf(cell))).Index)];
        return new(bins, own, placeOfCell);
    }

    /// <summary>Gives the segment of a customer's scores.</summary>
    /// <param name="score">The scores.</param>
    /// <param name="scheme">The scheme they are of, which says what they go up to.</param>
    /// <returns>The segment.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scheme has no such scores.</exception>
    public Segment SegmentOf(RfmScore score, RfmScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        var shape = RfmShape.Of(scheme);
        return shape.Has(score)
            ? Rules[PlaceOf(score, scheme)].Segment
            : throw new ArgumentOutOfRangeException(nameof(score), string.Create(
                CultureInfo.InvariantCulture, $"Scores go from 1-1-1 to {shape.Recency}-{shape.Frequency}-{shape.Money}; it was {score}."));
    }

    /// <summary>Puts every customer of a table of scores into a segment.</summary>
    /// <param name="table">The scores.</param>
    /// <returns>The segments of the customers, and their sizes. 1 byte a row.</returns>
    public RfmSegmentation Assign(RfmTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(this, table);
    }

    /// <summary>Gives the table as JSON, with a schema number; <see cref="FromJson"/> reads it back.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => RfmSegmentsDocument.Write(this);

    /// <summary>Reads a table from the JSON of <see cref="ToJson"/>, or from one written by hand in the same form.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no table of RFM segments; the message names everything that is wrong, and where.</exception>
    public static RfmSegments FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return RfmSegmentsDocument.Read(json);
    }

    /// <summary>The place of the segment of scores that the scheme has.</summary>
    internal int PlaceOf(RfmScore score, RfmScheme scheme) => _placeOfCell[_shape.CellOf(
        RfmSpread.Step(score.Recency, scheme.Recency.Bins, Bins),
        RfmSpread.Step(score.Frequency, scheme.Frequency.Bins, Bins),
        RfmSpread.Step(score.Money, scheme.Money.Bins, Bins))];
}
