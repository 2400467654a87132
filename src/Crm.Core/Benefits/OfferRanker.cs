using System.Globalization;
using System.Numerics;
using Crm.Core.Benefits.Kernels;

namespace Crm.Core.Benefits;

/// <summary>Finds the best offers for each of many customers, without a table of customers by offers.</summary>
/// <remarks>
/// <para>
/// The benefit of an offer is s + w·(a_0·b_0 + a_1·b_1 + …) + the corrections: s the base benefit of the offer to the customer's segment,
/// w the segment's weight of the relationship, a the affinities of the customer and b those of the offer. The products are summed from
/// the left, each operation rounded by itself, so that a benefit has the same bits on every machine. Equal benefits are listed in the
/// order of the offers.
/// </para>
/// <para>
/// The time is linear in customers x offers x affinities, the memory does not grow with the customers, and on one thread a call allocates
/// nothing once its scratch is pooled. Where nothing depends on the single customer there is one list a segment. With limits that is
/// otherwise: see <see cref="RankOptions.Limits"/>.
/// </para>
/// <para>Immutable and thread-safe.</para>
/// </remarks>
public sealed partial class OfferRanker
{
    /// <summary>The most affinities of an offer.</summary>
    public const int MaxAffinities = 32;

    private readonly RankTables _tables;
    private readonly Lazy<RankTable<double>> _doubles;
    private readonly Lazy<RankTable<float>> _floats;

    private OfferRanker(RankTables tables)
    {
        _tables = tables;
        _doubles = new(() => new(tables));
        _floats = new(() => new(tables));
    }

    /// <summary>Gets how many segments there are.</summary>
    public int Segments => _tables.Segments;

    /// <summary>Gets how many offers there are.</summary>
    public int Offers => _tables.Offers;

    /// <summary>Gets how many affinities a customer and an offer have; 0 for none.</summary>
    public int Affinities => _tables.Affinities;

    /// <summary>Makes a ranker of offers whose benefit depends on the segment only.</summary>
    /// <param name="segments">How many segments, 1 or more.</param>
    /// <param name="offers">How many offers, 1 or more.</param>
    /// <param name="benefits">The benefit of each offer to each segment, segment by segment. Finite.</param>
    /// <param name="eligible">The offers each segment may have, as bits: offer j is bit j mod 64 of word j / 64, and each segment has as many
    /// words as the offers need. Empty for all.</param>
    /// <returns>The ranker. What is passed is copied.</returns>
    /// <exception cref="ArgumentException">A column does not fit the segments and offers, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no segments or offers, or too many.</exception>
    public static OfferRanker Of(int segments, int offers, ReadOnlySpan<double> benefits, ReadOnlySpan<ulong> eligible = default) =>
        Of(segments, offers, benefits, [], [], eligible);

    /// <summary>Makes a ranker of the offers of a catalogue, with the weights of a book.</summary>
    /// <remarks>
    /// Segments are the sets of weights of the book, in its order, the default last: <see cref="WeightBook.IndexOf"/>. The benefit of an offer
    /// to a segment is that of <see cref="WeightBook.Score(SegmentId, OfferFactors, Channel)"/>, to the bit. Affinities are added to the
    /// relationship as its scale counts it. How many
    /// there are of an offer (<see cref="Crm.Core.Offers.Offer.Available"/>) limits its lists, unless <see cref="RankOptions.Limits"/> says otherwise.
    /// </remarks>
    /// <param name="book">What each segment weighs.</param>
    /// <param name="offers">The offers, in the order in which they win ties.</param>
    /// <param name="affinities">The affinities of the offers, offer by offer: the same number for each, at most
    /// <see cref="MaxAffinities"/>. Finite. Empty for none.</param>
    /// <param name="channel">The channel through which the offers come; <see cref="Channel.None"/> where it does not matter.</param>
    /// <returns>The ranker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null, or an offer is.</exception>
    /// <exception cref="ArgumentException"><paramref name="affinities"/> does not fit the offers, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no offers, or too many.</exception>
    /// <exception cref="RowFaultsException">
    /// An offer comes twice, a factor is missing and nothing stands in for it or is not finite, or a benefit exceeds the range of numbers. Rows
    /// are offers.
    /// </exception>
    public static OfferRanker Of(
        WeightBook book, IReadOnlyList<OfferFactors> offers, ReadOnlySpan<double> affinities = default, Channel channel = default)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(offers);
        var weights = new double[affinities.IsEmpty ? 0 : book.Count];
        var benefits = new double[book.Count * offers.Count];
        var faults = new RowFaultList();
        var ids = new HashSet<OfferId>();
        for (int offer = 0; offer < offers.Count; offer++)
        {
            ArgumentNullException.ThrowIfNull(offers[offer], nameof(offers));
            if (!ids.Add(offers[offer].Offer.Id))
            {
                faults.Add(offer, "id", $"'{offers[offer].Offer.Id}' again", "each offer once");
            }

            BenefitFactors scaled = book.Scales.Scale(offers[offer].Through(channel).Total);
            AddFaults(scaled, offer, faults);
            for (int segment = 0; segment < book.Count; segment++)
            {
                double benefit = BenefitContributions.Of(book.Weights[segment], scaled).Total;
                benefits[(segment * offers.Count) + offer] = benefit;
                if (!double.IsFinite(benefit) && faults.IsEmpty)
                {
                    faults.Add(offer, "benefit", $"{benefit}", "factors and weights whose products and sums are in the range of numbers");
                }
            }
        }

        faults.ThrowIfAny(nameof(offers));
        for (int segment = 0; segment < weights.Length; segment++)
        {
            weights[segment] = book.Weights[segment].Relationship;
        }

        return Of(book.Count, offers.Count, benefits, weights, affinities, [], LimitsOf(offers));
    }

    /// <summary>Makes a ranker of offers whose benefit depends on the segment and on the customer's own affinities.</summary>
    /// <param name="segments">How many segments, 1 or more.</param>
    /// <param name="offers">How many offers, 1 or more.</param>
    /// <param name="benefits">The benefit of each offer to each segment but for the relationship, segment by segment. Finite.</param>
    /// <param name="weights">The weight of the relationship in each segment. Finite, 0 or more. Empty if there are no affinities.</param>
    /// <param name="affinities">The affinities of the offers, offer by offer: the same number for each, at most
    /// <see cref="MaxAffinities"/>. Finite. Empty for none.</param>
    /// <param name="eligible">The offers each segment may have, as bits: offer j is bit j mod 64 of word j / 64, and each segment has as many
    /// words as the offers need. Empty for all.</param>
    /// <returns>The ranker. What is passed is copied.</returns>
    /// <exception cref="ArgumentException">A column does not fit the segments and offers, or a value is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no segments or offers, or too many; or a weight is below 0.</exception>
    public static OfferRanker Of(
        int segments,
        int offers,
        ReadOnlySpan<double> benefits,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> affinities,
        ReadOnlySpan<ulong> eligible = default) => Of(segments, offers, benefits, weights, affinities, eligible, null);

    private static OfferRanker Of(
        int segments,
        int offers,
        ReadOnlySpan<double> benefits,
        ReadOnlySpan<double> weights,
        ReadOnlySpan<double> affinities,
        ReadOnlySpan<ulong> eligible,
        int[]? limits)
    {
        Guard.InRange((double)segments, 1, int.MaxValue, "", nameof(segments));
        Guard.InRange((double)offers, 1, int.MaxValue, "", nameof(offers));
        Guard.InRange(
            (double)segments * RankTable<double>.StrideOf(Math.Min(offers, int.MaxValue - 64)), 1, 1 << 27, "Segments times offers is too large.", nameof(offers));
        Guard.SameLength(segments * offers, benefits.Length, "pairs of a segment and an offer", nameof(benefits));
        CheckFinite(benefits, nameof(benefits));
        int perOffer = affinities.Length / offers;
        if (affinities.Length % offers != 0 || perOffer > MaxAffinities)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Needs the same number of values, 0 to {MaxAffinities}, for each of the {offers} offers; it has {affinities.Length} in all."),
                nameof(affinities));
        }

        CheckFinite(affinities, nameof(affinities));
        if (weights.Length > 0 || perOffer > 0)
        {
            Guard.SameLength(segments, weights.Length, "segments", nameof(weights));
        }

        foreach (double weight in weights)
        {
            Guard.NotNegative(weight, "", nameof(weights));
        }

        if (eligible.Length > 0)
        {
            Guard.SameLength(segments * ((offers + 63) / 64), eligible.Length, "words of the segments", nameof(eligible));
        }

        return new(new()
        {
            Segments = segments,
            Offers = offers,
            Affinities = perOffer,
            // Without its sign a zero has the same bits whether 0 times an affinity is added to it or not.
            Base = Unsigned(benefits),
            Weights = perOffer > 0 ? weights.ToArray() : new double[segments],
            OfferAffinities = affinities.ToArray(),
            Eligible = eligible.ToArray(),
            Limits = limits,
        });
    }

    /// <summary>Works out the benefit of one offer to one customer, whether or not the customer may have it.</summary>
    /// <param name="segment">The customer's segment, counted from 0.</param>
    /// <param name="affinity">The customer's affinities. Finite.</param>
    /// <param name="offer">The offer, counted from 0.</param>
    /// <returns>The benefit, with the bits a ranking gives. Infinite or NaN where it is beyond a double.</returns>
    /// <exception cref="ArgumentException"><paramref name="affinity"/> has another length than <see cref="Affinities"/>, or a value that is
    /// not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment or offer.</exception>
    public double Benefit(int segment, ReadOnlySpan<double> affinity, int offer)
    {
        Guard.Row(segment, Segments, nameof(segment));
        Guard.Row(offer, Offers, nameof(offer));
        Guard.SameLength(Affinities, affinity.Length, "affinities", nameof(affinity));
        CheckFinite(affinity, nameof(affinity));
        double benefit = _tables.Base[(segment * Offers) + offer];
        double weight = _tables.Weights[segment];
        if (weight == 0)
        {
            return benefit;
        }

        ReadOnlySpan<double> b = _tables.OfferAffinities.AsSpan(offer * Affinities, Affinities);
        double dot = affinity[0] * b[0];
        for (int c = 1; c < b.Length; c++)
        {
            double product = affinity[c] * b[c];
            dot += product;
        }

        double relationship = weight * dot;
        return benefit + relationship;
    }

    internal RankTable<T> Table<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(T) == typeof(double) ? (RankTable<T>)(object)_doubles.Value
        : typeof(T) == typeof(float) ? (RankTable<T>)(object)_floats.Value
        : throw new NotSupportedException($"Benefits are double or float, not {typeof(T).Name}.");

    private static double[] Unsigned(ReadOnlySpan<double> values)
    {
        double[] copy = values.ToArray();
        foreach (ref double value in copy.AsSpan())
        {
            value += 0.0;
        }

        return copy;
    }

    private static int[]? LimitsOf(IReadOnlyList<OfferFactors> offers) => offers.Any(offer => offer.Offer.Available is not null)
        ? [.. offers.Select(offer => offer.Offer.Available ?? int.MaxValue)]
        : null;

    private static void AddFaults(BenefitFactors scaled, int offer, RowFaultList faults)
    {
        foreach (BenefitFactor factor in FactorNames.All)
        {
            if (!double.IsFinite(scaled[factor]))
            {
                faults.Add(offer, FactorNames.Of(factor), $"{scaled[factor]}", "a finite number, or a scale that says what stands in for a missing one");
            }
        }
    }

    private static void CheckFinite(ReadOnlySpan<double> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Must hold finite numbers; entry {i} was {values[i]}."), name);
            }
        }
    }
}
