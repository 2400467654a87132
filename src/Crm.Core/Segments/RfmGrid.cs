namespace Crm.Core.Segments;

/// <summary>Recency by frequency: what a heat map of the base shows.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class RfmGrid
{
    private readonly RfmTotals[] _totals;

    internal RfmGrid(RfmShape shape, RfmTally tally)
    {
        RecencyBins = shape.Recency;
        FrequencyBins = shape.Frequency;
        _totals = new RfmTotals[shape.Recency * shape.Frequency];
        for (int place = 0; place < _totals.Length; place++)
        {
            _totals[place] = tally.Of(Enumerable.Range(place * shape.Money, shape.Money));
        }
    }

    /// <summary>Gets the best score of recency.</summary>
    public int RecencyBins { get; }

    /// <summary>Gets the best score of frequency.</summary>
    public int FrequencyBins { get; }

    /// <summary>Gets what the customers of two scores come to, whatever their money.</summary>
    /// <param name="recency">The score of recency, from 1 to <see cref="RecencyBins"/>.</param>
    /// <param name="frequency">The score of frequency, from 1 to <see cref="FrequencyBins"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score.</exception>
    public RfmTotals this[int recency, int frequency]
    {
        get
        {
            Guard.InRange((double)recency, 1, RecencyBins, "Scores begin at 1.", nameof(recency));
            Guard.InRange((double)frequency, 1, FrequencyBins, "Scores begin at 1.", nameof(frequency));
            return _totals[((recency - 1) * FrequencyBins) + frequency - 1];
        }
    }
}
