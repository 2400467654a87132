using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>One ranking, over memory that stays where it is while threads share it.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal unsafe partial struct RankJob<T> : IRowWork<RankWorker<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Customers = RankKernel<T>.Customers;
    private const int Together = RankKernel<T>.Together;
    private const int FilledValues = 32_768; // what a caller fills in at a time stays in the cache

    internal RankTables Tables;
    internal RankTable<T> Table;
    internal RankKernel<T> Kernel;
    internal IBenefitSource<T>? Source;
    internal byte* Segments;
    internal int* WideSegments;
    internal int SameSegment;
    internal T* Affinities;
    internal int* Starts;
    internal int* CorrectionOffers;
    internal T* Corrections;
    internal ulong* Eligible;
    internal int* Offers;
    internal T* Benefits;
    internal int Top;
    internal T Above;
    internal OfferTotals? Totals;
    internal OfferMatching<T>? Matching;
    internal bool OneListASegment;

    /// <summary>The rows to rank once more, where offers went to others; null in the first pass, over all rows.</summary>
    internal int* Again;

    internal RowFaultList? Faults;

    // Without lists to write there is still the first choice to count.
    private readonly int Length => Offers is null && Benefits is null ? 1 : Top;

    // Whether benefits are those the kernel works out, and nothing is counted.
    private readonly bool IsPlain => Source is null && Starts is null && Eligible is null && Matching is null && Totals is null;

    private readonly int FilledRows => Math.Max(1, FilledValues / Table.Offers / Customers) * Customers;

    public readonly RankWorker<T> Begin()
    {
        RankWorker<T> worker = default;
        worker.Scratch = ArrayPool<T>.Shared.Rent(RankScratch<T>.LengthOf(Table));
        if (Source is not null)
        {
            worker.Filled = ArrayPool<T>.Shared.Rent(FilledRows * Table.Offers);
        }

        if (Totals is not null)
        {
            worker.Sums = Totals.Rent();
        }

        if (Totals?.ShareScale is not null)
        {
            worker.Shares = ArrayPool<double>.Shared.Rent(Table.Stride * (OneListASegment ? Tables.Segments : 1));
        }

        if (OneListASegment || Matching is not null)
        {
            int lists = OneListASegment ? Tables.Segments : OfferMatching<T>.BlockRows;
            worker.ListOffers = ArrayPool<int>.Shared.Rent(lists * Length);
            worker.ListBenefits = ArrayPool<T>.Shared.Rent(lists * Length);
        }

        if (Matching is not null)
        {
            worker.Floors = ArrayPool<T>.Shared.Rent(Table.Stride);
            worker.FloorRows = ArrayPool<int>.Shared.Rent(Table.Stride);
        }

        if (OneListASegment)
        {
            worker.Listed = ArrayPool<bool>.Shared.Rent(Tables.Segments);
            Array.Clear(worker.Listed);
        }

        return worker;
    }

    [SkipLocalsInit]
    public readonly void Run(ref RankWorker<T> worker, int from, int to)
    {
        if (OneListASegment)
        {
            CopyLists(ref worker, from, to);
            return;
        }

        Matching?.CopyFloors(worker.Floors.AsSpan(0, Table.Stride), worker.FloorRows.AsSpan(0, Table.Stride));
        fixed (T* raw = worker.Scratch)
        {
            var scratch = new RankScratch<T>(raw, Table, stackalloc int[Customers], stackalloc RankState[Customers]);
            Span<T> ownBest = stackalloc T[Customers * RankOptions.MaxTop];
            Span<int> ownOffers = stackalloc int[Customers * RankOptions.MaxTop];
            bool plain = IsPlain;
            int filledTo = from;
            int filledFrom = from;
            for (int first = from; first < to; first += Customers)
            {
                int count = Math.Min(Customers, to - first);
                bool safe = false;
                if (Source is null)
                {
                    safe = Fill(ref worker, scratch, first, count);
                }
                else
                {
                    if (first >= filledTo)
                    {
                        filledFrom = first;
                        filledTo = Math.Min(to, first + FilledRows);
                        FillIn(ref worker, filledFrom, filledTo);
                    }

                    CopyFilled(ref worker, scratch, first, count, first - filledFrom);
                }

                for (int slot = 0; slot < count && !(plain && safe); slot++)
                {
                    Prepare(ref worker, scratch, slot, RowAt(first + slot));
                }

                Span<T> best = BenefitLists(worker, first, first - from, count, ownBest);
                Span<int> offers = OfferLists(worker, first, first - from, count, ownOffers);
                Kernel.Select(Table, scratch.Benefits, scratch.Maxima, Above, Length, best, offers);
                if (!(plain && safe))
                {
                    Count(ref worker, scratch, best, offers);
                }
            }
        }
    }

    public void Merge(ref RankWorker<T> worker, int from, int to)
    {
        if (worker.Faults is not null)
        {
            Faults ??= new();
            Faults.Add(worker.Faults);
            worker.Faults = null;
        }

        if (Matching is not null)
        {
            for (int i = from; i < to; i++)
            {
                int at = (i - from) * Top;
                Matching.Propose(
                    RowAt(i), worker.ListOffers.AsSpan(at, Top), worker.ListBenefits.AsSpan(at, Top), Again is null, Offers, Benefits);
            }
        }

        if (worker.Sums is not null)
        {
            Totals!.Sums.Take(worker.Sums);
        }
    }

    public readonly void End(ref RankWorker<T> worker)
    {
        Return(worker.Scratch);
        Return(worker.Filled);
        Return(worker.Shares);
        Return(worker.ListOffers);
        Return(worker.ListBenefits);
        Return(worker.Listed);
        Return(worker.Floors);
        Return(worker.FloorRows);
        if (worker.Sums is not null)
        {
            Totals!.Return(worker.Sums);
        }
    }

    /// <summary>Counts the first choices that are left after limits.</summary>
    internal readonly void Finish(int rows)
    {
        if (Totals is null)
        {
            return;
        }

        OfferSums block = Totals.Rent();
        for (int row = 0; row < rows; row++)
        {
            int offer = Offers[(long)row * Top];
            if (offer >= 0)
            {
                block.AddFirst(SegmentOf(row), offer, double.CreateTruncating(Benefits[(long)row * Top]));
            }

            if ((row + 1) % RowBlocks.Rows == 0 || row + 1 == rows)
            {
                Totals.Sums.Take(block);
            }
        }

        Totals.Return(block);
    }

    private readonly int RowAt(int index) => Again is null ? index : Again[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int SegmentOf(int row) => Segments is not null ? Segments[row] : WideSegments is not null ? WideSegments[row] : SameSegment;

    private static void Return<TItem>(TItem[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<TItem>.Shared.Return(rented);
        }
    }
}
