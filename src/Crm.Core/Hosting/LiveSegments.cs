using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Segments;
using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>Segments over a host's stores that are right as soon as something is known: what was appended is read, and only whom it concerns is looked at.</summary>
/// <remarks>
/// <para>
/// Keep one for the life of the process. The first <see cref="CatchUpAsync"/> reads all customers and interactions once; from then on each reads what was appended since, lets the days pass that
/// have, and takes over the scores of a run that was shown meanwhile. Call it after an append, and once after midnight; call <see cref="SavedAsync"/> after saving a customer. What changed is
/// appended to the segment store as moves. If that fails, nothing is lost: the moves are written by the next call, and those that were written already are left out by the store.
/// </para>
/// <para>
/// It holds what it knows of people in memory, and so is a store of personal data: register it as <see cref="IPersonalDataStore"/>, or give it to <see cref="CustomerErasure"/>. Who erases in another process
/// has this one erase too, or it goes on writing moves of who was erased. Thread-safe; calls wait for one another.
/// </para>
/// </remarks>
public sealed class LiveSegments : IPersonalDataStore, IDisposable
{
    // The finest that databases keep.
    private static readonly Duration _apart = Duration.FromNanoseconds(1_000);

    private const string Started = "found when the segments were read";

    private readonly SegmentBook _book;
    private readonly IInteractionStore _interactions;
    private readonly ICustomerStore _customers;
    private readonly ISegmentStore _segments;
    private readonly IScoreStore? _scores;
    private readonly IClock _clock;
    private readonly DateTimeZone _zone;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<SegmentMove> _unwritten = [];
    private SegmentTracker? _tracker;
    private StorePosition _position = StorePosition.Start;
    private RunId _run;
    private Instant _last = Instant.MinValue;

    /// <summary>Initializes a new instance of the <see cref="LiveSegments"/> class, which has read nothing yet.</summary>
    /// <param name="book">The segments. Others' hands stay off the moves of these in the store.</param>
    /// <param name="interactions">What happened.</param>
    /// <param name="customers">What is on record.</param>
    /// <param name="segments">Where moves go.</param>
    /// <param name="clock">Says when.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <param name="scores">Where the columns of <see cref="RuleSegmenter.ColumnsOf"/> come from; null where no rule asks about them.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public LiveSegments(
        SegmentBook book, IInteractionStore interactions, ICustomerStore customers, ISegmentStore segments, IClock clock, DateTimeZone zone, IScoreStore? scores = null)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(segments);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(zone);
        (_book, _interactions, _customers, _segments, _clock, _zone, _scores) = (book, interactions, customers, segments, clock, zone, scores);
    }

    /// <inheritdoc/>
    public string DataName => "live segments";

    /// <summary>Reads what was appended since the last time, lets days pass, and writes the moves that follow.</summary>
    /// <param name="cancellationToken">Stops the work; what was read by then counts, and its moves are written by the next call.</param>
    /// <returns>How many moves were new to the store.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<int> CatchUpAsync(CancellationToken cancellationToken = default) => InTurnAsync(
        async () =>
        {
            if (_tracker is null)
            {
                await StartAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                Now(_tracker, _unwritten);
                await ReadAppendedAsync(_tracker, _unwritten, cancellationToken).ConfigureAwait(false);
                await ReadScoresAsync(_tracker, _unwritten, cancellationToken).ConfigureAwait(false);
            }

            return await WriteAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    /// <summary>Takes in what was saved of a customer.</summary>
    /// <param name="customer">The customer, as saved.</param>
    /// <param name="cancellationToken">Stops the work before it begins, or while moves are written.</param>
    /// <returns>How many moves were new to the store.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    /// <exception cref="InvalidOperationException">Nothing was read yet: call <see cref="CatchUpAsync"/> first.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<int> SavedAsync(Customer customer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return InTurnAsync(
            () =>
            {
                SegmentTracker tracker = Read();
                _unwritten.AddRange(tracker.Update(customer, Now(tracker, _unwritten)));
                return WriteAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Gives the segments a customer is in.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="cancellationToken">Stops the waiting for one's turn.</param>
    /// <returns>The segments, in the order of the book.</returns>
    /// <exception cref="InvalidOperationException">Nothing was read yet: call <see cref="CatchUpAsync"/> first.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<IReadOnlyList<SegmentId>> SegmentsOfAsync(CustomerId customer, CancellationToken cancellationToken = default) =>
        InTurnAsync(() => Task.FromResult(Read().SegmentsOf(customer)), cancellationToken);

    /// <summary>Says how many customers are in a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="cancellationToken">Stops the waiting for one's turn.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    /// <exception cref="InvalidOperationException">Nothing was read yet: call <see cref="CatchUpAsync"/> first.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<int> CountOfAsync(SegmentId segment, CancellationToken cancellationToken = default) =>
        InTurnAsync(() => Task.FromResult(Read().CountOf(segment)), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken) => await InTurnAsync(
        () =>
        {
            int removed = _unwritten.RemoveAll(move => move.Customer == customer) + (_tracker?.Forget(customer) == true ? 1 : 0);
            return Task.FromResult(new ErasureStatement { Store = DataName, Removed = removed });
        },
        cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var held = await InTurnAsync(() => Task.FromResult(HeldOn(customer)), cancellationToken).ConfigureAwait(false);
        foreach (HeldData one in held)
        {
            yield return one;
        }
    }

    /// <summary>Lets go of what makes calls wait for one another.</summary>
    public void Dispose() => _turn.Dispose();

    /// <summary>
    /// The moment of what is taken in now: the days that have passed by then have passed, and it is after every move that was made, so that no two of them are of one moment,
    /// whatever the clock does.
    /// </summary>
    private Instant Now(SegmentTracker tracker, List<SegmentMove>? moves)
    {
        Instant after = _unwritten.Count > 0 ? Instant.Max(_last, _unwritten[^1].At) : _last;
        _last = Instant.Max(_clock.GetCurrentInstant(), after + _apart);
        if (Today(_last) > tracker.Day)
        {
            var passed = tracker.AdvanceTo(Today(_last), _last);
            moves?.AddRange(passed);
        }

        return _last;
    }

    private LocalDate Today(Instant now) => now.InZone(_zone).Date;

    private SegmentTracker Read() => _tracker ?? throw new InvalidOperationException("Nothing was read yet. Call CatchUpAsync first.");

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    // A tracker that was interrupted while it read everything is thrown away.
    private async Task StartAsync(CancellationToken cancellationToken)
    {
        Instant now = Instant.Max(_clock.GetCurrentInstant(), _last);
        var tracker = new SegmentTracker(_book, Today(now), _zone);
        _position = StorePosition.Start;
        _run = default;
        await foreach (Stored<Customer> customer in _customers.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            tracker.Update(customer.Value, now);
        }

        await ReadAppendedAsync(tracker, null, cancellationToken).ConfigureAwait(false);
        await ReadScoresAsync(tracker, null, cancellationToken).ConfigureAwait(false);
        _unwritten.AddRange(await DifferenceAsync(tracker, Now(tracker, null), cancellationToken).ConfigureAwait(false));
        _tracker = tracker;
    }

    /// <summary>What the store says otherwise than the tracker: what changed while nobody looked, or all of it the first time.</summary>
    private async Task<List<SegmentMove>> DifferenceAsync(SegmentTracker tracker, Instant now, CancellationToken cancellationToken)
    {
        var moves = new List<SegmentMove>();
        foreach (SegmentId segment in _book.Definitions.Select(definition => definition.Segment.Id))
        {
            HashSet<CustomerId> entered = [.. tracker.MembersOf(segment)];
            await foreach (SegmentMove member in _segments.ReadMembersAsync(segment, AsOf.At(now), cancellationToken).ConfigureAwait(false))
            {
                if (!entered.Remove(member.Customer))
                {
                    moves.Add(Move(member.Customer, segment, false, now));
                }
            }

            moves.AddRange(entered.Select(customer => Move(customer, segment, true, now)));
        }

        return moves;
    }

    private static SegmentMove Move(CustomerId customer, SegmentId segment, bool entered, Instant now) => new()
    {
        Customer = customer,
        Segment = segment,
        Entered = entered,
        At = now,
        RecordedAt = now,
        Why = Started,
    };

    private async Task ReadAppendedAsync(SegmentTracker tracker, List<SegmentMove>? moves, CancellationToken cancellationToken)
    {
        await foreach (StoredInteraction appended in _interactions.ReadAppendedAsync(_position, cancellationToken).ConfigureAwait(false))
        {
            Interaction interaction = appended.Interaction;
            CustomerId[] formerly = interaction.Corrects == InteractionId.None ? []
                : [.. (await _interactions.ReadStatesAsync(interaction.Original, cancellationToken).ConfigureAwait(false)).Select(state => state.Customer).Distinct()];
            var changed = tracker.Apply(interaction, Now(tracker, moves), formerly);
            moves?.AddRange(changed);
            _position = appended.Position;
        }
    }

    private async Task ReadScoresAsync(SegmentTracker tracker, List<SegmentMove>? moves, CancellationToken cancellationToken)
    {
        if (_scores is null)
        {
            return;
        }

        var runs = await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);
        if (runs.Select(run => run.Value).Where(run => run.PublishedAt is not null).MaxBy(run => run.PublishedAt) is not { } shown || shown.Id == _run)
        {
            return;
        }

        HashSet<CustomerId> unscored = [.. tracker.Customers];
        await foreach (CustomerScore score in _scores.ReadAllAsync(shown.Id, cancellationToken).ConfigureAwait(false))
        {
            unscored.Remove(score.Customer);
            var changed = tracker.Update(score.Customer, RuleSegmenter.ValuesOf(score), Now(tracker, moves));
            moves?.AddRange(changed);
        }

        foreach (CustomerId customer in unscored)
        {
            var changed = tracker.Update(customer, RuleSegmenter.NoValues, Now(tracker, moves));
            moves?.AddRange(changed);
        }

        _run = shown.Id;
    }

    private async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        if (_unwritten.Count == 0)
        {
            return 0;
        }

        int written = await _segments.MoveAsync([.. _unwritten], cancellationToken).ConfigureAwait(false);
        _unwritten.Clear();
        return written;
    }

    private HeldData[] HeldOn(CustomerId customer)
    {
        var held = new List<HeldData>();
        if (_tracker?.EventsOf(customer) is { } events)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("customer", customer.ToString());
                json.WriteNumber("events", events);
                json.WriteStartArray("segments");
                foreach (SegmentId segment in _tracker.SegmentsOf(customer))
                {
                    json.WriteStringValue(segment.ToString());
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            held.Add(new("live segments", Encoding.UTF8.GetString(stream.ToArray())));
        }

        if (_tracker?.RecordOf(customer) is { } record)
        {
            held.Add(new("customer", CustomerJson.Write(record)));
        }

        held.AddRange(_unwritten.Where(move => move.Customer == customer).Select(move => new HeldData("move", SegmentMoveJson.Write(move))));
        return [.. held];
    }
}
