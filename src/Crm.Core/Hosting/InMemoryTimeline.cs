using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The interactions of one customer, oldest first, with since when each that was corrected counts no more.</summary>
internal sealed class InMemoryTimeline
{
    private readonly List<Interaction> _items = [];
    private Dictionary<InteractionId, Instant>? _supersededAt;

    internal IReadOnlyList<Interaction> Items => _items;

    internal void Add(Interaction interaction)
    {
        // Interactions mostly come in the order they happen.
        if (_items.Count == 0 || PageEnd.Compare(interaction, _items[^1]) < 0)
        {
            _items.Add(interaction);
            return;
        }

        _items.Insert(PlaceOf(interaction), interaction);
    }

    internal void Replace(Interaction old, Interaction changed) => _items[PlaceOf(old)] = changed;

    internal void Remove(Interaction interaction)
    {
        _items.RemoveAt(PlaceOf(interaction));
        _supersededAt?.Remove(interaction.Id);
    }

    internal void Supersede(InteractionId id, Instant? at)
    {
        if (at is { } moment)
        {
            (_supersededAt ??= [])[id] = moment;
        }
        else
        {
            _supersededAt?.Remove(id);
        }
    }

    internal InteractionPage Page(InteractionQuery query)
    {
        var found = new List<Interaction>(Math.Min(query.Limit, _items.Count));
        PageEnd? end = null;
        for (int place = LastOf(query); place >= 0 && end is null; place--)
        {
            Interaction item = _items[place];
            if (item.At < query.From)
            {
                break;
            }

            if (query.Counts(item) && IsCurrent(item, query.AsOf))
            {
                if (found.Count == query.Limit)
                {
                    end = new(found[^1].At, found[^1].Id); // one more follows
                }
                else
                {
                    found.Add(item);
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
        int high = _items.Count;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = holds(_items[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private bool IsCurrent(Interaction item, AsOf asOf) =>
        _supersededAt is null || !_supersededAt.TryGetValue(item.Id, out Instant at) || at > asOf.KnownAt;
}
