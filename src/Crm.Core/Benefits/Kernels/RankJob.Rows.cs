using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

// What happens to one row after the other.
internal unsafe partial struct RankJob<T>
{
    // Works out the benefits of some rows; answers whether none of them can have a fault.
    private readonly bool Fill(ref RankWorker<T> worker, RankScratch<T> scratch, int first, int count)
    {
        ReadOnlySpan<T> affinities = new(Affinities + ((long)first * Table.Affinities), count * Table.Affinities);
        bool safe = count == Customers && Again is null && HasSegments(scratch, first) && Table.SafeAffinity > T.Zero && Kernel.AreWithin(affinities, Table.SafeAffinity);
        if (!safe)
        {
            Gather(ref worker, scratch, first, count);
            affinities = scratch.Affinities;
        }

        Announce((byte*)(Affinities + ((long)(first + count) * Table.Affinities)), Customers * Table.Affinities * sizeof(T));
        int whole = (count + Together - 1) / Together * Together;
        Kernel.Fill(Table, scratch.Segments[..whole], affinities, scratch.Benefits, scratch.Maxima);
        return safe;
    }

    // What the next customers bring comes from far away: it can be on its way while these are worked on.
    private static void Announce(byte* from, int bytes)
    {
        if (Sse.IsSupported)
        {
            for (int at = 0; at < bytes; at += AlignedArray<byte>.Line)
            {
                Sse.Prefetch0(from + at); // beyond the end it does nothing
            }
        }
    }

    // Takes the segments of a block of rows, if there are all of them.
    private readonly bool HasSegments(RankScratch<T> scratch, int first)
    {
        int greatest = 0;
        Span<int> segments = scratch.Segments;
        for (int slot = 0; slot < segments.Length; slot++)
        {
            int segment = SegmentOf(first + slot);
            segments[slot] = segment;
            greatest |= segment < Tables.Segments ? segment : -1;
        }

        scratch.States.Clear(); // all are safe
        return greatest >= 0;
    }

    // Copies the affinities of some rows to where the kernel reads them, checking each.
    private readonly void Gather(ref RankWorker<T> worker, RankScratch<T> scratch, int first, int count)
    {
        for (int slot = 0; slot < count; slot++)
        {
            int row = RowAt(first + slot);
            Span<T> to = scratch.Affinities.Slice(slot * Table.Affinities, Table.Affinities);
            int segment = SegmentOf(row);
            scratch.States[slot] = RankState.Faulty;
            scratch.Segments[slot] = 0;
            if ((uint)segment >= (uint)Tables.Segments)
            {
                AddSegmentFault(ref worker, row, segment);
                to.Clear();
                continue;
            }

            scratch.Segments[slot] = segment;
            scratch.States[slot] = Check(ref worker, row, segment, new(Affinities + ((long)row * to.Length), to.Length), to);
        }

        // The last ones may be fewer than a kernel takes: the rest is worked out for nothing.
        for (int slot = count; slot < Customers; slot++)
        {
            scratch.Segments[slot] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly RankState Check(ref RankWorker<T> worker, int row, int segment, ReadOnlySpan<T> affinity, Span<T> to)
    {
        T reach = T.Zero;
        ReadOnlySpan<T> greatest = Table.GreatestAffinity.AsSpan(0, affinity.Length);
        to = to[..affinity.Length];
        for (int c = 0; c < affinity.Length; c++)
        {
            to[c] = affinity[c];
            reach += T.Abs(affinity[c]) * greatest[c];
        }

        T weight = Table.Weights[segment];
        T limit = RankTable<T>.MostSafe;
        bool safe = reach < limit && (weight * reach) + Table.GreatestBase[segment] < limit;
        return safe && weight > T.Zero ? RankState.Safe : CheckGreat(ref worker, row, segment, affinity, to);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly RankState CheckGreat(ref RankWorker<T> worker, int row, int segment, ReadOnlySpan<T> affinity, Span<T> to)
    {
        foreach (T value in affinity)
        {
            if (!T.IsFinite(value))
            {
                AddFault(ref worker, row, nameof(RankInput<>.Affinities), value, "a finite number");
                to.Clear();
                return RankState.Faulty;
            }
        }

        // Where the relationship has no weight, no affinity can be too great for it.
        if (Table.Weights[segment] == T.Zero)
        {
            to.Clear();
            return Table.GreatestBase[segment] < RankTable<T>.MostSafe ? RankState.Safe : RankState.Great;
        }

        return RankState.Great;
    }

    private readonly void FillIn(ref RankWorker<T> worker, int from, int to)
    {
        // What the caller leaves unwritten is no number, and not what stood there before.
        worker.Filled.AsSpan(0, (to - from) * Table.Offers).Fill(T.NaN);
        if (Again is null)
        {
            Source!.Fill(from, to - from, worker.Filled.AsSpan(0, (to - from) * Table.Offers));
            return;
        }

        for (int i = from; i < to; i++)
        {
            Source!.Fill(Again[i], 1, worker.Filled.AsSpan((i - from) * Table.Offers, Table.Offers));
        }
    }

    private readonly void CopyFilled(ref RankWorker<T> worker, RankScratch<T> scratch, int first, int count, int filled)
    {
        for (int slot = 0; slot < count; slot++)
        {
            int row = RowAt(first + slot);
            int segment = SegmentOf(row);
            bool known = (uint)segment < (uint)Tables.Segments;
            scratch.States[slot] = known ? RankState.Great : RankState.Faulty;
            scratch.Segments[slot] = known ? segment : 0;
            if (!known)
            {
                AddSegmentFault(ref worker, row, segment);
                continue;
            }

            worker.Filled.AsSpan((filled + slot) * Table.Offers, Table.Offers).CopyTo(scratch.Benefits.Slice(slot * Table.Stride, Table.Offers));
        }
    }

    // Puts whatever belongs to the row alone into its benefits.
    private readonly void Prepare(ref RankWorker<T> worker, RankScratch<T> scratch, int slot, int row)
    {
        Span<T> maxima = scratch.Maxima.Slice(slot * Table.MaximaStride, Table.MaximaStride);
        Span<T> benefits = scratch.Benefits.Slice(slot * Table.Stride, Table.Width);
        if (scratch.States[slot] == RankState.Faulty || !Adjust(ref worker, scratch, slot, row, benefits, maxima))
        {
            scratch.States[slot] = RankState.Faulty;
            return;
        }

        if (Again is null && Totals is not null)
        {
            worker.Sums!.Customers[scratch.Segments[slot]]++;
            if (worker.Shares is not null)
            {
                AddShares(ref worker, scratch.Segments[slot], benefits);
            }
        }

        if (Matching is not null)
        {
            if (Kernel.Exclude(benefits, worker.Floors.AsSpan(0, Table.Width)))
            {
                LeaveOutLater(ref worker, row, benefits);
            }

            Kernel.FindMaxima(Table, benefits, maxima);
        }
    }

    // Empties the lists of rows at fault, and counts first choices.
    private readonly void Count(ref RankWorker<T> worker, RankScratch<T> scratch, Span<T> best, Span<int> offers)
    {
        for (int at = 0, slot = 0; at < offers.Length; at += Length, slot++)
        {
            if (scratch.States[slot] == RankState.Faulty)
            {
                best.Slice(at, Length).Fill(T.NaN);
                offers.Slice(at, Length).Fill(-1);
            }
            else if (Totals is not null && Matching is null && offers[at] >= 0)
            {
                worker.Sums!.AddFirst(scratch.Segments[slot], offers[at], double.CreateTruncating(best[at]));
            }
        }
    }

    // Where the lists of some rows go: to be matched, to the caller, or nowhere.
    private readonly Span<int> OfferLists(in RankWorker<T> worker, int first, int place, int count, Span<int> own) =>
        Matching is not null ? worker.ListOffers.AsSpan(place * Top, count * Top)
        : Offers is not null ? new(Offers + ((long)first * Top), count * Top)
        : own[..(count * Length)];

    private readonly Span<T> BenefitLists(in RankWorker<T> worker, int first, int place, int count, Span<T> own) =>
        Matching is not null ? worker.ListBenefits.AsSpan(place * Top, count * Top)
        : Benefits is not null ? new(Benefits + ((long)first * Top), count * Top)
        : own[..(count * Length)];

    // Corrections and eligibility; false where that makes a fault.
    private readonly bool Adjust(
        ref RankWorker<T> worker, RankScratch<T> scratch, int slot, int row, Span<T> benefits, Span<T> maxima)
    {
        bool changed = Source is not null;
        if (Starts is not null)
        {
            for (int i = Starts[row]; i < Starts[row + 1]; i++)
            {
                if ((uint)CorrectionOffers[i] >= (uint)Table.Offers)
                {
                    AddFault(
                        ref worker, row, nameof(RankInput<>.CorrectionOffers), CorrectionOffers[i], "one of the offers, counted from 0");
                    return false;
                }

                if (!T.IsFinite(Corrections[i]))
                {
                    AddFault(ref worker, row, nameof(RankInput<>.Corrections), Corrections[i], "a finite number");
                    return false;
                }

                ref T benefit = ref benefits[CorrectionOffers[i]];
                benefit += Corrections[i];
                changed = true;
                scratch.States[slot] = T.Abs(benefit) < RankTable<T>.MostSafe ? scratch.States[slot] : RankState.Great;
            }
        }

        ulong* eligible = Eligible is null ? null : Eligible + ((long)row * Tables.Words);
        if (scratch.States[slot] == RankState.Great && !AreFinite(ref worker, row, scratch.Segments[slot], eligible, benefits))
        {
            return false;
        }

        if (scratch.States[slot] == RankState.Great)
        {
            LeaveOutWhatIsNone(scratch.Segments[slot], benefits);
            changed = true;
        }

        if (eligible is not null)
        {
            changed |= LeaveOut(benefits[..Table.Offers], eligible);
        }

        if (changed)
        {
            Kernel.FindMaxima(Table, benefits, maxima);
        }

        return true;
    }

    // Where numbers overflow, -infinity has become NaN, which is neither greater than others nor less.
    private readonly void LeaveOutWhatIsNone(int segment, Span<T> benefits)
    {
        benefits[Table.Offers..].Fill(T.NegativeInfinity);
        if (Tables.Eligible.Length > 0)
        {
            fixed (ulong* eligible = &Tables.Eligible[segment * Tables.Words])
            {
                LeaveOut(benefits[..Table.Offers], eligible);
            }
        }
    }

    private readonly bool AreFinite(ref RankWorker<T> worker, int row, int segment, ulong* eligible, ReadOnlySpan<T> benefits)
    {
        for (int offer = 0; offer < Table.Offers; offer++)
        {
            if (!T.IsFinite(benefits[offer])
                && Tables.IsEligible(segment, offer)
                && (eligible is null || ((eligible[offer >> 6] >> (offer & 63)) & 1) != 0))
            {
                AddFault(ref worker, row, nameof(RankOutput<>.Benefits), benefits[offer], "finite benefits");
                return false;
            }
        }

        return true;
    }

    // Of equal benefits the earlier row holds the offer.
    private readonly void LeaveOutLater(ref RankWorker<T> worker, int row, Span<T> benefits)
    {
        for (int offer = 0; offer < Table.Offers; offer++)
        {
            if (benefits[offer] == worker.Floors![offer] && row > worker.FloorRows![offer])
            {
                benefits[offer] = T.NegativeInfinity;
            }
        }
    }

    private readonly void Write(int row, ReadOnlySpan<int> offers, ReadOnlySpan<T> benefits)
    {
        unchecked
        {
            long at = (long)row * Top;
            if (Offers is not null)
            {
                for (int i = 0; i < Top; i++)
                {
                    Offers[at + i] = offers[i];
                }
            }

            if (Benefits is not null)
            {
                for (int i = 0; i < Top; i++)
                {
                    Benefits[at + i] = benefits[i];
                }
            }
        }
    }

    // Whether there was any to leave out.
    private readonly bool LeaveOut(Span<T> benefits, ulong* eligible)
    {
        bool any = false;
        for (int word = 0; word < Tables.Words; word++)
        {
            for (ulong left = ~eligible[word]; left != 0; left &= left - 1)
            {
                int offer = (word * 64) + BitOperations.TrailingZeroCount(left);
                if (offer >= benefits.Length)
                {
                    return any;
                }

                benefits[offer] = T.NegativeInfinity;
                any = true;
            }
        }

        return any;
    }

    private readonly void AddSegmentFault(ref RankWorker<T> worker, int row, int segment) => AddFault(
        ref worker,
        row,
        nameof(RankInput<>.Segments),
        segment,
        "one of the segments, counted from 0");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void AddFault<TFound>(ref RankWorker<T> worker, int row, string column, TFound found, string expected)
    {
        if (Again is null)
        {
            worker.Faults ??= new();
            worker.Faults.Add(row, column, $"{found}", expected);
        }
    }
}
