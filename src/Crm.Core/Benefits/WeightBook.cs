using System.Collections.Frozen;

namespace Crm.Core.Benefits;

/// <summary>What each segment weighs when it chooses, and the scales the weights are meant for.</summary>
/// <remarks>
/// <para>
/// A segment takes over from its parent the weights it does not state; a segment without a parent takes them over from the default. A
/// segment the book does not know, and <see cref="SegmentId.None"/>, weigh as the default does.
/// </para>
/// <para>
/// A customer in several segments weighs as the one deepest below the default, since it says most of them; among equally deep ones, as the
/// one that stands first in the book (<see cref="Deciding"/>).
/// </para>
/// <para>For columns, each segment has an index: its place in <see cref="Segments"/>; the default has the index behind the last. Immutable and thread-safe.</para>
/// </remarks>
public sealed class WeightBook
{
    private readonly FrozenDictionary<SegmentId, int> _places;
    private readonly BenefitWeights[] _weights;
    private readonly int[] _depths;

    private WeightBook(BenefitWeights defaultWeights, SegmentWeights[] entries, FrozenDictionary<SegmentId, int> places, FactorScales scales)
    {
        Entries = Array.AsReadOnly(entries);
        Segments = Array.AsReadOnly(Array.ConvertAll(entries, entry => entry.Segment));
        Scales = scales;
        _places = places;
        _weights = new BenefitWeights[entries.Length + 1];
        _weights[^1] = defaultWeights;
        _depths = new int[entries.Length + 1];
        var waiting = new Stack<int>();
        for (int place = 0; place < entries.Length; place++)
        {
            ResolveWithAncestors(place, waiting);
        }
    }

    /// <summary>Gets the weights of customers in no segment of the book.</summary>
    public BenefitWeights Default => _weights[^1];

    /// <summary>Gets what each segment states, in the order of the book.</summary>
    public IReadOnlyList<SegmentWeights> Entries { get; }

    /// <summary>Gets the segments of the book, in its order: their places are their indices in columns.</summary>
    public IReadOnlyList<SegmentId> Segments { get; }

    /// <summary>Gets the scales of the factors.</summary>
    public FactorScales Scales { get; }

    /// <summary>Gets how many sets of weights there are: one for each segment, and the default.</summary>
    public int Count => _weights.Length;

    /// <summary>Gets the weights by index: those of the segments, then the default.</summary>
    internal ReadOnlySpan<BenefitWeights> Weights => _weights;

    /// <summary>Gets the weights of a segment, with what it takes over.</summary>
    /// <param name="segment">The segment; one the book does not know weighs as the default does.</param>
    public BenefitWeights this[SegmentId segment] => _weights[IndexOf(segment)];

    /// <summary>Makes a book.</summary>
    /// <param name="defaultWeights">The weights of customers in no segment of the book, and of what segments without a parent do not state.</param>
    /// <param name="segments">What each segment states; a parent may stand before or after its children.</param>
    /// <returns>The book, with factors taken as they are; see <see cref="With(FactorScales)"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="segments"/> is null, or an entry is.</exception>
    /// <exception cref="RowFaultsException">
    /// A segment is named twice or not at all, a parent is not in the book, a segment is its own ancestor, or a weight is not a finite number
    /// of 0 or more. All faults are named together; rows are entries.
    /// </exception>
    public static WeightBook Of(BenefitWeights defaultWeights, params IEnumerable<SegmentWeights> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        SegmentWeights[] entries = [.. segments];
        foreach (SegmentWeights entry in entries)
        {
            ArgumentNullException.ThrowIfNull(entry, nameof(segments));
        }

        var places = WeightBookRules.PlacesOf(entries, nameof(segments));
        return new(defaultWeights, entries, places, FactorScales.Identity);
    }

    /// <summary>Gives this book with the scales its weights are meant for.</summary>
    /// <param name="scales">The scales.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scales"/> is null.</exception>
    public WeightBook With(FactorScales scales)
    {
        ArgumentNullException.ThrowIfNull(scales);
        return new(Default, [.. Entries], _places, scales);
    }

    /// <summary>Gives this book with other weights of one segment; its parent, children and place stay.</summary>
    /// <param name="segment">A segment of the book, or <see cref="SegmentId.None"/> for the default.</param>
    /// <param name="weights">Its weights.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentException">The book does not know the segment.</exception>
    public WeightBook With(SegmentId segment, BenefitWeights weights)
    {
        SegmentWeights[] entries = [.. Entries];
        if (segment == SegmentId.None)
        {
            return new(weights, entries, _places, Scales);
        }

        int place = Knows(segment)
            ? IndexOf(segment)
            : throw new ArgumentException($"The book has no segment '{segment}'. Make a book that has it first.", nameof(segment));
        entries[place] = SegmentWeights.Of(segment, weights, entries[place].Parent);
        return new(Default, entries, _places, Scales);
    }

    /// <summary>Tells whether the book has a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>Whether it has.</returns>
    public bool Knows(SegmentId segment) => _places.ContainsKey(segment);

    /// <summary>Gives the index of a segment in columns.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>Its place in <see cref="Segments"/>; the index of the default for one the book does not know.</returns>
    public int IndexOf(SegmentId segment) => _places.TryGetValue(segment, out int place) ? place : _weights.Length - 1;

    /// <summary>Gives the segment by which a customer in several weighs: the deepest below the default, and among equally deep ones the first in the book.</summary>
    /// <param name="segments">The segments of one customer, in any order; those the book does not know do not count.</param>
    /// <returns>One of them, or <see cref="SegmentId.None"/> for the default.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="segments"/> is null.</exception>
    public SegmentId Deciding(IEnumerable<SegmentId> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        int best = _weights.Length - 1;
        foreach (SegmentId segment in segments)
        {
            int place = IndexOf(segment);
            if (_depths[place] > _depths[best] || (_depths[place] == _depths[best] && place < best))
            {
                best = place;
            }
        }

        return best < Segments.Count ? Segments[best] : SegmentId.None;
    }

    /// <summary>Scores an offer for a customer of a segment.</summary>
    /// <param name="segment">The segment; one the book does not know weighs as the default does.</param>
    /// <param name="factors">The factors in their own units, all finite; NaN where missing, if the scale says what stands in.</param>
    /// <returns>The score, with its five contributions.</returns>
    /// <exception cref="ArgumentException">A factor is missing and nothing stands in for it, is not finite, or the score exceeds the range of numbers.</exception>
    public BenefitScore Score(SegmentId segment, BenefitFactors factors) => BenefitScore.Of(this[segment], factors, Scales);

    /// <summary>Scores an offer, the way it comes through a channel, for a customer of a segment.</summary>
    /// <param name="segment">The segment; one the book does not know weighs as the default does.</param>
    /// <param name="offer">The offer.</param>
    /// <param name="channel">The channel; <see cref="Channel.None"/> where it does not matter.</param>
    /// <returns>The score of all its moments together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="offer"/> is null.</exception>
    /// <exception cref="ArgumentException">A factor is missing and nothing stands in for it, is not finite, or the score exceeds the range of numbers.</exception>
    public BenefitScore Score(SegmentId segment, OfferFactors offer, Channel channel = default)
    {
        ArgumentNullException.ThrowIfNull(offer);
        return Score(segment, offer.Through(channel).Total);
    }

    /// <summary>Ranks offers for a customer of a segment, the best first. For many customers there is <see cref="OfferRanker"/>.</summary>
    /// <param name="segment">The segment; one the book does not know weighs as the default does.</param>
    /// <param name="offers">The offers; equal scores stand in their order.</param>
    /// <param name="channel">The channel through which the offers come; <see cref="Channel.None"/> where it does not matter.</param>
    /// <returns>All offers, each with its score and the reason it stands before the next.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="offers"/> is null, or an offer is.</exception>
    /// <exception cref="ArgumentException">A factor is missing and nothing stands in for it, is not finite, or a score exceeds the range of numbers.</exception>
    public IReadOnlyList<RankedOffer> Rank(SegmentId segment, IEnumerable<OfferFactors> offers, Channel channel = default)
    {
        ArgumentNullException.ThrowIfNull(offers);
        (OfferFactors Offer, BenefitScore Score)[] ranked =
            [.. offers.Select(offer => (offer, Score(segment, offer, channel))).OrderByDescending(scored => scored.Item2.Value)];
        return Array.AsReadOnly(
            [.. ranked.Select((scored, place) => new RankedOffer(place + 1, scored.Offer, scored.Score, ranked.ElementAtOrDefault(place + 1).Score))]);
    }

    /// <summary>
    /// Willingness to pay of a segment: what one more unit of utility, brand or relationship, in its own unit, may cost at the same benefit,
    /// in the unit of cost. With a <see cref="FactorScale.Money(Currency, decimal)"/> scale of cost that is money.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="factor">Utility, brand or relationship.</param>
    /// <returns>The amount, 0 or more; null where cost has no weight, since then no amount is too much.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is cost or time; for time there is <see cref="ValueOfTime"/>.</exception>
    public double? WillingnessToPay(SegmentId segment, BenefitFactor factor) => InCost(this[segment], BenefitWeights.Gained(factor));

    /// <summary>The value of time of a segment: what one unit of time saved may cost at the same benefit, both in their own units.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>The amount, 0 or more; null where cost has no weight.</returns>
    public double? ValueOfTime(SegmentId segment) => InCost(this[segment], BenefitFactor.Time);

    /// <summary>Gives the book as JSON, with a schema number; <see cref="FromJson"/> reads it back to the bit.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="InvalidOperationException">The id of a segment holds half a surrogate pair, which JSON cannot.</exception>
    public string ToJson() => WeightBookDocument.Write(this);

    /// <summary>Reads a book from the JSON of <see cref="ToJson"/>, or from one written by hand in the same form.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The book.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no weight book; the message names everything that is wrong, and where.</exception>
    public static WeightBook FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return WeightBookDocument.Read(json);
    }

    // What is weighed per unit of the factor, over what is weighed per unit of cost.
    private double? InCost(BenefitWeights weights, BenefitFactor factor) => weights.Cost > 0
        ? weights[factor] / Scales[factor].Step / (weights.Cost / Scales.Cost.Step)
        : null;

    // Parents first, without recursion: a chain may be as long as the book. The rules have refused loops, so that this ends.
    private void ResolveWithAncestors(int place, Stack<int> waiting)
    {
        for (int at = place; at < Entries.Count && _depths[at] == 0; at = IndexOf(Entries[at].Parent))
        {
            waiting.Push(at);
        }

        while (waiting.TryPop(out int next))
        {
            Resolve(next);
        }
    }

    private void Resolve(int place)
    {
        SegmentWeights entry = Entries[place];
        int parent = IndexOf(entry.Parent);
        BenefitWeights above = _weights[parent];
        _depths[place] = _depths[parent] + 1;
        _weights[place] = BenefitWeights.Of(
            utility: entry.Utility ?? above.Utility,
            brand: entry.Brand ?? above.Brand,
            relationship: entry.Relationship ?? above.Relationship,
            cost: entry.Cost ?? above.Cost,
            time: entry.Time ?? above.Time);
    }
}
