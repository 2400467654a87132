namespace Crm.Core.Benefits.Kernels;

// Where nothing depends on the single customer: one list a segment, copied to its rows.
internal unsafe partial struct RankJob<T>
{
    // When a segment is first met: there may be many, and few of them among the rows.
    private readonly void ListSegment(ref RankWorker<T> worker, int segment)
    {
        worker.Listed![segment] = true;
        fixed (T* raw = worker.Scratch)
        {
            var scratch = new RankScratch<T>(raw, Table, stackalloc int[Customers], stackalloc RankState[Customers]);
            scratch.Segments.Clear();
            scratch.Segments[0] = segment;
            Kernel.Fill(Table, scratch.Segments[..Together], scratch.Affinities, scratch.Benefits, scratch.Maxima);
            Span<T> best = worker.ListBenefits.AsSpan(segment * Length, Length);
            Kernel.Select(Table, scratch.Benefits, scratch.Maxima, Above, Length, best, worker.ListOffers.AsSpan(segment * Length, Length));
            if (worker.Shares is not null)
            {
                // No exponential is left where the segment may have nothing: its place is marked for those who add it.
                Span<double> shares = worker.Shares.AsSpan(segment * Table.Stride, Table.Width);
                if (Exponentials(scratch.Benefits[..Table.Width], shares) == double.NegativeInfinity)
                {
                    shares[0] = double.NaN;
                }
            }
        }
    }

    private readonly void CopyLists(ref RankWorker<T> worker, int from, int to)
    {
        Span<T> unused = stackalloc T[OfferRanker.MaxAffinities];
        unused = unused[..Table.Affinities];
        Span<int> noOffers = stackalloc int[RankOptions.MaxTop];
        noOffers.Fill(-1);
        Span<T> noBenefits = stackalloc T[RankOptions.MaxTop];
        noBenefits.Fill(T.NaN);
        for (int row = from; row < to; row++)
        {
            int segment = SegmentOf(row);
            if ((uint)segment >= (uint)Tables.Segments)
            {
                AddSegmentFault(ref worker, row, segment);
                Write(row, noOffers, noBenefits);
                continue;
            }

            RankState state = Check(ref worker, row, segment, new(Affinities + ((long)row * unused.Length), unused.Length), unused);
            if (state == RankState.Great && !(Table.GreatestBase[segment] <= RankTable<T>.MaxValue))
            {
                AddFault(ref worker, row, nameof(RankOutput<>.Benefits), Table.GreatestBase[segment], "finite benefits");
                state = RankState.Faulty;
            }

            if (state == RankState.Faulty)
            {
                Write(row, noOffers, noBenefits);
                continue;
            }

            if (!worker.Listed![segment])
            {
                ListSegment(ref worker, segment);
            }

            ReadOnlySpan<int> offers = worker.ListOffers.AsSpan(segment * Length, Length);
            ReadOnlySpan<T> best = worker.ListBenefits.AsSpan(segment * Length, Length);
            Write(row, offers, best);
            if (worker.Sums is not null)
            {
                Count(ref worker, segment, offers[0], double.CreateTruncating(best[0]));
            }
        }
    }

    private readonly void Count(ref RankWorker<T> worker, int segment, int offer, double benefit)
    {
        worker.Sums!.Customers[segment]++;
        if (offer >= 0)
        {
            worker.Sums.AddFirst(segment, offer, benefit);
        }

        if (worker.Shares is not null && !double.IsNaN(worker.Shares[segment * Table.Stride]))
        {
            worker.Sums.AddShares(segment, worker.Shares.AsSpan(segment * Table.Stride, Table.Width));
        }
    }
}
