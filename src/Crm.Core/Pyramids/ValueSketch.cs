using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>What a pyramid needs to know of the values of a base that does not fit in memory: how many customers are worth how much.</summary>
/// <remarks>
/// <para>
/// A histogram whose buckets are as fine as the room allows: a bucket holds the values that agree in sign, exponent and the first bits of
/// the mantissa. It begins with all 52 bits, so that up to 12,288 different values are held as they are, and every answer is exact. When
/// there are more buckets than that, the last bit is given up and neighbours become one. The values of a bucket are added up exactly.
/// </para>
/// <para>
/// Nothing is random, and nothing depends on the order of the values, on how they were divided among sketches or threads, or on how those
/// were merged: the same values give the same sketch, to the bit. Every answer that is not exact comes with bounds that hold always.
/// </para>
/// <para>
/// Memory: at most 458,752 bytes, however many customers there are, twice that for a moment while it gives up resolution, and 150,000 more once something is asked. Adding takes a few
/// nanoseconds a value. Any number of threads may ask at once while none adds.
/// </para>
/// <para>
/// In the family of the log-scaled histograms with a bound on the relative error: Masson, Rim and Lee (2019), "DDSketch: A Fast and
/// Fully-Mergeable Quantile Sketch with Relative-Error Guarantees", PVLDB 12(12). The buckets here are cut at the bits of the number
/// instead of at powers of a base, which needs no logarithm, and hold sums.
/// </para>
/// </remarks>
public sealed partial class ValueSketch
{
    /// <summary>The most customers a sketch counts: 2^44 − 1.</summary>
    public const long MaxCustomers = (1L << 44) - 1;

    /// <summary>The most threads that share the adding of values.</summary>
    public const int MaxThreads = 1_024;

    private const int BlockRows = 1 << 16;

    private readonly int _mostSlots;
    private SketchBuckets _buckets;
    private ValueScan _seen = ValueScan.None;
    private SketchView? _view;

    /// <summary>Initializes a new instance of the <see cref="ValueSketch"/> class, with nobody in it.</summary>
    public ValueSketch()
        : this(new SketchBuckets(SketchBuckets.MostSlots))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ValueSketch"/> class that goes on with buckets.</summary>
    internal ValueSketch(SketchBuckets buckets)
    {
        _buckets = buckets;
        _mostSlots = buckets.MostSlotsHere;
    }

    /// <summary>Gets how many customers were added.</summary>
    public long Count { get; private set; }

    /// <summary>Gets the least value, exactly; null where there is none.</summary>
    public double? Least => Count > 0 ? _seen.Least : null;

    /// <summary>Gets the greatest value, exactly; null where there is none.</summary>
    public double? Greatest => Count > 0 ? _seen.Greatest : null;

    /// <summary>Gets the sum of all values, exact and then rounded to the nearest double; infinite where none is as large.</summary>
    public double Total => ExactDouble.Nearest(View.Total, ExactDouble.One);

    /// <summary>Gets the number of buckets, at most 12,288.</summary>
    public int Buckets => _buckets.Count;

    /// <summary>
    /// Gets by how much the estimate of a customer's value is off at the most, as a fraction of the value: half the width of a bucket over
    /// its edge. 0 while there are at most 12,288 different values; 2^−10 or less where the values of a base lie within a factor of 10^6 of each
    /// other; 1/4 at the very worst.
    /// </summary>
    /// <remarks>
    /// It holds for values of any sign and for 0, which is a bucket of its own. Of values nearer to 0 than 2.2e-308, of which doubles
    /// have fewer digits, the estimate is off by no more than this fraction of 2.2e-308.
    /// </remarks>
    public double RelativeError => _buckets.Shift == 0 ? 0 : Math.ScaleB(1, _buckets.Shift - 1 - SketchBuckets.MantissaBits);

    private SketchView View => _view ??= new(_buckets, _seen);

    /// <summary>Adds the value of one customer.</summary>
    /// <param name="value">What the customer is worth; finite, of any sign.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    public void Add(double value) => Add(value, 1);

    /// <summary>Adds a value that several customers have.</summary>
    /// <param name="value">What each is worth; finite, of any sign.</param>
    /// <param name="customers">How many they are, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite, or the number below 1.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    public void Add(double value, long customers)
    {
        Guard.InRange(value, double.MinValue, double.MaxValue);
        if (customers < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(customers), FormattableString.Invariant($"Must be a whole number, 1 or more; it was {customers}."));
        }

        Expect(customers);
        Put(value, customers);
    }

    /// <summary>Adds the values of customers, one each.</summary>
    /// <param name="values">What each is worth; finite, of any sign.</param>
    /// <exception cref="RowFaultsException">Values are not finite; the first 20 are named, with their total. Nothing was added.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    public void Add(ReadOnlySpan<double> values)
    {
        Expect(values.Length);
        ValueScan scan = ValueScan.Of(values);
        ThrowIfFaulty(scan, values);
        _buckets.Add(values);
        Take(scan, values.Length);
    }

    /// <summary>Adds values that several customers have.</summary>
    /// <param name="values">What each customer of a row is worth; finite, of any sign.</param>
    /// <param name="customers">How many customers share each row, 1 or more.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="RowFaultsException">Values are not finite or numbers below 1; the first 20 are named, with their total. Nothing was added.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    public void Add(ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        Guard.SameLength(values.Length, customers.Length, "values");
        var faults = new RowFaultList();
        long sum = 0;
        for (int row = 0; row < values.Length; row++)
        {
            Check(values[row], row, faults);
            if (customers[row] < 1)
            {
                faults.Add(row, "customers", $"{customers[row]}", "a whole number, 1 or more");
            }

            sum += customers[row];
        }

        faults.ThrowIfAny(nameof(values));
        Expect(sum);
        for (int row = 0; row < values.Length; row++)
        {
            Put(values[row], customers[row]);
        }
    }

    /// <summary>Adds the values of customers, one each, on several threads. The sketch is the same for any number of them.</summary>
    /// <param name="values">What each is worth; finite, of any sign.</param>
    /// <param name="threads">How many threads share the work, 1 to <see cref="MaxThreads"/>. Each takes as much memory as a sketch until it is done.</param>
    /// <param name="cancellationToken">Ends the work; then nothing was added.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is out of range.</exception>
    /// <exception cref="RowFaultsException">Values are not finite; the first 20 are named, with their total. Nothing was added.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled. Nothing was added.</exception>
    public void Add(ReadOnlyMemory<double> values, int threads, CancellationToken cancellationToken = default)
    {
        Guard.InRange((double)threads, 1, MaxThreads, "", nameof(threads));
        Expect(values.Length);
        var parts = new SketchBuckets[threads];
        var scans = new ValueScan[threads];
        int blocks = (values.Length / BlockRows) + 1;
        Share(blocks, () => ValueScan.None, (scan, block) => scan.And(ValueScan.Of(Block(values, block))), scans, cancellationToken);
        ValueScan seen = scans.Aggregate(ValueScan.None, (all, scan) => all.And(scan));
        ThrowIfFaulty(seen, values.Span);
        Share(blocks, () => new SketchBuckets(_mostSlots), (part, block) => Added(part, Block(values, block)), parts, cancellationToken);
        foreach (SketchBuckets part in parts)
        {
            TakeOver(part);
        }

        Take(seen, values.Length);
    }

    /// <summary>Adds all that another sketch holds, as if its values had been added here. The other stays as it is.</summary>
    /// <param name="other">The other sketch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There would be more than <see cref="MaxCustomers"/>. Nothing was added.</exception>
    public void Merge(ValueSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Expect(other.Count);
        _buckets.Add(other._buckets);
        Take(other._seen, other.Count);
    }

    private static void Check(double value, int row, RowFaultList faults)
    {
        if (!double.IsFinite(value))
        {
            faults.Add(row, "value", $"{value}", "a finite number");
        }
    }

    private static void ThrowIfFaulty(ValueScan scan, ReadOnlySpan<double> values)
    {
        if (scan.IsFinite)
        {
            return;
        }

        var faults = new RowFaultList();
        for (int row = 0; row < values.Length; row++)
        {
            Check(values[row], row, faults);
        }

        faults.ThrowIfAny(nameof(values));
    }

    private static ReadOnlySpan<double> Block(ReadOnlyMemory<double> values, int block) =>
        values.Span[(block * BlockRows)..(int)Math.Min((block + 1L) * BlockRows, values.Length)];

    private static SketchBuckets Added(SketchBuckets part, ReadOnlySpan<double> values)
    {
        part.Add(values);
        return part;
    }

    // Which thread does which block is left to chance, since nothing depends on it.
    private static void Share<T>(int blocks, Func<T> begin, Func<T, int, T> run, T[] ends, CancellationToken cancellationToken)
    {
        int taken = 0;
        void Work(int thread)
        {
            T part = begin();
            for (int block = Interlocked.Increment(ref taken) - 1; block < blocks && !cancellationToken.IsCancellationRequested; block = Interlocked.Increment(ref taken) - 1)
            {
                part = run(part, block);
            }

            ends[thread] = part;
        }

        if (ends.Length == 1)
        {
            Work(0);
        }
        else
        {
            Parallel.For(0, ends.Length, new ParallelOptions { MaxDegreeOfParallelism = ends.Length }, Work);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private void TakeOver(SketchBuckets part)
    {
        if (Count == 0 && _buckets.Count == 0)
        {
            _buckets = part;
        }
        else
        {
            _buckets.Add(part);
        }
    }

    private void Expect(long customers)
    {
        if (customers > MaxCustomers - Count)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"A sketch counts up to {MaxCustomers} customers; this one has {Count}, and {customers} more were added. Begin another."));
        }
    }

    private void Put(double value, long customers)
    {
        _buckets.Add(BitConverter.DoubleToUInt64Bits(value + 0.0), customers); // −0 is 0
        Take(new(value + 0.0, value + 0.0, value == 0 ? customers : 0, true), customers);
    }

    private void Take(ValueScan scan, long customers)
    {
        _seen = _seen.And(scan);
        Count += customers;
        _view = null;
    }
}
