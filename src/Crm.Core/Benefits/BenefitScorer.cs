using System.Numerics;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

/// <summary>Scores columns: many rows, each with its own factors and segment, at the speed of memory.</summary>
/// <remarks>
/// <para>
/// Row i depends on row i alone, and has the bits of <see cref="WeightBook.Score(SegmentId, BenefitFactors)"/> for any number of threads,
/// any length and on any machine: one rounded multiplication a factor, the sum from left to right, no fused multiply-add. In
/// <see cref="float"/> weights, scales and arithmetic are all rounded to float.
/// </para>
/// <para>Costs about what reading the columns costs; one thread allocates nothing. Immutable and thread-safe.</para>
/// </remarks>
public sealed class BenefitScorer
{
    // From this many bytes of scores on they are stored past the cache.
    internal const long PastCacheBytes = 8 << 20;

    private readonly WeightTable<double> _doubles;
    private readonly WeightTable<float> _floats;
    private readonly ColumnScale<double>[] _doubleScales;
    private readonly ColumnScale<float>[] _floatScales;
    private readonly ScoreKernel<double> _scoreDoubles;
    private readonly ScoreKernel<float> _scoreFloats;

    private BenefitScorer(WeightBook book, string? kernel)
    {
        Book = book;
        _doubles = new(book.Weights);
        _floats = new(book.Weights);
        _doubleScales = ScalesOf<double>(book.Scales);
        _floatScales = ScalesOf<float>(book.Scales);
        _scoreDoubles = kernel is null ? ScoreKernels.Best<double>(book.Count) : ScoreKernels.ByName<double>(kernel, book.Count);
        _scoreFloats = kernel is null ? ScoreKernels.Best<float>(book.Count) : ScoreKernels.ByName<float>(kernel, book.Count);
    }

    /// <summary>Gets the weights and scales.</summary>
    public WeightBook Book { get; }

    /// <summary>Makes the scorer of a weight book.</summary>
    /// <param name="book">The weights and scales.</param>
    /// <returns>The scorer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="book"/> is null.</exception>
    public static BenefitScorer Of(WeightBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        return new(book, null);
    }

    /// <summary>Scores rows.</summary>
    /// <param name="factors">The factors of each row, in their own units.</param>
    /// <param name="segments">The segment of each row.</param>
    /// <param name="scores">Receives the score of each row; NaN where the row is at fault.</param>
    /// <param name="options">Threads and progress; null for one thread.</param>
    /// <param name="cancellationToken">Stops the work between blocks; the scores are then partly written.</param>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a column that is needed is left out, or the scores overlap an input. Nothing has been written.
    /// </exception>
    /// <exception cref="RowFaultsException">
    /// A value is missing or not finite, a segment does not exist, or a score exceeds the range of numbers. All other rows are scored.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public void Score(
        in FactorColumns<double> factors, SegmentColumn segments, Span<double> scores, ScoringOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(factors, segments, scores, _doubles, _doubleScales, _scoreDoubles, options, cancellationToken).ThrowIfAny(nameof(factors));

    /// <summary>Scores rows in <see cref="float"/>: half the memory, and about seven digits.</summary>
    /// <param name="factors">The factors of each row, in their own units.</param>
    /// <param name="segments">The segment of each row.</param>
    /// <param name="scores">Receives the score of each row; NaN where the row is at fault.</param>
    /// <param name="options">Threads and progress; null for one thread.</param>
    /// <param name="cancellationToken">Stops the work between blocks; the scores are then partly written.</param>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a column that is needed is left out, or the scores overlap an input. Nothing has been written.
    /// </exception>
    /// <exception cref="RowFaultsException">
    /// A value is missing or not finite, a segment does not exist, or a score exceeds the range of numbers. All other rows are scored.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public void Score(
        in FactorColumns<float> factors, SegmentColumn segments, Span<float> scores, ScoringOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(factors, segments, scores, _floats, _floatScales, _scoreFloats, options, cancellationToken).ThrowIfAny(nameof(factors));

    /// <summary>Scores rows, and says which are at fault instead of throwing.</summary>
    /// <param name="factors">The factors of each row, in their own units.</param>
    /// <param name="segments">The segment of each row.</param>
    /// <param name="scores">Receives the score of each row; NaN where the row is at fault.</param>
    /// <param name="faults">The rows at fault: the first 20 by name, all by number.</param>
    /// <param name="options">Threads and progress; null for one thread.</param>
    /// <param name="cancellationToken">Stops the work between blocks; the scores are then partly written.</param>
    /// <returns>Whether no row is at fault.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a column that is needed is left out, or the scores overlap an input. Nothing has been written.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public bool TryScore(
        in FactorColumns<double> factors,
        SegmentColumn segments,
        Span<double> scores,
        out RowFaults faults,
        ScoringOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        faults = Run(factors, segments, scores, _doubles, _doubleScales, _scoreDoubles, options, cancellationToken);
        return faults.IsEmpty;
    }

    /// <summary>Scores rows in <see cref="float"/>, and says which are at fault instead of throwing.</summary>
    /// <param name="factors">The factors of each row, in their own units.</param>
    /// <param name="segments">The segment of each row.</param>
    /// <param name="scores">Receives the score of each row; NaN where the row is at fault.</param>
    /// <param name="faults">The rows at fault: the first 20 by name, all by number.</param>
    /// <param name="options">Threads and progress; null for one thread.</param>
    /// <param name="cancellationToken">Stops the work between blocks; the scores are then partly written.</param>
    /// <returns>Whether no row is at fault.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a column that is needed is left out, or the scores overlap an input. Nothing has been written.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public bool TryScore(
        in FactorColumns<float> factors,
        SegmentColumn segments,
        Span<float> scores,
        out RowFaults faults,
        ScoringOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        faults = Run(factors, segments, scores, _floats, _floatScales, _scoreFloats, options, cancellationToken);
        return faults.IsEmpty;
    }

    /// <summary>The scorer that uses one kernel by name, for tests and benchmarks.</summary>
    /// <exception cref="ArgumentException">This machine has no such kernel, or the kernel has no room for the book.</exception>
    internal static BenefitScorer Of(WeightBook book, string kernel) => new(book, kernel);

    private unsafe RowFaults Run<T>(
        in FactorColumns<T> factors,
        SegmentColumn segments,
        Span<T> scores,
        WeightTable<T> weights,
        ColumnScale<T>[] scales,
        ScoreKernel<T> kernel,
        ScoringOptions? options,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int threads = options?.Threads ?? 1;
        ScoreArguments.Check(factors, segments, scores, Book, options);
        if (scores.IsEmpty)
        {
            return RowFaults.None;
        }

        fixed (T* utility = factors.Utility, brand = factors.Brand, relationship = factors.Relationship, cost = factors.Cost, time = factors.Time, to = scores)
        fixed (byte* bytes = segments.Bytes)
        fixed (int* numbers = segments.Numbers)
        {
            var block = new ScoreBlock<T>
            {
                Utility = utility,
                Brand = brand,
                Relationship = relationship,
                Cost = cost,
                Time = time,
                Sets = bytes,
                Scores = to,
                Rows = scores.Length,
                Set = segments.SameIndex,
                // Such stores need aligned places, which numbers that straddle them never reach.
                PastCache = (long)scores.Length * sizeof(T) >= PastCacheBytes && (nuint)to % (nuint)sizeof(T) == 0,
            };
            var work = new ScoreWork<T>(block, numbers, weights, scales, kernel);
            RowBlocks.Run<ScoreWork<T>, ScoreWork<T>.Worker>(
                ref work, scores.Length, ScoreWork<T>.RowsOfBlock(threads), threads, options?.Progress, cancellationToken);
            return work.Faults;
        }
    }

    private static ColumnScale<T>[] ScalesOf<T>(FactorScales scales)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var columns = new ColumnScale<T>[FactorNames.All.Length];
        foreach (BenefitFactor factor in FactorNames.All)
        {
            columns[(int)factor] = new(scales[factor]);
        }

        return columns;
    }
}
