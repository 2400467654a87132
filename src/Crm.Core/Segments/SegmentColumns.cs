using Crm.Core.Customers;
using Crm.Core.Interactions;
using Crm.Core.Numerics;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>A base in columns, one for each signal that the rules of a book ask about, and who is in which segment of it.</summary>
/// <remarks>
/// <para>
/// A column may come from anywhere: a database that has counted, a fitted model, or <see cref="SetEvents"/> and <see cref="SetFacts"/>, which make them of
/// interactions and customers. The answers are those of <see cref="SegmentBook.SegmentsOf"/>.
/// </para>
/// <para>Filled by one thread; once filled it may be evaluated by several. Columns are not copied: leave them as they are.</para>
/// </remarks>
public sealed class SegmentColumns
{
    private readonly SegmentBook _book;
    private readonly SignalColumn?[] _columns;
    private readonly Dictionary<Signal, int> _places;

    /// <summary>Initializes a new instance of the <see cref="SegmentColumns"/> class without any column yet.</summary>
    /// <param name="book">The segments.</param>
    /// <param name="ids">The customers, one for each row.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public SegmentColumns(SegmentBook book, IReadOnlyList<CustomerId> ids)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(ids);
        (_book, Ids) = (book, ids);
        _columns = new SignalColumn?[book.Program.Signals.Length];
        _places = book.Program.Signals.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
    }

    /// <summary>Gets the customers, one for each row.</summary>
    public IReadOnlyList<CustomerId> Ids { get; }

    /// <summary>Gets the signals that have no column yet.</summary>
    public IReadOnlyList<Signal> Missing => [.. _book.Program.Signals.Where((_, place) => _columns[place] is null)];

    /// <summary>Sets a column of numbers.</summary>
    /// <param name="signal">The signal, in its unit. One that no rule asks about is left aside.</param>
    /// <param name="values">A number for each row: 1 and 0 for yes and no, the days since 1970-01-01 for a day, NaN for not known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signal"/> is null.</exception>
    /// <exception cref="ArgumentException">The length is not that of the base, or the signal is a text.</exception>
    /// <exception cref="RowFaultsException">A value is infinite; the first 20 are named, with their total.</exception>
    public void Set(Signal signal, ReadOnlyMemory<double> values)
    {
        ArgumentNullException.ThrowIfNull(signal);
        Guard.SameLength(Ids.Count, values.Length, "rows");
        CheckFinite(values.Span);
        if (_places.TryGetValue(signal, out int place))
        {
            _columns[place] = IsText(signal) ? throw new ArgumentException($"{signal} is a text. Give codes and the texts they stand for.", nameof(signal)) : new(values);
        }
    }

    /// <summary>Sets a column of texts.</summary>
    /// <param name="signal">The signal. One that no rule asks about is left aside.</param>
    /// <param name="codes">For each row the place of its text, −1 for not known.</param>
    /// <param name="texts">The texts.</param>
    /// <exception cref="ArgumentException">The length is not that of the base, the signal is no text, or a text is null.</exception>
    /// <exception cref="RowFaultsException">A code is below −1 or not below the number of texts; the first 20 are named, with their total.</exception>
    public void Set(Signal signal, ReadOnlyMemory<int> codes, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var known = ValueList<string>.Of(texts, nameof(texts));
        Guard.SameLength(Ids.Count, codes.Length, "rows");
        CheckCodes(codes.Span, known.Count);
        if (_places.TryGetValue(signal, out int place))
        {
            _columns[place] = IsText(signal) ? new(codes, known) : throw new ArgumentException($"{signal} is no text. Give numbers.", nameof(signal));
        }
    }

    /// <summary>Sets a column of texts.</summary>
    /// <param name="signal">The signal. One that no rule asks about is left aside.</param>
    /// <param name="texts">A text for each row, null for not known.</param>
    /// <exception cref="ArgumentException">The length is not that of the base, or the signal is no text.</exception>
    public void Set(Signal signal, IReadOnlyList<string?> texts)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(texts);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var codes = new int[texts.Count];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = texts[row] is not { } text ? -1 : places.TryGetValue(text, out int code) ? code : places[text] = places.Count;
        }

        Set(signal, codes, [.. places.Keys]);
    }

    /// <summary>Sets a column of days.</summary>
    /// <param name="signal">The signal. One that no rule asks about is left aside.</param>
    /// <param name="days">A day for each row, null for not known.</param>
    /// <exception cref="ArgumentException">The length is not that of the base, or the signal is a text.</exception>
    public void Set(Signal signal, IReadOnlyList<LocalDate?> days)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(days);
        var numbers = new double[days.Count];
        for (int row = 0; row < numbers.Length; row++)
        {
            numbers[row] = days[row] is { } day ? DayNumber.Of(day) : double.NaN;
        }

        Set(signal, numbers);
    }

    /// <summary>Says that nothing is known of a signal.</summary>
    /// <param name="signal">The signal.</param>
    /// <exception cref="ArgumentNullException"><paramref name="signal"/> is null.</exception>
    public void SetUnknown(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (_places.TryGetValue(signal, out int place))
        {
            _columns[place] = IsText(signal) ? new(Filled(-1), []) : new(Filled(double.NaN));
        }
    }

    /// <summary>Counts what happened: sets the columns of all signals of events.</summary>
    /// <param name="interactions">What happened to whomever, in any order, corrections and retractions among it; that of customers who are not in the base is left aside.</param>
    /// <param name="day">The day that is asked about.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <exception cref="ArgumentException">An argument is null, or a customer is in the base twice.</exception>
    public void SetEvents(IEnumerable<Interaction> interactions, LocalDate day, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ArgumentNullException.ThrowIfNull(zone);
        var rows = Rows();
        var ledger = new EventLedger(_book.Program, zone);
        foreach (CustomerId _ in Ids)
        {
            ledger.AddCustomer();
        }

        ledger.TakeAll(interactions, id => rows.TryGetValue(id, out int row) ? row : null);
        int today = DayNumber.Of(day);
        for (int place = 0; place < _columns.Length; place++)
        {
            if (ledger.Queries[place] is { } query)
            {
                var values = new double[Ids.Count];
                for (int row = 0; row < values.Length; row++)
                {
                    values[row] = query.Value(ledger.Classes, ledger.Rows(row), today, out _);
                }

                _columns[place] = new(values);
            }
        }
    }

    /// <summary>Reads what is on record: sets the columns of all signals of facts.</summary>
    /// <param name="customers">The customers; those who are not in the base are left aside, and of those who are missing nothing is known.</param>
    /// <param name="day">The day that is asked about.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <exception cref="ArgumentException">An argument is null, or a customer is in the base twice.</exception>
    public void SetFacts(IEnumerable<Customer> customers, LocalDate day, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(zone);
        var rows = Rows();
        int[] facts = [.. _book.Program.Signals.Index().Where(entry => entry.Item is not (EventSignal or ColumnSignal)).Select(entry => entry.Index)];
        double[][] numbers = Array.ConvertAll(facts, _ => Filled(double.NaN));
        string?[][] texts = Array.ConvertAll(facts, _ => new string?[Ids.Count]);
        foreach (Customer customer in customers)
        {
            ArgumentNullException.ThrowIfNull(customer, nameof(customers));
            if (!rows.TryGetValue(customer.Id, out int row))
            {
                continue;
            }

            var subject = new SegmentSubject { Id = customer.Id, Customer = customer, Day = day, Zone = zone };
            foreach (var (at, place) in facts.Index())
            {
                SignalValue value = _book.Program.Signals[place].ValueOf(subject).As(_book.Types[place]);
                (numbers[at][row], texts[at][row]) = (value.Number, value.Text);
            }
        }

        foreach (var (at, place) in facts.Index())
        {
            Signal signal = _book.Program.Signals[place];
            if (IsText(signal))
            {
                Set(signal, texts[at]);
            }
            else
            {
                Set(signal, numbers[at]);
            }
        }
    }

    /// <summary>Says who is in which segment.</summary>
    /// <param name="threads">How many threads share the work; the answers are the same for any number.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The members.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">A signal has no column; all such are named.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public SegmentMembers Evaluate(int threads = 1, CancellationToken cancellationToken = default) => Evaluate(RangeKernel.Supported[0], threads, cancellationToken);

    /// <summary>Gives the size of every segment, without keeping who is in it: as often as somebody moves a limit in a screen.</summary>
    /// <param name="threads">How many threads share the work; the answers are the same for any number.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>A summary for each segment, in the order of the book, without value.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">A signal has no column; all such are named.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public IReadOnlyList<SegmentSummary> Summaries(int threads = 1, CancellationToken cancellationToken = default)
    {
        long[] counts = Run(RangeKernel.Supported[0], threads, keepsMembers: false, cancellationToken).Counts;
        return Array.AsReadOnly(Array.ConvertAll([.. _book.Definitions.Index()], entry =>
            new SegmentSummary { Segment = entry.Item.Segment, Customers = counts[entry.Index], Base = Ids.Count }));
    }

    internal SegmentMembers Evaluate(RangeKernel kernel, int threads, CancellationToken cancellationToken)
    {
        ColumnWork work = Run(kernel, threads, keepsMembers: true, cancellationToken);
        return new(_book, Ids, work.Members, work.Counts);
    }

    private ColumnWork Run(RangeKernel kernel, int threads, bool keepsMembers, CancellationToken cancellationToken)
    {
        Guard.InRange((double)threads, 1, int.MaxValue, "", nameof(threads));
        if (Missing is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"No column has been set for {string.Join("; ", missing)}. Set it, or say with SetUnknown that nothing is known.");
        }

        var work = new ColumnWork(_book, Array.ConvertAll(_columns, column => column!), kernel, Ids.Count, keepsMembers);
        RowBlocks.Run<ColumnWork, ColumnWorker>(ref work, Ids.Count, work.BlockRows, threads, null, cancellationToken);
        return work;
    }

    private bool IsText(Signal signal) => signal.TypeIn(_book.Schema, out _)!.Kind == AttributeKind.Text;

    private T[] Filled<T>(T value)
    {
        var filled = new T[Ids.Count];
        Array.Fill(filled, value);
        return filled;
    }

    private Dictionary<CustomerId, int> Rows()
    {
        var rows = new Dictionary<CustomerId, int>(Ids.Count);
        for (int row = 0; row < Ids.Count; row++)
        {
            if (!rows.TryAdd(Ids[row], row))
            {
                throw new ArgumentException(FormattableString.Invariant($"Each customer stands in one row; {Ids[row]} stands in rows {rows[Ids[row]]} and {row}."));
            }
        }

        return rows;
    }

    private static void CheckFinite(ReadOnlySpan<double> values)
    {
        var faults = new RowFaultList();
        for (int row = 0; row < values.Length; row++)
        {
            if (double.IsInfinity(values[row]))
            {
                faults.Add(row, "value", $"{values[row]}", "a finite number, or NaN for not known");
            }
        }

        faults.ThrowIfAny(nameof(values));
    }

    private static void CheckCodes(ReadOnlySpan<int> codes, int texts)
    {
        var faults = new RowFaultList();
        for (int row = 0; row < codes.Length; row++)
        {
            if (codes[row] < -1 || codes[row] >= texts)
            {
                faults.Add(row, "code", $"{codes[row]}", FormattableString.Invariant($"-1, or the place of one of {texts} texts"));
            }
        }

        faults.ThrowIfAny(nameof(codes));
    }
}
