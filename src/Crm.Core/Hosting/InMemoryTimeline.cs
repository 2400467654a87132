using System.Runtime.InteropServices;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The interactions of one customer, oldest first, with since when each that was corrected counts no more.</summary>
internal sealed class InMemoryTimeline
{
    private readonly List<Entry> _entries = [];

    // What lets a page of everything be read without looking at the interactions, each of which lies somewhere else in memory.
    private Instant _lastRecorded = Instant.MinValue;
    private bool _hasRetractions;

    internal int Count => _entries.Count;

    internal IEnumerable<Interaction> Items => _entries.Select(entry => entry.Item);

    internal void Add(Interaction interaction)
    {
        _lastRecorded = Instant.Max(_lastRecorded, interaction.RecordedAt);
        _hasRetractions |= interaction.Kind == InteractionKind.Retraction;

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
        int last = LastOf(query);
        var found = new Interaction[Math.Min(query.Limit, last + 1)];
        int count = 0;
        bool everyCounts = EveryCounts(query);
        ReadOnlySpan<Entry> entries = CollectionsMarshal.AsSpan(_entries)[..(last + 1)];
        for (int place = last; place >= 0; place--)
        {
            if (!everyCounts && place >= Nearby.Ahead)
            {
                Nearby.Bring(entries[place - Nearby.Ahead].Item);
                Nearby.BringDetail(entries[place - Nearby.DetailAhead].Item);
            }

            ref readonly Entry entry = ref entries[place];
            if (!everyCounts && entry.Item.At < query.From)
            {
                break;
            }

            if (entry.IsCurrent(query.AsOf) && (everyCounts || query.Counts(entry.Item)))
            {
                if (count == query.Limit)
                {
                    return new(Array.AsReadOnly(found), new(found[^1].At, found[^1].Id)); // one more follows
                }

                found[count++] = entry.Item;
            }
        }

        return new(Array.AsReadOnly(found[..count]), null);
    }

    // Whether all that happened by then and is not corrected counts, so that nobody need look.
    private bool EveryCounts(InteractionQuery query) => _lastRecorded <= query.AsOf.KnownAt && !_hasRetractions
        && query is { From: null, Before: null, Kinds.Count: 0 } && query.Channel == Channel.None && query.Thread == ThreadId.None;

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
