using System.Collections.ObjectModel;
using System.Globalization;
using System.Numerics;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A customer pyramid that stays right as purchases arrive, and says after each of them who stands in another tier.</summary>
/// <remarks>
/// <para>
/// After every call it is what <see cref="PyramidScheme.Rank(IReadOnlyList{CustomerId}, ReadOnlySpan{double})"/> makes of the same values. One
/// customer's purchase can push another over a cut, and everybody who is worth the same with him; a customer who joins or leaves shifts the
/// cuts. All of them are in the answer. Only active customers are ranked: who is no longer active leaves by <see cref="Remove"/>.
/// </para>
/// <para>
/// For each cut it knows the customer just below it, and moves on from there: an update takes time in the logarithm of the number of customers,
/// in the 256 at most who share a block, and in the number of those who move; where a block is split or joined, also in the number of blocks. Memory: 50 to 60 bytes a customer, ids not counted; nothing is allocated where nobody moves.
/// </para>
/// <para>One thread at a time; who reads while another writes must wait.</para>
/// </remarks>
public sealed class LivePyramid
{
    private readonly CustomerRows _rowOfCustomer;
    private readonly RankedRows _ranked;
    private readonly LiveCuts _cuts;
    private readonly ExactBalances _balances = new();
    private readonly Stack<int> _free = [];
    private int _rows;

    /// <summary>Initializes a new instance of the <see cref="LivePyramid"/> class.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="ids">The customers, none twice; may be none.</param>
    /// <param name="values">What each is worth: revenue, margin, lifetime value; finite, of any sign.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scheme"/> or <paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ, a customer comes twice, or the scheme is of shares of value.</exception>
    /// <exception cref="RowFaultsException">A value is not finite, or an id none; the first 20 are named, with their total.</exception>
    public LivePyramid(PyramidScheme scheme, IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values)
        : this(scheme, ids, values, RankedRows.UsualRoom)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="LivePyramid"/> class with blocks of another size.</summary>
    internal LivePyramid(PyramidScheme scheme, IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, int room)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        ArgumentNullException.ThrowIfNull(ids);
        Pyramid.Check(ids, values, [], []);
        Scheme = scheme.Cut != PyramidCut.ShareOfValue
            ? scheme
            : throw new ArgumentException($"The scheme {scheme.Name} cuts by share of value, which every purchase would change everywhere. A live pyramid is cut by share of customers, or by thresholds.", nameof(scheme));
        _rows = values.Length;
        var keys = new ulong[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            keys[row] = DescendingKey.Of(values[row]);
        }

        _ranked = new(keys, room);
        _rowOfCustomer = new(_rows);
        for (int row = 0; row < _rows; row++)
        {
            Join(ids, row);
        }

        _cuts = new(scheme, _ranked, values.Length);
    }

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets the number of customers.</summary>
    public int Count => _rowOfCustomer.Count;

    /// <summary>Sets what a customer is worth, who joins the pyramid where he is not in it.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="value">The value, instead of the one before; finite, of any sign.</param>
    /// <returns>Who stands in another tier: this customer first, then the others from the most valuable down, cut by cut. Mostly nobody.</returns>
    /// <exception cref="ArgumentException">The customer is none. Nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite. Nothing has changed.</exception>
    public IReadOnlyList<TierMove> Set(CustomerId customer, double value)
    {
        Guard.InRange(value, double.MinValue, double.MaxValue);
        return Put(customer, RowOf(customer), value, null);
    }

    /// <summary>Adds an amount to what a customer is worth, who joins the pyramid with it where he is not in it.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="amount">What was bought, or below 0 what came back.</param>
    /// <returns>Who stands in another tier: this customer first, then the others from the most valuable down, cut by cut. Mostly nobody.</returns>
    /// <exception cref="ArgumentException">The customer is none. Nothing has changed.</exception>
    /// <remarks>
    /// Amounts are added exactly, in whatever order they come, and the sum is rounded once: the same bits as the sum of the decimals. A value
    /// that was set counts as the amount of at most four decimals that it is the nearest double to, where there is one up to 100 billion;
    /// else as the double it is.
    /// </remarks>
    public IReadOnlyList<TierMove> Add(CustomerId customer, decimal amount)
    {
        int row = RowOf(customer);
        double value = _balances.Plus(row, row < 0 ? 0 : DescendingKey.Value(_ranked.KeyOf(row)), amount, out BigInteger? fine);
        return Put(customer, row, value, fine); // finite: the greatest decimal is less than half the last place of the greatest double
    }

    /// <summary>Adds many amounts, one after the other as they stand: as <see cref="Add"/> does, and faster, since the places in memory of the next are fetched while one is done.</summary>
    /// <param name="customers">The customers; one may come several times.</param>
    /// <param name="amounts">What each bought, or below 0 what came back.</param>
    /// <returns>Who stood in another tier after each of them, in their order.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="customers"/> is null.</exception>
    /// <exception cref="ArgumentException">The lengths differ, or a customer is none. Nothing has changed.</exception>
    public IReadOnlyList<TierMove> AddAll(IReadOnlyList<CustomerId> customers, ReadOnlySpan<decimal> amounts)
    {
        ArgumentNullException.ThrowIfNull(customers);
        Guard.SameLength(customers.Count, amounts.Length, "customers", nameof(amounts));
        for (int place = 0; place < customers.Count; place++)
        {
            if (customers[place] == CustomerId.None)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Needs the id of a customer in every row; in row {place} it was none."), nameof(customers));
            }
        }

        var ahead = new RowsAhead(_rowOfCustomer, _ranked, customers);
        var moves = new List<TierMove>();
        for (int place = 0; place < customers.Count; place++)
        {
            ahead.Fetch(place);
            moves.AddRange(Add(customers[place], amounts[place]));
        }

        return moves.AsReadOnly();
    }

    /// <summary>Takes a customer out of the pyramid.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Who stands in another tier: this customer first, with none now, then the others whom the shifted cuts pass.</returns>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public IReadOnlyList<TierMove> Remove(CustomerId customer)
    {
        int row = KnownRowOf(customer);
        ulong key = _ranked.KeyOf(row);
        _rowOfCustomer.Remove(customer, row);
        _ranked.Remove(row);
        _balances.Keep(row, null);
        _cuts.Move(_ranked, row, key, null);
        IReadOnlyList<TierMove> moves = Moves(row, customer, key, null);
        _ranked.Name(row, CustomerId.None);
        _free.Push(row);
        return moves;
    }

    /// <summary>Whether a customer is in the pyramid.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether it is so.</returns>
    public bool Contains(CustomerId customer) => _rowOfCustomer.Find(customer, _ranked) >= 0;

    /// <summary>What a customer is worth.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public double ValueOf(CustomerId customer) => DescendingKey.Value(_ranked.KeyOf(KnownRowOf(customer)));

    /// <summary>The tier of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The tier.</returns>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public Tier TierOf(CustomerId customer) => Named(_cuts.TierOf(_ranked.KeyOf(KnownRowOf(customer))));

    /// <summary>The tier of a customer, if the customer is in the pyramid.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="tier">The tier, or the default value.</param>
    /// <returns>Whether the customer is in the pyramid.</returns>
    public bool TryTierOf(CustomerId customer, out Tier tier)
    {
        int row = _rowOfCustomer.Find(customer, _ranked);
        tier = row >= 0 ? Named(_cuts.TierOf(_ranked.KeyOf(row))) : default;
        return row >= 0;
    }

    /// <summary>What one must be worth more than to stand in a tier or above it.</summary>
    /// <param name="tier">A tier of the scheme.</param>
    /// <returns>The value of the customer just below the cut, or the number just below a threshold; minus infinity for the last tier, and where a cut by share is below everybody.</returns>
    /// <exception cref="ArgumentException">The scheme has no such tier.</exception>
    public double FloorOf(Tier tier) => DescendingKey.Value(_cuts.FloorKey(IndexOf(tier)));

    /// <summary>How many customers stand in a tier. Takes time in the number of customers over 256.</summary>
    /// <param name="tier">A tier of the scheme.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="ArgumentException">The scheme has no such tier.</exception>
    public long CustomersIn(Tier tier)
    {
        int index = IndexOf(tier);
        long through = _ranked.CountBefore(_cuts.FloorKey(index));
        return index == 0 ? through : through - _ranked.CountBefore(_cuts.FloorKey(index - 1));
    }

    /// <summary>Who stands in a tier.</summary>
    /// <param name="tier">A tier of the scheme.</param>
    /// <returns>The customers, from the most valuable down, those of equal value in no stated order.</returns>
    /// <exception cref="ArgumentException">The scheme has no such tier.</exception>
    public IReadOnlyList<CustomerId> MembersOf(Tier tier)
    {
        int index = IndexOf(tier);
        return _ranked.Range(index == 0 ? 0 : _cuts.FloorKey(index - 1), _cuts.FloorKey(index)).ConvertAll(entry => _ranked.CustomerOf(entry.Row)).AsReadOnly();
    }

    /// <summary>The pyramid as it stands, with its summaries and concentration.</summary>
    /// <returns>A pyramid of its own, which later calls do not change; the customers are in no stated order.</returns>
    /// <exception cref="ArgumentException">The sum of the values is not finite.</exception>
    public Pyramid Snapshot()
    {
        var ids = new List<CustomerId>(Count);
        var values = new double[Count];
        for (int row = 0; row < _rows; row++)
        {
            if (_ranked.CustomerOf(row) is var customer && customer != CustomerId.None)
            {
                values[ids.Count] = DescendingKey.Value(_ranked.KeyOf(row));
                ids.Add(customer);
            }
        }

        return Scheme.Rank(ids, values);
    }

    private ReadOnlyCollection<TierMove> Put(CustomerId customer, int row, double value, BigInteger? fine)
    {
        ulong key = DescendingKey.Of(value);
        ulong? before = row < 0 ? null : _ranked.KeyOf(row);
        if (row < 0)
        {
            row = NewRow(customer);
        }

        _balances.Keep(row, fine);
        if (before == key)
        {
            return ReadOnlyCollection<TierMove>.Empty;
        }

        if (before is not null)
        {
            _ranked.Remove(row);
        }

        _ranked.Insert(key, row);
        _cuts.Move(_ranked, row, before, key);
        return Moves(row, customer, before, key);
    }

    private int NewRow(CustomerId customer)
    {
        int row = _free.Count > 0 ? _free.Pop() : _rows++;
        _ranked.Name(row, customer);
        _rowOfCustomer.Add(customer, row);
        return row;
    }

    private void Join(IReadOnlyList<CustomerId> ids, int row)
    {
        if (_rowOfCustomer.Find(ids[row], _ranked) is >= 0 and var earlier)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Customer {ids[row]} comes twice, in rows {earlier} and {row}. Give each customer once."), nameof(ids));
        }

        _ranked.Name(row, ids[row]);
        _rowOfCustomer.Add(ids[row], row);
    }

    private ReadOnlyCollection<TierMove> Moves(int row, CustomerId customer, ulong? before, ulong? now)
    {
        int? from = before is { } old ? _cuts.TierBefore(old) : null;
        int? to = now is { } key ? _cuts.TierOf(key) : null;
        List<TierMove>? moves = from == to ? null : [new(customer, Named(from), Named(to))];
        for (int cut = 0; cut < _cuts.Count; cut++)
        {
            AddPassed(cut, row, ref moves);
        }

        return moves?.AsReadOnly() ?? ReadOnlyCollection<TierMove>.Empty;
    }

    // Everybody between where a cut was and where it is, but those whom a cut above it has passed too, and the customer himself.
    private void AddPassed(int cut, int self, ref List<TierMove>? moves)
    {
        var (first, end) = _cuts.Passed(cut);
        if (first == end)
        {
            return;
        }

        foreach (var (key, row) in _ranked.Range(first, end))
        {
            if (row != self && !_cuts.IsPassedAbove(cut, key))
            {
                (moves ??= []).Add(new(_ranked.CustomerOf(row), Named(_cuts.TierBefore(key)), Named(_cuts.TierOf(key))));
            }
        }
    }

    private int RowOf(CustomerId customer)
    {
        if (customer == CustomerId.None)
        {
            throw new ArgumentException("Needs the id of a customer; it was none.", nameof(customer));
        }

        return _rowOfCustomer.Find(customer, _ranked);
    }

    private int KnownRowOf(CustomerId customer) => customer != CustomerId.None && _rowOfCustomer.Find(customer, _ranked) is >= 0 and var row
        ? row
        : throw new KeyNotFoundException($"Customer {customer} is not in this pyramid.");

    private Tier Named(int index) => Scheme.Tiers[index].Tier;

    private Tier? Named(int? index) => index is { } known ? Named(known) : null;

    private int IndexOf(Tier tier)
    {
        for (int index = 0; index < Scheme.Tiers.Count; index++)
        {
            if (Named(index) == tier)
            {
                return index;
            }
        }

        throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The scheme {Scheme.Name} has no tier {tier}; it has {string.Join(", ", Scheme.Tiers.Select(known => known.Tier))}."), nameof(tier));
    }
}
