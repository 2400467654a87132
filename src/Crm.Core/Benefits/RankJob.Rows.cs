using System.Numerics;
using System.Runtime.CompilerServices;

namespace Crm.Core.Benefits;

// What happens to one row after the other.
internal unsafe partial struct RankJob<T>
{
    // Half of the range would do; a quarter leaves room for rounding.
    private static T MostSafe => T.CreateTruncating(double.CreateTruncating(MaxValue) / 4);

    private static T MaxValue => typeof(T) == typeof(float) ? T.CreateTruncating(float.MaxValue) : T.CreateTruncating(double.MaxValue);

    // Copies the affinities of some rows to where the kernel reads them, checking each.
    private readonly void Gather(ref RankWorker<T> worker, RankScratch<T> scratch, int first, int count)
    {
        for (int slot = 0; slot < count; slot++)
        {
            int row = RowAt(first + slot);
            Span<T> to = scratch.Affinities.Slice(slot * Apart, Table.Affinities);
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
        T limit = MostSafe;
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
            return Table.GreatestBase[segment] < MostSafe ? RankState.Safe : RankState.Great;
        }

        return RankState.Great;
    }

    private readonly void FillIn(ref RankWorker<T> worker, int from, int to)
    {
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

            Span<T> to = scratch.Benefits.Slice(slot * Table.Stride, Table.Offers);
            worker.Filled.AsSpan((filled + slot) * Table.Offers, Table.Offers).CopyTo(to);
            if (Tables.Eligible.Length > 0)
            {
                fixed (ulong* eligible = &Tables.Eligible[segment * Tables.Words])
                {
                    LeaveOut(to, eligible);
                }
            }
        }
    }

    // Puts whatever belongs to the row alone into its benefits.
    private readonly void Prepare(ref RankWorker<T> worker, RankScratch<T> scratch, int slot, int row)
    {
        Span<T> maxima = scratch.Maxima.Slice(slot * Kernel.Maxima, Kernel.Maxima);
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

            Kernel.FindMaxima(benefits, maxima);
        }
    }

    private readonly void List(
        ref RankWorker<T> worker, RankScratch<T> scratch, int slot, int place, int row, T limit, Span<T> best, Span<int> offers)
    {
        int count = 0;
        if (scratch.States[slot] != RankState.Faulty)
        {
            ReadOnlySpan<T> benefits = scratch.Benefits.Slice(slot * Table.Stride, Table.Width);
            count = Kernel.Scan(benefits, limit > Above ? limit : Above, Length, best, offers);
            if (Totals is not null && Matching is null && count > 0)
            {
                worker.Sums!.AddFirst(scratch.Segments[slot], offers[0], double.CreateTruncating(best[0]));
            }
        }

        for (int i = count; i < Length; i++)
        {
            best[i] = T.NaN;
            offers[i] = -1;
        }

        if (Matching is not null)
        {
            offers[..Top].CopyTo(worker.ListOffers.AsSpan(place * Top));
            best[..Top].CopyTo(worker.ListBenefits.AsSpan(place * Top));
        }
        else
        {
            Write(row, offers, best);
        }
    }

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
                scratch.States[slot] = T.Abs(benefit) < MostSafe ? scratch.States[slot] : RankState.Great;
            }
        }

        ulong* eligible = Eligible is null ? null : Eligible + ((long)row * Tables.Words);
        if (scratch.States[slot] == RankState.Great && !AreFinite(ref worker, row, scratch.Segments[slot], eligible, benefits))
        {
            return false;
        }

        if (eligible is not null)
        {
            LeaveOut(benefits[..Table.Offers], eligible);
            changed = true;
        }

        if (changed)
        {
            Kernel.FindMaxima(benefits, maxima);
        }

        return true;
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

    private readonly void AddShares(ref RankWorker<T> worker, int segment, ReadOnlySpan<T> benefits)
    {
        Span<double> shares = worker.Shares.AsSpan(0, Table.Width);
        double greatest = Exponentials(benefits, shares);
        if (greatest > double.NegativeInfinity)
        {
            worker.Sums!.AddShares(segment, shares);
        }
    }

    private readonly double Exponentials(ReadOnlySpan<T> benefits, Span<double> exponentials)
    {
        double greatest = double.NegativeInfinity;
        for (int offer = 0; offer < benefits.Length; offer++)
        {
            double benefit = double.CreateTruncating(benefits[offer]);
            exponentials[offer] = benefit;
            greatest = benefit > greatest ? benefit : greatest;
        }

        if (greatest > double.NegativeInfinity)
        {
            Kernel.Exponentials(exponentials, greatest, 1 / Totals!.ShareScale!.Value);
        }

        return greatest;
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

    private readonly void LeaveOut(Span<T> benefits, ulong* eligible)
    {
        for (int word = 0; word < Tables.Words; word++)
        {
            for (ulong left = ~eligible[word]; left != 0; left &= left - 1)
            {
                int offer = (word * 64) + BitOperations.TrailingZeroCount(left);
                if (offer >= benefits.Length)
                {
                    return;
                }

                benefits[offer] = T.NegativeInfinity;
            }
        }
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
