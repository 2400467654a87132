using Crm.Core.Numerics;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Histories;

/// <summary>All that has to be kept of purchases and returns through a day, so that the next day needs only what is new.</summary>
/// <remarks>
/// <para>
/// Made by <see cref="PurchaseHistoryBuilder.StateThrough"/> once, continued by <see cref="HistoryUpdate"/> day after day, kept in between by
/// <see cref="Save"/> and <see cref="Load"/>. <see cref="ToHistories"/> gives the histories that a builder fed with everything would give, to
/// the last bit and with their fingerprint.
/// </para>
/// <para>
/// It knows of each customer the first and the latest day, how many occasions there were and their exact sums; what was dated after the last day;
/// and which returns found no purchase. It does not know single purchases. So a purchase or return that comes a second time counts a second time,
/// whether it has an id or not: see to it that each is delivered once. <see cref="Deliveries"/> is there to remember what was. Of what is
/// <see cref="PurchaseHistories.LeftOut"/> all is known but <see cref="LeftOut.RepeatedPurchases"/>: those that came twice within one delivery are
/// counted, those that came in two cannot be.
/// </para>
/// <para>Immutable and thread-safe. Memory: 72 bytes a customer, beside the texts of the ids.</para>
/// </remarks>
public sealed class HistoryState
{
    /// <summary>The number of the form in which states are saved. Every form that was ever released can be loaded.</summary>
    public const int Schema = 1;

    /// <summary>The longest text that <see cref="WithDelivery"/> takes.</summary>
    public const int MaxDeliveryLength = 128;

    private readonly string[] _deliveries;

    internal HistoryState(HistoryFrame frame, CustomerId[] ids, StateRow[] rows)
        : this(frame, ids, rows, [])
    {
    }

    private HistoryState(HistoryFrame frame, CustomerId[] ids, StateRow[] rows, string[] deliveries)
    {
        Frame = frame;
        Ids = ids;
        Rows = rows;
        _deliveries = deliveries;
        Deliveries = Array.AsReadOnly(deliveries);
    }

    /// <summary>Gets unit, time zone, currency, and the window through the last day that counts.</summary>
    public HistoryFrame Frame { get; }

    /// <summary>Gets the last day that counts, inclusive.</summary>
    public LocalDate LastDay => Frame.Window!.Value.LastDay;

    /// <summary>Gets the number of customers, those without a history included.</summary>
    public int Customers => Ids.Length;

    /// <summary>Gets the marks of what has been delivered, in the order in which they were put down.</summary>
    public IReadOnlyList<string> Deliveries { get; }

    internal CustomerId[] Ids { get; }

    internal StateRow[] Rows { get; }

    /// <summary>Gets what waits for a later window, by customer and day.</summary>
    internal PendingDay[] Pending { get; init; } = [];

    internal UnmatchedReturns[] Unmatched { get; init; } = [];

    internal bool AmountsKnown { get; init; } = true;

    internal long RepeatedPurchases { get; init; }

    /// <summary>Loads what <see cref="Save"/> has saved. Nothing is believed of a stream that is damaged.</summary>
    /// <param name="stream">The stream; read to its end.</param>
    /// <param name="zones">Where time zones are looked up by their ids; those of the IANA database by default.</param>
    /// <returns>The state.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidDataException">
    /// It is no state, is damaged or cut short, is of a newer schema than <see cref="Schema"/>, or names a time zone that nobody knows.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static HistoryState Load(Stream stream, IDateTimeZoneProvider? zones = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return HistoryStateReader.Read(stream, zones ?? DateTimeZoneProviders.Tzdb);
    }

    /// <summary>Saves the state as a compact stream, with the number of its schema, the version of the library and a checksum.</summary>
    /// <remarks>The same state gives the same bytes. They hold ids and sums: keep them as you keep the purchases.</remarks>
    /// <param name="stream">The stream; left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        HistoryStateWriter.Write(this, stream);
    }

    /// <summary>Whether something has been delivered.</summary>
    /// <param name="mark">Its mark, as it was given to <see cref="WithDelivery"/>.</param>
    /// <returns>Whether the mark stands in <see cref="Deliveries"/>.</returns>
    public bool HasDelivery(string? mark) => Array.IndexOf(_deliveries, mark) >= 0;

    /// <summary>Puts down what has been delivered: the SHA-256 of a file, say, or the number of a batch.</summary>
    /// <param name="mark">A text of 1 to <see cref="MaxDeliveryLength"/> characters that the delivery has alone.</param>
    /// <returns>The state with the mark.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mark"/> is null.</exception>
    /// <exception cref="ArgumentException">It is empty or too long, or has been put down before: the delivery came twice.</exception>
    public HistoryState WithDelivery(string mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        if (mark.Length is 0 or > MaxDeliveryLength)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"A mark has 1 to {MaxDeliveryLength} characters; this one has {mark.Length}. Hash what is longer."), nameof(mark));
        }

        return HasDelivery(mark)
            ? throw new ArgumentException($"The delivery {mark} is in the state already. Add each delivery once: what comes twice counts twice.", nameof(mark))
            : WithDeliveries([.. _deliveries, mark]);
    }

    /// <summary>Leaves customers out, for when they are erased. Of all others it is what it was.</summary>
    /// <param name="customers">The customers; one who is not in it changes nothing.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The state without them; the same object where it has none of them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customers"/> is null.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public HistoryState Without(IEnumerable<CustomerId> customers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(customers);
        CustomerId[] known = [.. customers.Where(Has)];

        // Taken for corrected, with nothing left of them.
        var nothing = new PurchaseHistoryBuilder(Frame.Unit, Frame.Zone);
        return known.Length == 0 ? this : HistoryUpdate.Of(this, nothing, LastDay, known, cancellationToken).Next(nothing, cancellationToken);
    }

    /// <summary>Whether anything is known of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether they are in the state.</returns>
    public bool Has(CustomerId customer) => Find(customer) >= 0;

    /// <summary>Makes the histories through <see cref="LastDay"/>: those of a builder that was fed with everything.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One history for each customer with an occasion in the window, sorted by id; possibly none.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public PurchaseHistories ToHistories(CancellationToken cancellationToken = default)
    {
        int count = Rows.Count(row => row.Occasions > 0);
        int[]? places = count == Rows.Length ? null : [.. Enumerable.Range(0, Rows.Length).Where(place => Rows[place].Occasions > 0)];
        var histories = new PurchaseHistories(Frame, LeftOut())
        {
            IdColumn = new CustomerId[count],
            FrequencyColumn = new int[count],
            RecencyColumn = new double[count],
            AgeColumn = new double[count],
            MeanSpendColumn = new double[AmountsKnown ? count : 0],
            TotalSpendColumn = new double[AmountsKnown ? count : 0],
        };
        int lastDay = DayNumber.Of(LastDay);
        RowBlocks.ForEach(count, new() { CancellationToken = cancellationToken }, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                Fill(histories, i, places?[i] ?? i, lastDay);
            }
        });
        return histories;
    }

    /// <summary>Says through which day it is, and of how many customers.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Customers} customers through {LocalDatePattern.Iso.Format(LastDay)}, in the unit '{Frame.Unit}', the zone {Frame.Zone.Id} and the currency {Frame.Currency}");

    /// <summary>The place of a customer; where there is none, the complement of where they would stand.</summary>
    internal int Find(CustomerId customer) => Array.BinarySearch(Ids, customer);

    /// <summary>What waits for a customer, by day.</summary>
    internal ReadOnlySpan<PendingDay> PendingOf(CustomerId customer)
    {
        int from = LowerBound(customer);
        int to = from;
        while (to < Pending.Length && Pending[to].Customer == customer)
        {
            to++;
        }

        return Pending.AsSpan(from..to);
    }

    internal HistoryState WithDeliveries(string[] deliveries) => new(Frame, Ids, Rows, deliveries)
    {
        Pending = Pending,
        Unmatched = Unmatched,
        AmountsKnown = AmountsKnown,
        RepeatedPurchases = RepeatedPurchases,
    };

    private int LowerBound(CustomerId customer)
    {
        int low = 0;
        int high = Pending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = Pending[middle].Customer < customer ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Fill(PurchaseHistories histories, int i, int place, int lastDay)
    {
        ref readonly StateRow row = ref Rows[place];
        int repeats = row.Occasions - 1;
        histories.IdColumn[i] = Ids[place];
        histories.FrequencyColumn[i] = repeats;
        histories.RecencyColumn[i] = (row.LatestDay - row.FirstDay) / Frame.Unit.Days;
        histories.AgeColumn[i] = (lastDay - row.FirstDay) / Frame.Unit.Days;
        if (AmountsKnown)
        {
            ExactAmount total = row.FirstAmount;
            total.Add(row.LaterAmount);
            histories.MeanSpendColumn[i] = repeats == 0 ? 0 : row.LaterAmount.DividedBy(repeats);
            histories.TotalSpendColumn[i] = total.DividedBy(1);
        }
    }

    private LeftOut LeftOut()
    {
        var unmatched = default(ExactAmount);
        foreach (UnmatchedReturns of in Unmatched)
        {
            unmatched.Add(of.Amount);
        }

        return new()
        {
            PurchasesAfterWindow = Pending.Sum(day => (long)day.Purchases),
            CustomersAfterWindow = Pending.Where(day => day.Purchases > 0).Select(day => day.Customer).Distinct()
                .Count(customer => Rows[Find(customer)].Occasions == 0),
            CustomersFullyReturned = Rows.Count(row => row.Occasions == StateRow.FullyReturned),
            RepeatedPurchases = RepeatedPurchases,
            ReturnsAfterWindow = Pending.Sum(day => (long)day.Returns),
            UnmatchedReturns = Unmatched.Sum(of => of.Count),
            UnmatchedReturnAmount = unmatched.ToDecimal(),
        };
    }
}
