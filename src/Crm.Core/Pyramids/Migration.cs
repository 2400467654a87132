using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>Who moved between the tiers of two pyramids, how many, and what it was worth.</summary>
/// <remarks>
/// The order of the customers in either changes no figure. Of a row that stands for several customers all move together. Immutable and thread-safe.
/// </remarks>
public sealed class Migration
{
    private readonly long[,] _counts; // the last row and column: not in the pyramid
    private readonly long[,] _rows;
    private readonly double[,] _before;
    private readonly double[,] _after;
    private readonly Dictionary<Tier, int> _places;

    private Migration(Pyramid before, Pyramid after, IReadOnlyList<Tier> tiers)
    {
        (Before, After, Tiers) = (before, after, tiers);
        _places = tiers.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        int size = tiers.Count + 1;
        (_counts, _rows) = (new long[size, size], new long[size, size]);
        (_before, _after) = (new double[size, size], new double[size, size]);
        var (up, down, entered, left) = (new List<TierMove>(), new List<TierMove>(), new List<TierMove>(), new List<TierMove>());
        foreach (var (place, moves) in Moves())
        {
            var (from, to) = (place / size, place % size);
            _counts[from, to] = moves.Sum(move => move.Customers);
            _rows[from, to] = moves.Count;
            _before[from, to] = OrderFreeSum.Of([.. moves.Select(move => move.Before)], [.. moves.Select(move => (double)move.Customers)]);
            _after[from, to] = OrderFreeSum.Of([.. moves.Select(move => move.After)], [.. moves.Select(move => (double)move.Customers)]);
            if (from != to)
            {
                List<TierMove> list = from == tiers.Count ? entered : to == tiers.Count ? left : to < from ? up : down;
                list.AddRange(moves.Select(move => new TierMove(move.Customer, TierAt(from), TierAt(to))));
            }
        }

        (Upgraders, Downgraders, Entrants, Leavers) = (ById(up), ById(down), ById(entered), ById(left));
    }

    /// <summary>Gets the pyramid before.</summary>
    public Pyramid Before { get; }

    /// <summary>Gets the pyramid now.</summary>
    public Pyramid After { get; }

    /// <summary>Gets the tiers from the most valuable down: those of the scheme, then those below of which there are any in one of the two.</summary>
    public IReadOnlyList<Tier> Tiers { get; }

    /// <summary>Gets who stands in a higher tier than before, in the order of ids.</summary>
    public IReadOnlyList<TierMove> Upgraders { get; }

    /// <summary>Gets who stands in a lower tier than before, in the order of ids.</summary>
    public IReadOnlyList<TierMove> Downgraders { get; }

    /// <summary>Gets who was not in the pyramid before, in the order of ids.</summary>
    public IReadOnlyList<TierMove> Entrants { get; }

    /// <summary>Gets who is not in the pyramid any more, in the order of ids.</summary>
    public IReadOnlyList<TierMove> Leavers { get; }

    /// <summary>
    /// Gets whether more went up than down, beyond chance; of those who are in both pyramids. Customers who share a row move together and count once. Null in a scheme of shares: there who
    /// goes up pushes others down, and newcomers push everybody up, so that a difference says nothing of the customers.
    /// </summary>
    public ChangeTest? Direction => Before.Scheme.Cut == PyramidCut.Threshold ? Test((from, to) => to < from, (from, to) => to > from) : null;

    /// <summary>
    /// Gets how probable changes of the sizes of all tiers at least as great are, if moves there and back were alike; from 0 to 1. The test of Stuart (1955) and Maxwell (1970). Null in a
    /// scheme of shares, which holds its sizes, as <see cref="Direction"/> says.
    /// </summary>
    public double? SizesUnchanged
    {
        get
        {
            if (Before.Scheme.Cut != PyramidCut.Threshold)
            {
                return null;
            }

            var inner = new long[Tiers.Count, Tiers.Count];
            for (int from = 0; from < Tiers.Count; from++)
            {
                for (int to = 0; to < Tiers.Count; to++)
                {
                    inner[from, to] = _rows[from, to];
                }
            }

            return MarginalHomogeneity.Probability(inner);
        }
    }

    /// <summary>Gets those who went from one tier to another, or stayed.</summary>
    /// <param name="from">The tier before; null for who was not in the pyramid.</param>
    /// <param name="to">The tier now; null for who is not in the pyramid any more.</param>
    /// <exception cref="ArgumentException">Neither pyramid has the tier.</exception>
    public MigrationCell this[Tier? from, Tier? to]
    {
        get
        {
            var (row, column) = (PlaceOf(from), PlaceOf(to));
            long all = 0;
            for (int place = 0; place <= Tiers.Count; place++)
            {
                all += _counts[row, place];
            }

            return new()
            {
                From = from,
                To = to,
                Customers = _counts[row, column],
                Probability = all == 0 ? null : (double)_counts[row, column] / all,
                ValueBefore = _before[row, column],
                ValueAfter = _after[row, column],
            };
        }
    }

    /// <summary>Compares two pyramids of one scheme.</summary>
    /// <param name="before">The pyramid before.</param>
    /// <param name="after">The pyramid now; of customers who are known by the same ids.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="ArgumentNullException">A pyramid is null.</exception>
    /// <exception cref="ArgumentException">The schemes differ, what the values are differs or is stated of one only, or a customer stands for another number of customers.</exception>
    /// <exception cref="CurrencyMismatchException">The values are in two currencies.</exception>
    public static Migration Between(Pyramid before, Pyramid after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Scheme.Cut != after.Scheme.Cut || !before.Scheme.Tiers.SequenceEqual(after.Scheme.Tiers))
        {
            throw new ArgumentException($"The pyramid before was cut by the scheme '{before.Scheme.Name}', the one now by another, '{after.Scheme.Name}'. Cut both by one.", nameof(after));
        }

        CheckMeasures(before.Measure, after.Measure);
        var below = Pyramid.Below.Where(tier => before.Tiers.Concat(after.Tiers).Any(summary => summary.Tier == tier));
        return new(before, after, [.. before.Scheme.Tiers.Select(tier => tier.Tier), .. below]);
    }

    /// <summary>Says whether more came into a tier than left it, beyond chance; of those who are in both pyramids.</summary>
    /// <param name="tier">The tier.</param>
    /// <returns>The test: in counts as up, out as down. Null in a scheme of shares, as <see cref="Direction"/> says.</returns>
    /// <exception cref="ArgumentException">Neither pyramid has the tier.</exception>
    public ChangeTest? ChangeOf(Tier tier)
    {
        int place = PlaceOf(tier);
        return Before.Scheme.Cut == PyramidCut.Threshold ? Test((from, to) => to == place && from != place, (from, to) => from == place && to != place) : null;
    }

    /// <summary>Gives where those who are in both pyramids stand in the long run, if they go on moving with these probabilities, each move hanging on the tier alone.</summary>
    /// <remarks>The limit of the mean distribution over time. A tier nobody stood in before keeps who comes. Customers who come and go are left aside.</remarks>
    /// <returns>The share of each tier, in the order of <see cref="Tiers"/>; they sum to 1. Of nobody in both: the shares are 0.</returns>
    public IReadOnlyList<double> LongRunShares()
    {
        int size = Tiers.Count;
        var (moves, start) = (new double[size, size], new double[size]);
        double all = SumOf(_counts, (_, _) => true);
        for (int from = 0; from < size; from++)
        {
            for (int to = 0; to < size; to++)
            {
                moves[from, to] = _counts[from, to];
                start[to] += all == 0 ? 0 : _counts[from, to] / all;
            }
        }

        return Array.AsReadOnly(LongRun.Of(moves, start));
    }

    /// <summary>Gives the counts as a table: a row for each tier before, a column for each now.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        string[] names = [.. Tiers.Select(tier => tier.Name), "(none)"];
        text.Append("before \\ now  ").AppendJoin("", names.Select(name => $" {name,10}")).AppendLine();
        for (int from = 0; from < names.Length; from++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{names[from],-13}");
            for (int to = 0; to < names.Length; to++)
            {
                text.Append(CultureInfo.InvariantCulture, $" {_counts[from, to],10:N0}");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static void CheckMeasures(PyramidMeasure? before, PyramidMeasure? after)
    {
        if (before is not null && after is not null && before.Currency != after.Currency)
        {
            throw new CurrencyMismatchException(before.Currency, after.Currency);
        }

        if (before != after)
        {
            string Words(PyramidMeasure? measure) => measure?.ToString() ?? "something that was not stated";
            throw new ArgumentException($"The pyramid before is of {Words(before)}, the one now of {Words(after)}. Compare what was measured alike.", nameof(after));
        }
    }

    private static ReadOnlyCollection<TierMove> ById(List<TierMove> moves)
    {
        moves.Sort(static (left, right) => left.Customer.CompareTo(right.Customer));
        return moves.AsReadOnly();
    }

    private Tier? TierAt(int place) => place == Tiers.Count ? null : Tiers[place];

    private int PlaceOf(Tier? tier) => tier is not { } known ? Tiers.Count : _places.TryGetValue(known, out int place) ? place
        : throw new ArgumentException($"There is no tier {known} here; there are {string.Join(", ", Tiers)}.", nameof(tier));

    private ChangeTest Test(Func<int, int, bool> up, Func<int, int, bool> down) => ChangeTest.Of(SumOf(_rows, up), SumOf(_rows, down));

    private long SumOf(long[,] of, Func<int, int, bool> counts)
    {
        long sum = 0;
        for (int from = 0; from < Tiers.Count; from++)
        {
            for (int to = 0; to < Tiers.Count; to++)
            {
                sum += counts(from, to) ? of[from, to] : 0;
            }
        }

        return sum;
    }

    private Dictionary<int, List<Moved>> Moves()
    {
        var cells = new Dictionary<int, List<Moved>>();
        foreach (var (customer, row) in Before.Rows)
        {
            int to = After.Rows.TryGetValue(customer, out int now) ? _places[After.TierOf(now)] : Tiers.Count;
            int customers = Before.CustomersOf(row);
            if (to < Tiers.Count && After.CustomersOf(now) != customers)
            {
                throw new ArgumentException(FormattableString.Invariant($"Customer {customer} stands for {customers} customers in the pyramid before, and for {After.CustomersOf(now)} in the one now."));
            }

            Add(_places[Before.TierOf(row)], to, new(customer, customers, Before.ValueOf(row), to == Tiers.Count ? 0 : After.ValueOf(now)));
        }

        foreach (var (customer, row) in After.Rows.Where(entry => !Before.Rows.ContainsKey(entry.Key)))
        {
            Add(Tiers.Count, _places[After.TierOf(row)], new(customer, After.CustomersOf(row), 0, After.ValueOf(row)));
        }

        return cells;

        void Add(int from, int to, Moved moved)
        {
            int place = (from * (Tiers.Count + 1)) + to;
            if (!cells.TryGetValue(place, out List<Moved>? cell))
            {
                cells[place] = cell = [];
            }

            cell.Add(moved);
        }
    }

    private readonly record struct Moved(CustomerId Customer, int Customers, double Before, double After);
}
