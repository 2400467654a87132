using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The interactions of one customer, oldest first, with since when each that was corrected counts no more.</summary>
internal sealed class InMemoryTimeline
{
    private readonly List<Entry> _entries = [];

    internal int Count => _entries.Count;

    internal IEnumerable<Interaction> Items => _entries.Select(entry => entry.Item);

    internal void Add(Interaction interaction)
    {
        // Interactions mostly come in the order they happen.
        if (_entries.Count == 0 || PageEnd.Compare(interaction, _entries[^1].Item) < 0)
        {
            _entries.Add(new(interaction, null));
            return;
        }

        _entries.Insert(PlaceOf(interaction), new(interaction, null));
    }

    internal void Replace(Interaction old, Interaction changed)
    {
        int place = PlaceOf(old);
        _entries[place] = _entries[place] with { Item = changed };
    }

    internal void Remove(Interaction interaction) => _entries.RemoveAt(PlaceOf(interaction));

    /// <summary>Says since when it is known that another state takes the place of an interaction; null for never.</summary>
    internal void Supersede(Interaction interaction, Instant? at)
    {
        int place = PlaceOf(interaction);
        _entries[place] = _entries[place] with { Superseded = at is { } moment ? new(moment) : null };
    }

    internal InteractionPage Page(InteractionQuery query)
    {
        var found = new List<Interaction>(Math.Min(query.Limit, _entries.Count));
        PageEnd? end = null;
        for (int place = LastOf(query); place >= 0 && end is null; place--)
        {
            Entry entry = _entries[place];
            if (entry.Item.At < query.From)
            {
                break;
            }

            if (entry.IsCurrent(query.AsOf) && query.Counts(entry.Item))
            {
                if (found.Count == query.Limit)
                {
                    end = new(found[^1].At, found[^1].Id); // one more follows
                }
                else
                {
                    found.Add(entry.Item);
                }
            }
        }

        return new(found.AsReadOnly(), end);
    }

    // The place of the newest interaction that can be on the page.
    private int LastOf(InteractionQuery query) =>
        FirstWhere(item => item.At > query.AsOf.TrueAt || (query.After is { } end && !end.IsBefore(item))) - 1;

    // Where it is, or where it belongs.
    private int PlaceOf(Interaction interaction) => FirstWhere(item => PageEnd.Compare(item, interaction) <= 0);

    // The first place from which on the condition holds, which holds of none before.
    private int FirstWhere(Predicate<Interaction> holds)
    {
        int low = 0;
        int high = _entries.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = holds(_entries[middle].Item) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    // The mark is an object, since few are ever corrected: it costs the others a null.
    private readonly record struct Entry(Interaction Item, Supersession? Superseded)
    {
        internal bool IsCurrent(AsOf asOf) => Superseded is null || Superseded.At > asOf.KnownAt;
    }

    private sealed class Supersession(Instant at)
    {
        internal Instant At => at;
    }
}
