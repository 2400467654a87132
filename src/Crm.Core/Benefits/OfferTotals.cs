using System.Globalization;
using Crm.Core.Benefits.Kernels;

namespace Crm.Core.Benefits;

/// <summary>What a ranking says of segments and offers: made once, and passed to one ranking or to several, which add to it.</summary>
/// <remarks>
/// <para>
/// Rows are added in blocks, and the blocks in their order, so that the totals have the same bits for any number of threads. Rows with
/// a fault are left out.
/// </para>
/// <para>Not thread-safe. After a ranking that was cancelled or failed it holds some of the blocks: <see cref="Clear"/> it.</para>
/// </remarks>
public sealed class OfferTotals
{
    private readonly OfferSums _sums;
    private readonly Stack<OfferSums> _blocks = new(); // kept for the next ranking

    private OfferTotals(OfferSums sums, double? shareScale)
    {
        _sums = sums;
        ShareScale = shareScale;
    }

    /// <summary>Gets how many segments there are.</summary>
    public int Segments => _sums.Segments;

    /// <summary>Gets how many offers there are.</summary>
    public int Offers => _sums.Offers;

    /// <summary>Gets the scale of the choice shares, in units of benefit; null where none are wanted.</summary>
    public double? ShareScale { get; }

    internal OfferSums Sums => _sums;

    /// <summary>Makes totals for the segments and offers of a ranker.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="shareScale">The scale of the choice shares: the smaller, the more the best offer gets. From 1e-100 to 1e100, in units of
    /// benefit. Null for no shares, which cost as much as the ranking itself.</param>
    /// <returns>Empty totals.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ranker"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shareScale"/> is out of range.</exception>
    public static OfferTotals Of(OfferRanker ranker, double? shareScale = null)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        if (shareScale is { } scale)
        {
            Guard.InRange(scale, 1e-100, 1e100, "It is a spread of benefits.", nameof(shareScale));
        }

        return new(new(ranker.Segments, ranker.Offers, shareScale is not null), shareScale);
    }

    /// <summary>Gives how many customers of a segment were ranked.</summary>
    /// <param name="segment">The segment, counted from 0.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment.</exception>
    public long Customers(int segment) => _sums.Customers[Segment(segment)];

    /// <summary>Gives how many customers of a segment have an offer as their best; after limits, where there are any.</summary>
    /// <param name="segment">The segment, counted from 0.</param>
    /// <param name="offer">The offer, counted from 0.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment or offer.</exception>
    public long FirstChoices(int segment, int offer) => _sums.FirstChoices[(Segment(segment) * _sums.Stride) + Offer(offer)];

    /// <summary>Gives the mean benefit of the best offer, over the customers of a segment that have one.</summary>
    /// <param name="segment">The segment, counted from 0.</param>
    /// <returns>The mean; null where nobody has an offer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment.</exception>
    public double? MeanBenefit(int segment)
    {
        long choosers = 0;
        foreach (long count in _sums.FirstChoices.AsSpan(Segment(segment) * _sums.Stride, _sums.Stride))
        {
            choosers += count;
        }

        return choosers == 0 ? null : _sums.MeanBenefit(segment, choosers);
    }

    /// <summary>Gives the choice share of an offer in a segment: the mean of exp(benefit / scale) over its sum for all offers the customer may have.</summary>
    /// <param name="segment">The segment, counted from 0.</param>
    /// <param name="offer">The offer, counted from 0.</param>
    /// <returns>The multinomial logit share, from 0 to 1; the shares of a segment add up to 1 but for rounding. It knows no limits and no
    /// minimum. Null where nobody may have any offer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment or offer.</exception>
    /// <exception cref="InvalidOperationException">These totals were made without a scale.</exception>
    public double? Share(int segment, int offer)
    {
        if (ShareScale is null)
        {
            throw new InvalidOperationException("These totals have no choice shares. Make them with a scale.");
        }

        double share = _sums.Shares[(Segment(segment) * _sums.Stride) + Offer(offer)];
        return _sums.Sharers[segment] == 0 ? null : share / _sums.Sharers[segment];
    }

    /// <summary>Empties the totals.</summary>
    public void Clear() => _sums.Clear();

    /// <summary>Gives the totals in words.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_sums.Customers.Sum()} customers of {Segments} segments, {Offers} offers");

    /// <summary>Gives empty sums for the blocks of one thread.</summary>
    internal OfferSums Rent()
    {
        lock (_blocks)
        {
            return _blocks.TryPop(out OfferSums? block) ? block : new(Segments, Offers, ShareScale is not null);
        }
    }

    internal void Return(OfferSums block)
    {
        block.Clear(); // a block that failed was not taken over
        lock (_blocks)
        {
            _blocks.Push(block);
        }
    }

    private int Segment(int segment) => Guard.Row(segment, Segments, nameof(segment));

    private int Offer(int offer) => Guard.Row(offer, Offers, nameof(offer));
}
