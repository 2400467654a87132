using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Interactions in memory: the reference every other store is compared with, and enough for tests and samples.</summary>
/// <remarks>Nothing outlives the process. An interaction takes about 420 bytes, its own included. Thread-safe.</remarks>
public sealed class InMemoryInteractionStore : IInteractionStore
{
    private const int BatchLength = 1_024;

    private readonly Lock _gate = new();

    // The log: an erased place stays, so that positions keep their meaning.
    private readonly List<Interaction?> _log = [];
    private readonly Dictionary<InteractionId, int> _placeOf = [];
    private readonly Dictionary<CustomerId, InMemoryTimeline> _timelines = [];
    private readonly Dictionary<InteractionId, List<Interaction>> _corrections = []; // by what they correct
    private readonly Dictionary<CustomerId, HashSet<InteractionId>> _namedBy = [];

    /// <inheritdoc/>
    public string DataName => "interactions";

    /// <inheritdoc/>
    public ValueTask<AppendResult> AppendAsync(IReadOnlyList<Interaction> interactions, CancellationToken cancellationToken)
    {
        var all = ValueList<Interaction>.Of(interactions, nameof(interactions));
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Interaction[] fresh = Fresh(all);
            foreach (Interaction interaction in fresh)
            {
                Add(interaction);
            }

            return new(new AppendResult(fresh.Length, all.Count - fresh.Length));
        }
    }

    /// <inheritdoc/>
    public ValueTask<InteractionPage> ReadAsync(InteractionQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            return new(_timelines.TryGetValue(query.Customer, out InMemoryTimeline? timeline) ? timeline.Page(query) : new([], null));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Interaction>> ReadStatesAsync(InteractionId original, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            // A correction is a state of what it corrects, not a thing of its own.
            Interaction[] states = [.. States(original).Where(state => state.Original == original)];
            Array.Sort(states, (left, right) => left == right ? 0 : left.Supersedes(right) ? 1 : -1);
            return new(ValueList<Interaction>.Of(states, nameof(original)));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredInteraction> ReadAppendedAsync(
        StorePosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        int place = Read(after);
        for (StoredInteraction[] batch; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
            {
                if (place >= _log.Count)
                {
                    yield break;
                }

                int end = Math.Min(_log.Count, place + BatchLength);
                batch = [.. Enumerable.Range(place, end - place).Where(at => _log[at] is not null).Select(at => new StoredInteraction(_log[at]!, Position(at)))];
                place = end;
            }

            foreach (StoredInteraction item in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            Interaction[] own = _timelines.TryGetValue(customer, out InMemoryTimeline? timeline) ? [.. timeline.Items] : [];
            Interaction[] removed = [.. own.Concat(own.SelectMany(Superseded)).Distinct()];
            foreach (Interaction interaction in removed)
            {
                Forget(interaction);
            }

            InteractionId[] others = _namedBy.Remove(customer, out var names) ? [.. names] : [];
            foreach (InteractionId id in others)
            {
                Redact(_placeOf[id], customer);
            }

            return new(new ErasureStatement { Store = DataName, Removed = removed.Length, Redacted = others.Length });
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        HeldData[] held;
        lock (_gate)
        {
            IEnumerable<Interaction> own = _timelines.TryGetValue(customer, out InMemoryTimeline? timeline) ? timeline.Items : [];
            IEnumerable<InteractionId> others = _namedBy.TryGetValue(customer, out var names) ? names : [];

            // What another did is theirs; that it names the person is the person's.
            held =
            [
                .. own.Select(interaction => new HeldData("interaction", InteractionJson.Write(interaction))),
                .. others.Select(id => new HeldData("named by another interaction", $"\"{JsonEncodedText.Encode(id.ToString())}\"")),
            ];
        }

        foreach (HeldData item in held)
        {
            yield return item;
        }
    }

    private static StorePosition Position(int place) => StorePosition.Of(FormattableString.Invariant($"{place + 1}"));

    private static int Read(StorePosition position) => position == StorePosition.Start ? 0
        : int.TryParse(position.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place
        : throw new ArgumentException("The position is not one this store gave.", nameof(position));

    /// <summary>Gives those that are not there yet, or refuses all.</summary>
    private Interaction[] Fresh(IReadOnlyList<Interaction> interactions)
    {
        var fresh = new Dictionary<InteractionId, Interaction>();
        var otherwise = new List<InteractionId>();
        foreach (Interaction interaction in interactions)
        {
            Interaction? known = _placeOf.TryGetValue(interaction.Id, out int place) ? _log[place] : fresh.GetValueOrDefault(interaction.Id);
            if (known is null)
            {
                fresh.Add(interaction.Id, interaction);
            }
            else if (!known.SaysTheSameAs(interaction))
            {
                otherwise.Add(interaction.Id);
            }
        }

        InteractionId[] chained = [.. fresh.Values.SelectMany(interaction => Chained(interaction, fresh)).Distinct()];
        return otherwise.Count + chained.Length == 0 ? [.. fresh.Values] : throw new InteractionConflictException(otherwise, chained);
    }

    // Those that name a correction: this one, or, where this one is a correction that came late, those that name it.
    private IEnumerable<InteractionId> Chained(Interaction interaction, Dictionary<InteractionId, Interaction> fresh)
    {
        if (interaction.Corrects == InteractionId.None)
        {
            yield break;
        }

        Interaction? named = _placeOf.TryGetValue(interaction.Corrects, out int place) ? _log[place] : fresh.GetValueOrDefault(interaction.Corrects);
        if (named is { Corrects: var further } && further != InteractionId.None)
        {
            yield return interaction.Id;
        }

        foreach (Interaction later in _corrections.GetValueOrDefault(interaction.Id) ?? [])
        {
            yield return later.Id;
        }
    }

    private void Add(Interaction interaction)
    {
        _placeOf.Add(interaction.Id, _log.Count);
        _log.Add(interaction);
        if (!_timelines.TryGetValue(interaction.Customer, out InMemoryTimeline? timeline))
        {
            _timelines.Add(interaction.Customer, timeline = new());
        }

        timeline.Add(interaction);
        if (interaction.Detail.NamedCustomer is var other && other != CustomerId.None)
        {
            (_namedBy.TryGetValue(other, out var ids) ? ids : _namedBy[other] = []).Add(interaction.Id);
        }

        if (interaction.Corrects != InteractionId.None)
        {
            (_corrections.TryGetValue(interaction.Corrects, out var corrections) ? corrections : _corrections[interaction.Corrects] = []).Add(interaction);
        }

        Supersede(interaction.Original);
    }

    // Of each state of one thing: the first moment at which a state that supersedes it was known, none where none does.
    private void Supersede(InteractionId original)
    {
        if (!_corrections.TryGetValue(original, out var corrections))
        {
            return;
        }

        foreach (Interaction state in States(original))
        {
            Instant? first = null; // the end of time is a moment too: hindsight looks from there
            foreach (Interaction other in corrections)
            {
                if (other.Id != state.Id && other.Supersedes(state) && !(other.RecordedAt >= first))
                {
                    first = other.RecordedAt;
                }
            }

            _timelines[state.Customer].Supersede(state, first);
        }
    }

    private IEnumerable<Interaction> Superseded(Interaction interaction) =>
        interaction.Corrects == InteractionId.None ? [] : States(interaction.Corrects).Where(interaction.Supersedes);

    private Interaction[] States(InteractionId original) =>
    [
        .. _placeOf.TryGetValue(original, out int place) ? (IEnumerable<Interaction>)[_log[place]!] : [],
        .. _corrections.GetValueOrDefault(original) ?? [],
    ];

    private void Forget(Interaction interaction)
    {
        _placeOf.Remove(interaction.Id, out int place);
        _log[place] = null;
        _timelines[interaction.Customer].Remove(interaction);
        if (_timelines[interaction.Customer].Count == 0)
        {
            _timelines.Remove(interaction.Customer);
        }

        if (interaction.Corrects != InteractionId.None && _corrections[interaction.Corrects].Remove(interaction) && _corrections[interaction.Corrects].Count == 0)
        {
            _corrections.Remove(interaction.Corrects);
        }

        if (interaction.Detail.NamedCustomer is var other && _namedBy.TryGetValue(other, out var ids) && ids.Remove(interaction.Id) && ids.Count == 0)
        {
            _namedBy.Remove(other);
        }
    }

    private void Redact(int place, CustomerId customer)
    {
        Interaction old = _log[place]!;
        Interaction changed = old.WithoutMentionOf(customer);
        _log[place] = changed;
        _timelines[old.Customer].Replace(old, changed);
        if (old.Corrects != InteractionId.None && _corrections[old.Corrects] is var corrections)
        {
            corrections[corrections.IndexOf(old)] = changed;
        }
    }
}
