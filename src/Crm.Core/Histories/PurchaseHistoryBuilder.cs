using Crm.Core.Interactions;
using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Turns purchases and returns, streamed in any order, into one history for each customer.</summary>
/// <remarks>
/// <para>
/// A day is a <see cref="LocalDate"/> in the frame's time zone. An occasion is a day with a purchase; same-day amounts are added
/// exactly. A return nets against the occasion of the purchase it names, or else against the customer's latest earlier occasions
/// (the day of the return included), newest first; an occasion that returns cancel wholly is none, one that was priced 0 is one.
/// Returns are taken by their days; on one day those that name a purchase come first, then the smaller.
/// What happens after the window is not known to it: later purchases and returns are counted and ignored.
/// </para>
/// <para>
/// With a test period the same rules give its occasions. A return inside the test period may cancel spending of the window, but
/// never changes what the window knew.
/// </para>
/// <para>
/// The window is named when the histories are made, so the same rows serve any number of windows: a calibration and the whole, say.
/// </para>
/// <para>
/// The order of the rows changes no bit of the result, whose rows are sorted by id. Memory while building: 12 bytes a purchase (28 to 44
/// where its amount has more than four decimals or is 21 billion) and 35 to 65 a customer, beside the texts of the ids; in <see cref="Build"/>
/// a 64th of the purchases twice, for each thread, and about 130 bytes a customer, the histories included. Not thread-safe: feed it from one
/// thread; it shares the work among others itself.
/// </para>
/// </remarks>
public sealed partial class PurchaseHistoryBuilder
{
    /// <summary>The most threads.</summary>
    public const int MaxThreads = 1_024;

    private readonly TimeUnit _unit;
    private readonly DateTimeZone _zone;
    private readonly DateTimeZone? _offsets;
    private readonly PurchaseShards _purchases = new();
    private readonly List<ReturnRow> _returns = [];
    private PurchaseNames? _named;
    private Currency? _currency;
    private bool _amountsKnown = true;
    private int _earliestDay = int.MaxValue;
    private int _latestDay = int.MinValue;
    private long _purchasesRepeated;

    /// <summary>Initializes a new instance of the <see cref="PurchaseHistoryBuilder"/> class.</summary>
    /// <param name="unit">The unit of time: day, week, month or year.</param>
    /// <param name="zone">The time zone that says on which day a moment lies; UTC by default.</param>
    /// <exception cref="ArgumentException"><paramref name="unit"/> is unnamed.</exception>
    public PurchaseHistoryBuilder(TimeUnit unit, DateTimeZone? zone = null)
    {
        if (!unit.IsNamed)
        {
            throw new ArgumentException("Days cannot be counted in an unnamed unit. Pass TimeUnit.Day, Week, Month or Year.", nameof(unit));
        }

        _unit = unit;
        _zone = zone ?? DateTimeZone.Utc;
        _offsets = _zone.Equals(DateTimeZone.Utc) ? null : _zone;
    }

    /// <summary>
    /// Gets how many threads may share the work of adding columns and <see cref="Build"/>, 1 to <see cref="MaxThreads"/>; null, the
    /// default, for as many as the machine runs at once. The answer does not depend on it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1 or more than <see cref="MaxThreads"/>.</exception>
    public int? Threads
    {
        get;
        init => field = value is { } threads ? (int)Guard.InRange((double)threads, 1, MaxThreads, "", nameof(Threads)) : null;
    }

    /// <summary>Gets the number of purchases so far; the same one delivered twice counts once.</summary>
    public int Purchases => _purchases.Count;

    /// <summary>Gets the number of returns so far.</summary>
    public int Returns => _returns.Count;

    /// <summary>Gets the day of the earliest purchase so far, or null before the first one.</summary>
    public LocalDate? EarliestDay => _earliestDay == int.MaxValue ? null : DayNumber.ToDate(_earliestDay);

    /// <summary>Gets the day of the latest purchase or return so far, or null before the first one.</summary>
    public LocalDate? LatestDay => _latestDay == int.MinValue ? null : DayNumber.ToDate(_latestDay);

    /// <summary>Adds a purchase.</summary>
    /// <param name="purchase">The purchase.</param>
    /// <exception cref="ArgumentNullException"><paramref name="purchase"/> is null.</exception>
    /// <exception cref="ArgumentException">It has no customer, or its id came before with another content.</exception>
    /// <exception cref="CurrencyMismatchException">Its amount is in another currency than the first one.</exception>
    public void Add(Purchase purchase)
    {
        ArgumentNullException.ThrowIfNull(purchase);
        int customer = NumberOf(purchase.Customer, nameof(purchase));
        int day = DayNumber.Of(purchase.At, _offsets);
        SetCurrency(purchase.Amount.Currency);
        if (purchase.Id != PurchaseId.None && !(_named ??= new()).TryAdd(purchase.Id, Named(purchase, customer, day)))
        {
            _purchasesRepeated++;
            return;
        }

        AddRow(customer, day, purchase.Amount.Amount);
    }

    /// <summary>Adds a purchase of a log that tells each once: it counts, whoever else has its id.</summary>
    internal void AddOnce(Purchase purchase)
    {
        int customer = NumberOf(purchase.Customer, nameof(purchase));
        int day = DayNumber.Of(purchase.At, _offsets);
        SetCurrency(purchase.Amount.Currency);
        if (purchase.Id != PurchaseId.None)
        {
            (_named ??= new()).Add(purchase.Id, Named(purchase, customer, day));
        }

        AddRow(customer, day, purchase.Amount.Amount);
    }

    /// <summary>Adds a purchase by its columns: the door for a million rows, which allocates nothing per row.</summary>
    /// <param name="customer">Who bought.</param>
    /// <param name="day">The day, in the frame's time zone and of any calendar.</param>
    /// <param name="amount">What was paid, 0 or more, in the currency given to <see cref="SetCurrency"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is negative.</exception>
    public void Add(CustomerId customer, LocalDate day, decimal amount)
    {
        Guard.NotNegative(amount);
        AddRow(NumberOf(customer, nameof(customer)), DayNumber.Of(day), amount);
    }

    /// <summary>Adds a purchase whose amount nobody knows. The histories then have no amounts at all.</summary>
    /// <param name="customer">Who bought.</param>
    /// <param name="day">The day, in the frame's time zone and of any calendar.</param>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is none.</exception>
    public void Add(CustomerId customer, LocalDate day)
    {
        _amountsKnown = false;
        AddRow(NumberOf(customer, nameof(customer)), DayNumber.Of(day), 0);
    }

    /// <summary>Adds a return.</summary>
    /// <param name="purchaseReturn">The return.</param>
    /// <exception cref="ArgumentNullException"><paramref name="purchaseReturn"/> is null.</exception>
    /// <exception cref="ArgumentException">It has no customer.</exception>
    /// <exception cref="CurrencyMismatchException">Its amount is in another currency than the first one.</exception>
    public void Add(PurchaseReturn purchaseReturn)
    {
        ArgumentNullException.ThrowIfNull(purchaseReturn);
        int customer = NumberOf(purchaseReturn.Customer, nameof(purchaseReturn));
        SetCurrency(purchaseReturn.Amount.Currency);
        AddReturn(customer, DayNumber.Of(purchaseReturn.At, _offsets), purchaseReturn.Amount.Amount, purchaseReturn.Purchase);
    }

    /// <summary>Adds a return by its columns.</summary>
    /// <param name="customer">Who returned.</param>
    /// <param name="day">The day of the return, in the frame's time zone and of any calendar.</param>
    /// <param name="amount">What was given back, above 0, in the currency given to <see cref="SetCurrency"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="customer"/> is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is 0 or negative.</exception>
    public void AddReturn(CustomerId customer, LocalDate day, decimal amount)
    {
        Guard.Positive(amount);
        AddReturn(NumberOf(customer, nameof(customer)), DayNumber.Of(day), amount, PurchaseId.None);
    }

    /// <summary>States the currency of the amounts, for rows that are added by their columns.</summary>
    /// <param name="currency">The currency; the same at each call.</param>
    /// <exception cref="CurrencyMismatchException">Another currency was stated before, or came with a purchase.</exception>
    public void SetCurrency(Currency currency)
    {
        if (_currency is { } known && known != currency)
        {
            throw new CurrencyMismatchException(known, currency);
        }

        _currency = currency;
    }

    /// <summary>Makes the histories of a window. More rows may be added afterwards, and histories made again.</summary>
    /// <param name="window">The window, and the test period if one is held out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One history for each customer with an occasion in the window, sorted by id; possibly none.</returns>
    /// <exception cref="ArgumentException"><paramref name="window"/> is the default value.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public PurchaseHistories Build(Window window, CancellationToken cancellationToken = default)
    {
        int lastDay = LastDay(window);
        int endDay = lastDay + window.HoldoutDays;
        ParallelOptions options = OnThreads(cancellationToken);
        var returns = new ReturnBook(_returns, _named);
        var shards = new ShardHistories[PurchaseShards.Shards];
        Parallel.For(
            0,
            shards.Length,
            options,
            () => new GroupedPurchases(),
            (shard, _, grouped) =>
            {
                shards[shard] = new(_purchases[shard], shard, grouped, returns, lastDay, endDay);
                return grouped;
            },
            _ => { });
        var frame = new HistoryFrame { Unit = _unit, Window = window, Zone = _zone, Currency = _currency ?? Core.Currency.None };
        return new HistoryTable(_purchases, shards, _purchases.InOrder(options)).ToHistories(frame, _amountsKnown, _purchasesRepeated, options);
    }

    /// <summary>Counts by day what the customers of a window did: who came, and who bought again, in the window and in its test period.</summary>
    /// <param name="window">The window, and the test period if one is held out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The days, from the first occasion to the end of the test period, or of the window without one.</returns>
    /// <exception cref="ArgumentException"><paramref name="window"/> is the default value, or nobody bought in it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public PurchaseTimeline Timeline(Window window, CancellationToken cancellationToken = default)
    {
        int lastDay = LastDay(window);
        int endDay = lastDay + window.HoldoutDays;
        var newCustomers = new SortedDictionary<int, int>();
        var repeats = new SortedDictionary<int, int>();
        ForEachOccasions(lastDay, endDay, found =>
        {
            for (int i = 0; found.Count > 0 && i < found.Days.Count; i++)
            {
                var days = i == 0 ? newCustomers : repeats;
                days[found.Days[i]] = days.GetValueOrDefault(found.Days[i]) + 1;
            }
        }, cancellationToken);
        return newCustomers.Count == 0
            ? throw new ArgumentException($"Nobody bought {window}. Check the window's last day against the dates of the data.", nameof(window))
            : PurchaseTimeline.Of(window, newCustomers.Keys.First(), endDay, newCustomers, repeats, DayNumber.ToDate);
    }

    private static int LastDay(Window window) => window != default ? DayNumber.Of(window.LastDay) : throw new ArgumentException(
        "The window has no last day. Make it by Window.Through(lastDay).", nameof(window));

    private ParallelOptions OnThreads(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Threads ?? Environment.ProcessorCount, CancellationToken = cancellationToken };

    private void ForEachOccasions(int lastDay, int endDay, Action<CustomerOccasions> visit, CancellationToken cancellationToken)
    {
        var occasions = new CustomerOccasions(lastDay, endDay);
        ForEachCustomer((shard, _, rows, returns, number) =>
        {
            occasions.Of(shard, rows, returns, number);
            visit(occasions);
        }, cancellationToken);
    }

    private int NumberOf(CustomerId customer, string parameter) => customer != CustomerId.None ? _purchases.NumberOf(customer) : throw new ArgumentException(
        "A purchase or a return needs a customer; this one has CustomerId.None.", parameter);

    private void AddRow(int customer, int day, decimal amount)
    {
        _purchases.Add(customer, day, amount);
        _earliestDay = Math.Min(_earliestDay, day);
        _latestDay = Math.Max(_latestDay, day);
    }

    private void AddReturn(int customer, int day, decimal amount, PurchaseId purchase)
    {
        _returns.Add(new(customer, day, amount, purchase));
        _latestDay = Math.Max(_latestDay, day);
    }

    private static NamedPurchase Named(Purchase purchase, int customer, int day) => new(customer, day, purchase.Amount.Amount, purchase.GetHashCode());
}
