using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Crm.Core.Benefits.Kernels;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits;

public sealed partial class OfferRanker
{
    /// <summary>Lists the best offers of every customer.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="input">The customers.</param>
    /// <param name="output">Where the lists are written.</param>
    /// <param name="options">How to rank; null for five offers a customer and no conditions.</param>
    /// <param name="totals">Sums over segments and offers to add to; null for none. With them the lists may be left out.</param>
    /// <param name="cancellationToken">Stops the work between blocks of rows.</param>
    /// <exception cref="ArgumentException">A column does not fit the others or overlaps an output. Nothing was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range. Nothing was written.</exception>
    /// <exception cref="RowFaultsException">Rows are wrong: they have -1 and NaN, and all others were ranked.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Part of the lists was written; with limits none: all have -1 and NaN.</exception>
    public void Rank<T>(
        in RankInput<T> input,
        in RankOutput<T> output,
        RankOptions? options = null,
        OfferTotals? totals = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(input, output, options, totals, cancellationToken).ThrowIfAny(nameof(input));

    /// <summary>Lists the best offers of every customer, and answers which rows are wrong instead of throwing.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <param name="input">The customers.</param>
    /// <param name="output">Where the lists are written.</param>
    /// <param name="faults">The faults, one a row at most: a segment there is not, an affinity or a correction that is not finite, a correction
    /// of an offer there is not, or a benefit beyond the range of <typeparamref name="T"/>. Those rows have -1 and NaN.</param>
    /// <param name="options">How to rank; null for five offers a customer and no conditions.</param>
    /// <param name="totals">Sums over segments and offers to add to; null for none. With them the lists may be left out.</param>
    /// <param name="cancellationToken">Stops the work between blocks of rows.</param>
    /// <returns>Whether no row is at fault.</returns>
    /// <exception cref="ArgumentException">A column does not fit the others or overlaps an output. Nothing was written.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range. Nothing was written.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither double nor float.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled. Part of the lists was written; with limits none: all have -1 and NaN.</exception>
    public bool TryRank<T>(
        in RankInput<T> input,
        in RankOutput<T> output,
        out RowFaults faults,
        RankOptions? options = null,
        OfferTotals? totals = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        faults = Run(input, output, options, totals, cancellationToken);
        return faults.IsEmpty;
    }

    private unsafe RowFaults Run<T>(
        in RankInput<T> input, in RankOutput<T> output, RankOptions? options, OfferTotals? totals, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RankTable<T> table = Table<T>();
        options ??= RankOptions.Default;
        options.Check(Offers);
        IReadOnlyList<int>? limits = options.Limits ?? _tables.Limits;
        RankKernel<T> kernel = RankKernels.ByName<T>(options.Kernel);
        CheckColumns(input);
        CheckOutput(input, output, options, limits is not null, totals);
        OfferMatching<T>? matching = limits is null ? null : new(limits, table.Stride, options.Top, input.RowCount);
        fixed (byte* segments = input.Segments.Bytes)
        fixed (int* wideSegments = input.Segments.Numbers)
        fixed (T* affinities = input.Affinities)
        fixed (int* starts = input.CorrectionStarts)
        fixed (int* correctionOffers = input.CorrectionOffers)
        fixed (T* corrections = input.Corrections)
        fixed (ulong* eligible = input.Eligible)
        fixed (int* offers = output.Offers)
        fixed (T* benefits = output.Benefits)
        {
            var job = new RankJob<T>
            {
                Tables = _tables,
                Table = table,
                Kernel = kernel,
                Source = input.Source,
                Segments = segments,
                WideSegments = wideSegments,
                SameSegment = Math.Max(0, input.Segments.SameIndex),
                Affinities = affinities,
                Starts = starts,
                CorrectionOffers = correctionOffers,
                Corrections = corrections,
                Eligible = eligible,
                Offers = offers,
                Benefits = benefits,
                Top = options.Top,
                Above = Below<T>(options.MinimumBenefit),
                Totals = totals,
                Matching = matching,
                OneListASegment = table.IsFlat && input.Source is null && input.CorrectionStarts.IsEmpty && input.Eligible.IsEmpty && matching is null,
            };
            try
            {
                Run(ref job, input.RowCount, options, cancellationToken);
            }
            catch when (matching is not null)
            {
                // Half-way there are marks of what was lost on the lists, and holders who would not have kept what they hold.
                output.Offers.Fill(-1);
                output.Benefits.Fill(T.NaN);
                throw;
            }

            return RowFaults.Of(job.Faults);
        }
    }

    private static unsafe void Run<T>(ref RankJob<T> job, int rowCount, RankOptions options, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int blockRows = job.Matching is null ? RowBlocks.Rows : OfferMatching<T>.BlockRows;
        RowBlocks.Run<RankJob<T>, RankWorker<T>>(ref job, rowCount, blockRows, options.Threads, options.Progress, cancellationToken);
        while (job.Matching?.NextRound() is { Length: > 0 } again)
        {
            fixed (int* rows = again)
            {
                job.Again = rows;
                RowBlocks.Run<RankJob<T>, RankWorker<T>>(ref job, again.Length, blockRows, options.Threads, null, cancellationToken);
            }
        }

        if (job.Matching is not null)
        {
            job.Finish(rowCount);
        }
    }

    // What lies above it is at least the minimum, also where the minimum is no float.
    private static T Below<T>(double? minimum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (minimum is not { } least)
        {
            return T.NegativeInfinity;
        }

        T near = T.CreateSaturating(least);
        return double.CreateSaturating(near) < least ? near : T.BitDecrement(near);
    }

    private void CheckColumns<T>(in RankInput<T> input)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = input.RowCount;
        Guard.NotNegative(input.Rows, nameof(input.Rows));
        if (input.Segments.SameIndex >= Segments)
        {
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"There is no segment {input.Segments.SameIndex}: there are {Segments}, counted from 0."),
                nameof(input.Segments));
        }

        if (input.Segments.Length == 0 && input.Segments.SameIndex < 0 && Segments > 1 && rows > 0)
        {
            throw Refused(
                string.Create(CultureInfo.InvariantCulture, $"There are {Segments} segments: give that of each row, or SegmentColumn.Same for one of them."),
                nameof(input.Segments));
        }

        if (input.Rows > 0)
        {
            CheckLength(input.Segments.Length, input.Rows, 1, nameof(input.Segments));
        }

        if (Affinities > 0 && input.Source is null)
        {
            CheckRows(input.Affinities.Length, rows, Affinities, nameof(input.Affinities));
        }
        else if (input.Affinities.Length > 0)
        {
            throw Refused("Must be empty: nothing takes the affinities of customers.", nameof(input.Affinities));
        }

        CheckLength(input.Eligible.Length, rows, _tables.Words, nameof(input.Eligible));
        CheckCorrections(input.CorrectionStarts, rows, input.CorrectionOffers.Length, input.Corrections.Length);
    }

    private static void CheckCorrections(ReadOnlySpan<int> starts, int rows, int offers, int values)
    {
        Guard.SameLength(offers, values, "offers of corrections", nameof(RankInput<>.Corrections));
        if (starts.IsEmpty && offers == 0)
        {
            return;
        }

        CheckRows(starts.Length, rows + 1, 1, nameof(RankInput<>.CorrectionStarts));
        int before = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            bool good = i == 0 ? starts[i] == 0 : starts[i] >= before;
            if (!good || (i == rows && starts[i] != offers))
            {
                throw Refused(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Must rise from 0 to the number of corrections, {offers}; entry {i} was {starts[i]}."),
                    nameof(RankInput<>.CorrectionStarts));
            }

            before = starts[i];
        }
    }

    private void CheckOutput<T>(in RankInput<T> input, in RankOutput<T> output, RankOptions options, bool isLimited, OfferTotals? totals)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = input.RowCount;
        bool optional = totals is not null && !isLimited;
        if (!optional || output.Offers.Length > 0)
        {
            CheckRows(output.Offers.Length, rows, options.Top, nameof(output.Offers));
        }

        if (isLimited || output.Benefits.Length > 0)
        {
            CheckRows(output.Benefits.Length, rows, options.Top, nameof(output.Benefits));
        }

        if (totals is not null && (totals.Segments != Segments || totals.Offers != Offers))
        {
            throw new ArgumentException("These totals are of other segments or offers. Make them for this ranker.", nameof(totals));
        }

        CheckApart(input, MemoryMarshal.AsBytes(output.Offers), nameof(output.Offers));
        CheckApart(input, MemoryMarshal.AsBytes(output.Benefits), nameof(output.Benefits));
        CheckApart(MemoryMarshal.AsBytes(output.Offers), MemoryMarshal.AsBytes(output.Benefits), nameof(output.Offers), nameof(output.Benefits));
    }

    private static void CheckApart<T>(in RankInput<T> input, ReadOnlySpan<byte> output, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckApart(input.Segments.Bytes, output, nameof(input.Segments), name);
        CheckApart(MemoryMarshal.AsBytes(input.Segments.Numbers), output, nameof(input.Segments), name);
        CheckApart(MemoryMarshal.AsBytes(input.Affinities), output, nameof(input.Affinities), name);
        CheckApart(MemoryMarshal.AsBytes(input.CorrectionStarts), output, nameof(input.CorrectionStarts), name);
        CheckApart(MemoryMarshal.AsBytes(input.CorrectionOffers), output, nameof(input.CorrectionOffers), name);
        CheckApart(MemoryMarshal.AsBytes(input.Corrections), output, nameof(input.Corrections), name);
        CheckApart(MemoryMarshal.AsBytes(input.Eligible), output, nameof(input.Eligible), name);
    }

    private static void CheckApart(ReadOnlySpan<byte> other, ReadOnlySpan<byte> output, string otherName, string name)
    {
        if (other.Overlaps(output))
        {
            throw new ArgumentException($"Must not overlap {otherName}: it is written while that is in use.", name);
        }
    }

    private static void CheckLength(int length, int rows, int perRow, string name)
    {
        if (length > 0)
        {
            CheckRows(length, rows, perRow, name);
        }
    }

    private static void CheckRows(int length, int rows, int perRow, string name)
    {
        if (length != (long)rows * perRow)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Needs {perRow} for each of the {rows} rows; it has {length} in all."), name);
        }
    }

    // By the name of the column: the parameter is the same for all of them.
    private static ArgumentException Refused(string message, string column) => new(message, column);
}
