using Crm.Core.Customers;
using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>Who is in which segment, kept right as things happen, facts are recorded and days pass, without looking at anybody else.</summary>
/// <remarks>
/// <para>
/// It takes events in any order: late ones, corrections before or after what they correct, retractions, one delivered twice. After any of them it says what
/// <see cref="SegmentBook.SegmentsOf"/> says of the same customer on the same day. Something that happens changes the answers of the conditions that count
/// it, and of the segments built on those; a day that passes concerns the customers for whom something runs out on it, of whom a list is kept.
/// </para>
/// <para>
/// What changed comes back as moves, to append to an <see cref="ISegmentStore"/>: those of the passing of time are dated the day it was so, however late the clock is moved on.
/// </para>
/// <para>
/// Memory: 32 to 48 bytes for each thing that happened, and for each customer about 150 bytes, 16 for each 64 conditions begun and 8 for each 64 segments begun. One thread at
/// a time; who reads while another writes must wait.
/// </para>
/// </remarks>
public sealed class SegmentTracker
{
    private readonly SegmentBook _book;
    private readonly RuleProgram _program;
    private readonly DateTimeZone _zone;
    private readonly EventLedger _events;
    private readonly FactChanges _facts;
    private readonly TrackedAnswers _answers;
    private readonly DueDays _due = new();
    private readonly Dictionary<CustomerId, int> _places = [];
    private readonly List<CustomerId> _ids = [];
    private readonly List<int> _free = [];

    // Only of whom what is on record changes with time.
    private readonly Dictionary<int, Customer> _dated = [];
    private readonly List<SegmentMove> _moves = [];
    private readonly List<int> _touched = [];
    private int _today;
    private Instant _at;
    private Instant _recordedAt;
    private string _why = "";

    /// <summary>Initializes a new instance of the <see cref="SegmentTracker"/> class, which knows nobody yet.</summary>
    /// <param name="book">The segments.</param>
    /// <param name="day">Today.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <exception cref="ArgumentNullException">The book or the zone is null.</exception>
    public SegmentTracker(SegmentBook book, LocalDate day, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(zone);
        (_book, _program, _zone, _today) = (book, book.Program, zone, DayNumber.Of(day));
        _events = new(_program, zone);
        _facts = new(_program, zone);
        _answers = new(book);
    }

    /// <summary>Gets today, as far as the tracker has been told.</summary>
    public LocalDate Day => DayNumber.ToDate(_today);

    /// <summary>Gets how many customers it knows.</summary>
    public int Count => _places.Count;

    /// <summary>Gets the customers it knows, in an order of its own.</summary>
    public IEnumerable<CustomerId> Customers => _ids.Where(id => id != CustomerId.None);

    /// <summary>Takes in what happened.</summary>
    /// <param name="interaction">The interaction: an original, a correction or a retraction; one that was taken in already changes nothing.</param>
    /// <param name="now">When it became known, the moment of the moves.</param>
    /// <param name="formerly">Of a correction, the customers whose it may have been before, where that is not the same one.</param>
    /// <returns>Who entered and left what; empty where nobody did.</returns>
    /// <exception cref="ArgumentNullException">The interaction or the list is null.</exception>
    public IReadOnlyList<SegmentMove> Apply(Interaction interaction, Instant now, params IReadOnlyList<CustomerId> formerly)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentNullException.ThrowIfNull(formerly);
        Begin(now, now, "");
        _why = interaction.Kind == InteractionKind.Retraction ? "after a retraction" : $"after {Names.Of(interaction.Kind)} {interaction.Id}";
        _events.Take(interaction, Known, PlaceOf, formerly, Recount);
        return Settled();
    }

    /// <summary>Takes in what is on record of a customer.</summary>
    /// <param name="customer">The customer, with all facts.</param>
    /// <param name="now">When it became known.</param>
    /// <returns>Who entered and left what; empty where nobody did.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customer"/> is null.</exception>
    public IReadOnlyList<SegmentMove> Update(Customer customer, Instant now)
    {
        ArgumentNullException.ThrowIfNull(customer);
        Begin(now, now, "after a change of what is on record");
        int place = PlaceOf(customer.Id);
        Reread(place, customer);
        return Settled();
    }

    /// <summary>Takes in what was computed of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="columns">The columns that were computed; the others stay as they are. The default value takes one back.</param>
    /// <param name="now">When it became known.</param>
    /// <returns>Who entered and left what; empty where nobody did.</returns>
    /// <exception cref="ArgumentException">The columns are null, or the customer is none.</exception>
    public IReadOnlyList<SegmentMove> Update(CustomerId customer, IReadOnlyDictionary<string, ColumnValue> columns, Instant now)
    {
        ArgumentNullException.ThrowIfNull(columns);
        StoredText.Id(customer, CustomerId.None);
        Begin(now, now, "after a computation");
        int place = PlaceOf(customer);
        foreach (int signal in _answers.Columns)
        {
            if (columns.TryGetValue(((ColumnSignal)_program.Signals[signal]).Name, out ColumnValue value))
            {
                _answers.Set(place, signal, value.Value.As(_book.Types[signal]));
            }
        }

        return Settled();
    }

    /// <summary>Lets days pass.</summary>
    /// <param name="day">Today.</param>
    /// <param name="now">When that became known; the moves are of the days on which they came to be.</param>
    /// <returns>Who entered and left what, in the order of the days; empty where nobody did.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="day"/> is before <see cref="Day"/>.</exception>
    public IReadOnlyList<SegmentMove> AdvanceTo(LocalDate day, Instant now)
    {
        int until = DayNumber.Of(day);
        if (until < _today)
        {
            throw new ArgumentOutOfRangeException(nameof(day), FormattableString.Invariant($"Days do not go back: today is {Day:uuuu-MM-dd} already, and {day:uuuu-MM-dd} was given. For a past day ask the book, or the store of moves."));
        }

        _moves.Clear();
        while (_due.TryTake(until, out int due, out IReadOnlyList<int> customers))
        {
            _today = due;
            (_at, _recordedAt, _why) = (Day.AtStartOfDayInZone(_zone).ToInstant(), now, "with the passing of time");
            foreach (int place in customers)
            {
                RereadForToday(place);
                _touched.Add(place);
                Settle();
            }
        }

        _today = until;
        return Taken();
    }

    /// <summary>Forgets a customer: nothing of them stays, not what others' records say of them either, and no move is made of it.</summary>
    /// <param name="customer">The customer; one it does not know is no error.</param>
    /// <returns>Whether it knew them.</returns>
    public bool Forget(CustomerId customer)
    {
        _events.ForgetCorrected(customer);
        foreach (int other in _dated.Keys.ToArray())
        {
            _dated[other] = _dated[other].WithoutMentionOf(customer);
        }

        if (!_places.Remove(customer, out int place))
        {
            return false;
        }

        _events.Forget(place);
        _answers.Forget(place);
        _due.Forget(place);
        _dated.Remove(place);
        _ids[place] = CustomerId.None;
        _free.Add(place);
        return true;
    }

    /// <summary>How many things are known to have happened to a customer; null of whom it does not know.</summary>
    internal int? EventsOf(CustomerId customer) => Known(customer) is { } place ? _events.Rows(place).Length : null;

    /// <summary>What is kept of a customer's record; null where nothing is.</summary>
    internal Customer? RecordOf(CustomerId customer) => Known(customer) is { } place ? _dated.GetValueOrDefault(place) : null;

    /// <summary>Gives the segments a customer is in.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The segments, in the order of the book; empty for a customer it does not know.</returns>
    public IReadOnlyList<SegmentId> SegmentsOf(CustomerId customer) => !_places.TryGetValue(customer, out int place) ? []
        : [.. _book.Definitions.Where((_, segment) => _answers.IsMember(place, segment)).Select(definition => definition.Segment.Id)];

    /// <summary>Says how many customers are in a segment, at once.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>How many.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public int CountOf(SegmentId segment) => _answers.CountOf(_book.IndexOf(segment));

    /// <summary>Gives who is in a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>The customers, in an order of its own.</returns>
    /// <exception cref="ArgumentException">The book has no such segment.</exception>
    public IReadOnlyList<CustomerId> MembersOf(SegmentId segment)
    {
        int index = _book.IndexOf(segment);
        return [.. _ids.Where((id, place) => id != CustomerId.None && _answers.IsMember(place, index))];
    }

    private void Begin(Instant at, Instant recordedAt, string why)
    {
        _moves.Clear();
        (_at, _recordedAt, _why) = (at, recordedAt, why);
    }

    /// <summary>The moves, of which nothing stays here.</summary>
    private IReadOnlyList<SegmentMove> Taken()
    {
        IReadOnlyList<SegmentMove> moves = _moves.Count == 0 ? [] : [.. _moves];
        _moves.Clear();
        _why = "";
        return moves;
    }

    private int? Known(CustomerId customer) => _places.TryGetValue(customer, out int place) ? place : null;

    // Who is new is in what asks for nothing that is known: "has never bought".
    private int PlaceOf(CustomerId customer)
    {
        if (_places.TryGetValue(customer, out int place))
        {
            _touched.Add(place);
            return place;
        }

        if (_free.Count > 0)
        {
            place = _free[^1];
            _free.RemoveAt(_free.Count - 1);
            _ids[place] = customer;
        }
        else
        {
            place = _ids.Count;
            _ids.Add(customer);
            _events.AddCustomer();
            _answers.AddCustomer();
            _due.AddCustomer();
        }

        _places[customer] = place;
        RereadForToday(place);
        _answers.Renew(place);
        _touched.Add(place);
        return place;
    }

    private void RereadForToday(int place)
    {
        int next = int.MaxValue;
        ReadOnlySpan<EventRow> rows = _events.Rows(place);
        for (int signal = 0; signal < _events.Queries.Length; signal++)
        {
            if (_events.Queries[signal] is { } query)
            {
                _answers.Set(place, signal, SignalValue.Of(query.Value(_events.Classes, rows, _today, out int later)));
                next = Math.Min(next, later);
            }
        }

        _due.Set(place, next);
        if (_dated.TryGetValue(place, out Customer? customer))
        {
            Reread(place, customer);
        }
    }

    /// <summary>Counts again what a row that came or went can have changed.</summary>
    private void Recount(int place, int rowClass)
    {
        int next = int.MaxValue;
        ReadOnlySpan<EventRow> rows = _events.Rows(place);
        foreach (int signal in _answers.SignalsOf(_events, rowClass))
        {
            _answers.Set(place, signal, SignalValue.Of(_events.Queries[signal]!.Value(_events.Classes, rows, _today, out int later)));
            next = Math.Min(next, later);
        }

        _due.SetSooner(place, next);
        _touched.Add(place);
    }

    private void Reread(int place, Customer customer)
    {
        var subject = new SegmentSubject { Id = customer.Id, Customer = customer, Day = Day, Zone = _zone };
        foreach (int signal in _answers.Facts)
        {
            _answers.Set(place, signal, _program.Signals[signal].ValueOf(subject).As(_book.Types[signal]));
        }

        int next = _answers.Facts.Length == 0 ? int.MaxValue : _facts.NextDay(customer, Day);
        _due.SetSooner(place, next);
        if (next == int.MaxValue)
        {
            _dated.Remove(place);
        }
        else
        {
            _dated[place] = customer;
        }
    }

    private IReadOnlyList<SegmentMove> Settled()
    {
        Settle();
        return Taken();
    }

    /// <summary>Asks the segments whose conditions have another answer, and tells of moves: once for all that has changed of a customer, so that nobody leaves and enters in one moment.</summary>
    private void Settle()
    {
        foreach (int place in _touched.Count > 1 ? _touched.Distinct() : _touched)
        {
            foreach (var (segment, isMember) in _answers.Settle(place))
            {
                _moves.Add(new()
                {
                    Customer = _ids[place],
                    Segment = _book.Definitions[segment].Segment.Id,
                    Entered = isMember,
                    At = _at,
                    RecordedAt = _recordedAt,
                    Why = _answers.WhyMoved(place, segment) is { Length: > 0 } changed ? $"{_why}: {changed}" : _why,
                });
            }
        }

        _touched.Clear();
        _answers.Settled();
    }
}
