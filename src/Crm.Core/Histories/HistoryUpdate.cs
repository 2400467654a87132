using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Histories;

/// <summary>Carries a <see cref="HistoryState"/> on by new purchases and returns.</summary>
/// <remarks>
/// <para>
/// Purchases dated on or after a customer's latest day only add to the state. An earlier date, or a return, may change what was added up: then all
/// purchases of that customer have to be read again, and <see cref="CustomersToReread"/> says of whom. The same holds where a return was dated
/// after the last purchase and purchases follow that it would have taken from, and where it names a purchase that has not come. Of a customer
/// whom the state does not know, what is new is taken for everything.
/// </para>
/// <para>
/// The next state, and the histories of it, are those of a builder fed with everything, to the last bit. Each purchase is delivered once: see
/// <see cref="HistoryState"/>. Days after the window wait in the state; a later window takes them in.
/// </para>
/// <para>Immutable, and thread-safe as long as nobody adds to a builder that is being read.</para>
/// </remarks>
public sealed class HistoryUpdate
{
    private readonly HistoryState _state;
    private readonly HistoryFrame _frame;
    private readonly StateParts _changed = new();
    private readonly SortedDictionary<CustomerId, PendingDay[]> _reread = [];
    private readonly HashSet<CustomerId> _corrected;
    private readonly bool _amountsKnown;
    private readonly long _repeated;

    private HistoryUpdate(HistoryState state, HistoryFrame frame, PurchaseHistoryBuilder news, IEnumerable<CustomerId> corrected)
    {
        _corrected = [.. corrected];
        _state = state;
        _frame = frame;
        _amountsKnown = state.AmountsKnown && news.AmountsKnown;
        _repeated = state.RepeatedPurchases + news.PurchasesRepeated;
    }

    /// <summary>Gets the customers of whom everything has to be read again, sorted by id; none where the news only add.</summary>
    public IReadOnlyList<CustomerId> CustomersToReread { get; private set; } = [];

    /// <summary>Looks at what is new.</summary>
    /// <param name="state">What is known so far.</param>
    /// <param name="news">What has come since, each purchase once; with the unit and zone of the state, and its currency where it names one.</param>
    /// <param name="lastDay">The last day that counts from now on, inclusive; that of the state or a later one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The update.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> or <paramref name="news"/> is null.</exception>
    /// <exception cref="ArgumentException">The news are in another time zone than the state.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lastDay"/> is before that of the state.</exception>
    /// <exception cref="UnitMismatchException">The news count in another unit than the state.</exception>
    /// <exception cref="CurrencyMismatchException">The news are in another currency than the state.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HistoryUpdate Of(HistoryState state, PurchaseHistoryBuilder news, LocalDate lastDay, CancellationToken cancellationToken = default) =>
        Of(state, news, lastDay, [], cancellationToken);

    /// <summary>Looks at what is new, where purchases that the state has taken in were corrected, moved, retracted or erased.</summary>
    /// <param name="state">What is known so far.</param>
    /// <param name="news">What has come since, each purchase once; with the unit and zone of the state, and its currency where it names one.</param>
    /// <param name="lastDay">The last day that counts from now on, inclusive; that of the state or a later one.</param>
    /// <param name="corrected">
    /// The customers of whom the state, or the news, know what is wrong. They are among the <see cref="CustomersToReread"/>, and count as they are
    /// read: one of whom nothing is read again is taken out. What the news hold of them is passed over.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The update.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="state"/>, <paramref name="news"/> or <paramref name="corrected"/> is null.</exception>
    /// <exception cref="ArgumentException">The news are in another time zone than the state.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lastDay"/> is before that of the state.</exception>
    /// <exception cref="UnitMismatchException">The news count in another unit than the state.</exception>
    /// <exception cref="CurrencyMismatchException">The news are in another currency than the state.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HistoryUpdate Of(
        HistoryState state, PurchaseHistoryBuilder news, LocalDate lastDay, IReadOnlyCollection<CustomerId> corrected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(news);
        ArgumentNullException.ThrowIfNull(corrected);
        CheckFrames(state, news, nameof(news));
        Window window = Window.Through(lastDay);
        if (window.LastDay < state.LastDay)
        {
            throw new ArgumentOutOfRangeException(nameof(lastDay),
                $"The state knows what happened through {Iso(state.LastDay)}, and cannot forget it: the window cannot end on {Iso(window.LastDay)}. Build the histories of an earlier window from the purchases.");
        }

        var update = new HistoryUpdate(state, state.Frame with { Window = window }, news, corrected);
        update.Look(news, DayNumber.Of(window.LastDay), cancellationToken);
        return update;
    }

    /// <summary>Gives the state through the last day.</summary>
    /// <param name="reread">
    /// Everything that the <see cref="CustomersToReread"/> ever bought and returned, the news included; what it holds of other customers is
    /// passed over. Null where there are none.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The next state, with the <see cref="HistoryState.Deliveries"/> of the one before.</returns>
    /// <exception cref="ArgumentException">
    /// Purchases have to be read again and <paramref name="reread"/> is null or lacks some of them; or it is in another time zone.
    /// </exception>
    /// <exception cref="UnitMismatchException"><paramref name="reread"/> counts in another unit than the state.</exception>
    /// <exception cref="CurrencyMismatchException"><paramref name="reread"/> is in another currency than the state.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public HistoryState Next(PurchaseHistoryBuilder? reread = null, CancellationToken cancellationToken = default)
    {
        var parts = new StateParts();
        parts.Add(_changed);
        if (_reread.Count > 0)
        {
            ReadAgain(parts, reread ?? throw Lacking(nameof(reread), _reread.Keys, "was not given"), cancellationToken);
        }

        var (ids, rows) = parts.ByIds(new() { CancellationToken = cancellationToken });
        HashSet<CustomerId> touched = [.. ids, .. _corrected];
        var (allIds, allRows) = Merged(ids, rows);
        if (_corrected.Count > 0)
        {
            bool[] stays = Array.ConvertAll(allIds, id => !_corrected.Contains(id) || Array.BinarySearch(ids, id) >= 0);
            (allIds, allRows) = ([.. allIds.Where((_, place) => stays[place])], [.. allRows.Where((_, place) => stays[place])]);
        }

        return new HistoryState(_frame, allIds, allRows)
        {
            Pending = InOrder(_state.Pending.Where(day => !touched.Contains(day.Customer)), parts.Pending),
            Unmatched = [.. _state.Unmatched.Where(of => !_reread.ContainsKey(of.Customer)).Concat(parts.Unmatched).OrderBy(of => of.Customer)],
            AmountsKnown = _amountsKnown && reread?.AmountsKnown != false,
            RepeatedPurchases = _repeated,
        }.WithDeliveries([.. _state.Deliveries]);
    }

    internal static PendingDay[] InOrder(IEnumerable<PendingDay> before, IEnumerable<PendingDay> news)
    {
        PendingDay[] days = [.. before, .. news];
        Array.Sort(days, static (left, right) =>
            left.Customer.CompareTo(right.Customer) is not 0 and var byId ? byId : left.Day.CompareTo(right.Day));
        return days;
    }

    private static void CheckFrames(HistoryState state, PurchaseHistoryBuilder news, string parameter)
    {
        HistoryFrame frame = state.Frame;
        if (frame.Unit != news.Unit)
        {
            throw new UnitMismatchException(frame.Unit, news.Unit);
        }

        if (news.Currency is { } currency && currency != frame.Currency)
        {
            throw new CurrencyMismatchException(frame.Currency, currency);
        }

        if (!frame.Zone.Equals(news.Zone))
        {
            throw new ArgumentException(
                $"The state counts days in the time zone {frame.Zone.Id}, and the purchases that came in {news.Zone.Id}. Build both in one zone.", parameter);
        }
    }

    private void Look(PurchaseHistoryBuilder news, int lastDay, CancellationToken cancellationToken)
    {
        var settlement = new CustomerSettlement(_changed, lastDay);
        var seen = new HashSet<CustomerId>();
        foreach (CustomerId customer in _corrected)
        {
            _reread.Add(customer, []);
        }

        news.ForEachCustomer((shard, customer, rows, returns, number) =>
        {
            if (_corrected.Contains(customer))
            {
                return;
            }

            int place = _state.Find(customer);
            if (place < 0)
            {
                settlement.AddWhole(shard, customer, rows, returns, number);
                return;
            }

            ReadOnlySpan<PendingDay> waited = _state.PendingOf(customer);
            settlement.Look(shard, customer, rows, returns.Of(number), waited);
            if (!settlement.TryContinue(customer, _state.Rows[place]))
            {
                // Of what waited the source has to hold as much as the state knows, too.
                _reread.Add(customer, settlement.Days.ToArray());
            }

            if (waited.Length > 0)
            {
                seen.Add(customer);
            }
        }, cancellationToken);
        for (int from = 0, to; from < _state.Pending.Length; from = to)
        {
            CustomerId customer = _state.Pending[from].Customer;
            ReadOnlySpan<PendingDay> waited = _state.PendingOf(customer);
            to = from + waited.Length;
            if (seen.Contains(customer) || _corrected.Contains(customer) || waited[0].Day > lastDay)
            {
                continue;
            }

            settlement.Look(null, customer, [], null, waited);
            if (!settlement.TryContinue(customer, _state.Rows[_state.Find(customer)]))
            {
                _reread.Add(customer, waited.ToArray());
            }
        }

        CustomersToReread = Array.AsReadOnly(_reread.Keys.ToArray());
    }

    private void ReadAgain(StateParts parts, PurchaseHistoryBuilder reread, CancellationToken cancellationToken)
    {
        CheckFrames(_state, reread, nameof(reread));
        var settlement = new CustomerSettlement(parts, DayNumber.Of(_frame.Window!.Value.LastDay));
        var whole = new CustomerSettlement(new(), int.MaxValue);
        var lacking = new SortedSet<CustomerId>(_reread.Keys.Where(customer => !_corrected.Contains(customer)));
        reread.ForEachCustomer((shard, customer, rows, returns, number) =>
        {
            if (_corrected.Contains(customer))
            {
                settlement.AddWhole(shard, customer, rows, returns, number);
            }
            else if (_reread.TryGetValue(customer, out PendingDay[]? known))
            {
                whole.Look(shard, customer, rows, returns.Of(number), []);
                if (Holds(whole.Days, known, _state.Rows[_state.Find(customer)]))
                {
                    lacking.Remove(customer);
                    settlement.AddWhole(shard, customer, rows, returns, number);
                }
            }
        }, cancellationToken);
        if (lacking.Count > 0)
        {
            throw Lacking(nameof(reread), lacking, "lacks some of them, of before or of the news");
        }
    }

    // Enough to tell a source that ends before the news, or begins after the first purchase.
    private static bool Holds(ReadOnlySpan<PendingDay> whole, PendingDay[] known, in StateRow before)
    {
        var days = new Dictionary<int, PendingDay>(whole.Length);
        foreach (ref readonly PendingDay day in whole)
        {
            days.Add(day.Day, day);
        }

        bool Bought(int day) => days.TryGetValue(day, out PendingDay found) && found.Purchases > 0;
        return (before.Occasions <= 0 || (Bought(before.FirstDay) && Bought(before.LatestDay)))
            && known.All(day => days.TryGetValue(day.Day, out PendingDay found) && found.Purchases >= day.Purchases && found.Returns >= day.Returns);
    }

    private static ArgumentException Lacking(string parameter, IReadOnlyCollection<CustomerId> customers, string how) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"All purchases and returns of {customers.Count} customers have to be read again, and what they are read from {how}. The first are {string.Join(", ", customers.Take(5))}; see CustomersToReread."),
        parameter);

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    // Runs of customers of whom there is nothing new are copied whole.
    private (CustomerId[] Ids, StateRow[] Rows) Merged(CustomerId[] ids, StateRow[] rows)
    {
        int[] places = Array.ConvertAll(ids, _state.Find);
        int count = _state.Customers + places.Count(place => place < 0);
        var allIds = new CustomerId[count];
        var allRows = new StateRow[count];
        int from = 0;
        int to = 0;
        for (int i = 0; i <= ids.Length; i++)
        {
            int place = i == ids.Length ? _state.Customers : places[i] < 0 ? ~places[i] : places[i];
            Array.Copy(_state.Ids, from, allIds, to, place - from);
            Array.Copy(_state.Rows, from, allRows, to, place - from);
            to += place - from;
            from = place;
            if (i < ids.Length)
            {
                (allIds[to], allRows[to]) = (ids[i], rows[i]);
                to++;
                from += places[i] < 0 ? 0 : 1;
            }
        }

        return (allIds, allRows);
    }
}
