using System.Runtime.InteropServices;

namespace Crm.Core.Segments;

/// <content>On how many days the customer bought on discount.</content>
internal sealed partial class LadderWalk
{
    private readonly Dictionary<int, ExactAmount> _returned = [];

    /// <summary>
    /// Counts the purchase days after a day by what is known of their discounts: one is on discount if at least half of what was bought on it, and kept, and whose discount is known, was.
    /// </summary>
    internal (int Discounted, int Full, int Unknown) Discounts(in LadderEvents events, int after)
    {
        AddUpReturns(events);
        var (discounted, full, unknown) = (0, 0, 0);
        ReadOnlySpan<Entry> entries = CollectionsMarshal.AsSpan(_entries);
        for (int place = 0; place < entries.Length;)
        {
            int day = entries[place].Day;
            int first = place;
            while (place < entries.Length && entries[place].Day == day)
            {
                place++;
            }

            if (day > after && Occasions.IsPurchaseDay(day))
            {
                var (on, off) = DiscountsOf(events, entries[first..place]);
                unknown += on + off == 0 ? 1 : 0;
                discounted += on > 0 && on >= off ? 1 : 0;
                full += off > on ? 1 : 0;
            }
        }

        return (discounted, full, unknown);
    }

    private (int On, int Off) DiscountsOf(in LadderEvents events, ReadOnlySpan<Entry> entries)
    {
        var (on, off) = (0, 0);
        foreach (ref readonly Entry entry in entries)
        {
            double share = events.DiscountShare(entry.Place);
            if (events.Kind(entry.Place) == LadderEventKind.Purchase && !double.IsNaN(share) && !IsSentBack(events, entry.Place))
            {
                bool isDiscounted = share > 0 && share >= definition.BargainLeastDiscount;
                (on, off) = isDiscounted ? (on + 1, off) : (on, off + 1);
            }
        }

        return (on, off);
    }

    private void AddUpReturns(in LadderEvents events)
    {
        _returned.Clear();
        foreach (ref readonly Entry entry in CollectionsMarshal.AsSpan(_entries))
        {
            if (entry.Rank == 1 && events.Purchase(entry.Place) is not 0 and int number)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_returned, number, out _).Add(entry.Amount);
            }
        }
    }

    private bool IsSentBack(in LadderEvents events, int place)
    {
        if (events.Amount(place) == 0 || events.Purchase(place) is not (not 0 and int number) || !_returned.TryGetValue(number, out ExactAmount returned))
        {
            return false;
        }

        returned.Add(-events.Amount(place));
        return returned.Sign >= 0;
    }
}
