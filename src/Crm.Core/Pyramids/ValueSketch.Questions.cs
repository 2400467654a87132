using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

// What can be asked, beside what is counted as values come.
public sealed partial class ValueSketch
{
    /// <summary>
    /// Gets Gini's coefficient: 0 where all are worth the same, near 1 where one has it all. Null where a value is negative or the total
    /// is 0, since it does not exist there. Its lower bound takes the customers of a bucket for equal, its upper one for as unequal as they can be.
    /// </summary>
    public SketchedValue? Gini
    {
        get
        {
            if (Count == 0 || View.Total.Sign <= 0 || _seen.Least < 0)
            {
                return null;
            }

            var (low, high) = View.Differences();
            BigInteger all = View.Total * Count;
            return SketchedValue.Between(ExactDouble.Below(low, all), Math.Min(1, ExactDouble.Above(high, all)));
        }
    }

    /// <summary>Makes a sketch of what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The sketch; it goes on where the other stopped, and gives the same answers, to the bit.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no such document, or its schema is newer than this library.</exception>
    public static ValueSketch FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ValueSketchDocument.Read(json);
    }

    /// <summary>Writes all the sketch holds, with a schema number. Equal sketches are equal texts.</summary>
    /// <returns>The JSON text: about 40 bytes a bucket.</returns>
    public string ToJson() => ValueSketchDocument.Write(_buckets, _seen);

    /// <summary>The value of the customer at a rank.</summary>
    /// <param name="rank">The rank, from 0 for the most valuable customer to <see cref="Count"/> − 1.</param>
    /// <returns>The value; the estimate is off by <see cref="RelativeError"/> at the most.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public SketchedValue ValueAtRank(long rank)
    {
        if (rank < 0 || rank >= Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rank), FormattableString.Invariant($"Must be one of the {Count} ranks, counted from 0; it was {rank}."));
        }

        var (low, high) = View.RangeOf(View.EntryOfRank(rank));
        return SketchedValue.Between(low, high);
    }

    /// <summary>The least value that a share of the customers is not above: the median for one half.</summary>
    /// <param name="share">The share, from 0 to 1: 0.5 for the median, 0 for the least value, 1 for the greatest.</param>
    /// <returns>The value; the estimate is off by <see cref="RelativeError"/> at the most.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    /// <exception cref="InvalidOperationException">The sketch is empty.</exception>
    public SketchedValue Quantile(decimal share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.5 for the median.");
        if (Count == 0)
        {
            throw new InvalidOperationException("A sketch without customers has no quantiles. Add values first.");
        }

        return ValueAtRank(Count - Math.Max(1, (long)Math.Ceiling(share * Count)));
    }

    /// <summary>How many customers are worth more than a value.</summary>
    /// <param name="value">The value; not NaN.</param>
    /// <returns>Their number: exact at the edges of the buckets, else within the customers of one bucket.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a number.</exception>
    public SketchedCount CountAbove(double value)
    {
        Guard.InRange(value, double.NegativeInfinity, double.PositiveInfinity);

        // The first entry that may hold a value not above it, and the first that surely does.
        SketchView view = View;
        int low = view.FirstEntry(entry => !(view.RangeOf(entry).Low > value));
        int high = view.FirstEntry(entry => !(view.RangeOf(entry).High > value));
        return new(view.Before(low), view.Before(high));
    }

    /// <summary>Share of all value that the most valuable customers hold.</summary>
    /// <param name="share">The share of customers, from 0 to 1; it stands for round(share × n) of them, halves up, as in a pyramid.</param>
    /// <returns>The share of value; above 1 where the others are worth less than nothing; null where the total is not above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public SketchedValue? ShareOfTop(decimal share)
    {
        Guard.InRange(share, 0, 1, "Give the share as a fraction: 0.01 for 1 %.");
        if (View.Total.Sign <= 0)
        {
            return null;
        }

        var (low, high) = View.SumOfFirst(PyramidScheme.CutOf(share, Count));
        return SketchedValue.Between(ExactDouble.Below(low, View.Total), ExactDouble.Above(high, View.Total));
    }

    internal SketchView Questions() => View;

    /// <summary>Adds whole buckets, as a document holds them.</summary>
    internal static ValueSketch Of(SketchBuckets buckets, ValueScan seen, long customers)
    {
        var sketch = new ValueSketch(buckets);
        sketch.Take(seen, customers);
        return sketch;
    }
}
