using System.Globalization;
using System.Text;

namespace Crm.Core.Pyramids;

/// <summary>A customer base ranked by value and cut into tiers.</summary>
/// <remarks>The order of the customers changes no figure. Immutable and thread-safe.</remarks>
public sealed class Pyramid
{
    private readonly byte[] _tierOfRow;
    private readonly Dictionary<CustomerId, int> _rowOfCustomer;

    private Pyramid(
        PyramidScheme scheme, Dictionary<CustomerId, int> rowOfCustomer, byte[] tierOfRow, IReadOnlyList<TierSummary> tiers, RankedValues ranked)
    {
        Scheme = scheme;
        _rowOfCustomer = rowOfCustomer;
        _tierOfRow = tierOfRow;
        Tiers = [.. tiers];
        Concentration = new(ranked);
    }

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets the tiers from the most valuable down; last the inactive, if there are any.</summary>
    public IReadOnlyList<TierSummary> Tiers { get; }

    /// <summary>Gets how value is concentrated among the active customers.</summary>
    public Concentration Concentration { get; }

    /// <summary>Gets the place in <see cref="Tiers"/> of every row's tier, in the order in which the customers were given.</summary>
    public ReadOnlySpan<byte> TierOfRow => _tierOfRow;

    /// <summary>Gets the tier of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public Tier this[CustomerId customer] => _rowOfCustomer.TryGetValue(customer, out int row)
        ? Tiers[_tierOfRow[row]].Tier
        : throw new KeyNotFoundException($"Customer {customer} is not in this pyramid.");

    /// <summary>Gives the pyramid as a table: tier, customers, share of customers, share of value.</summary>
    /// <returns>The text, in the invariant culture.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("tier          customers   of all              value   of all");
        foreach (TierSummary tier in Tiers)
        {
            string share = tier.ShareOfValue is { } value ? value.ToString("P1", CultureInfo.InvariantCulture) : "-";
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{tier.Tier.Name,-12} {tier.Customers,10:N0} {tier.ShareOfCustomers,8:P1} {tier.Value,18:N0} {share,8}");
        }

        return text.ToString();
    }

    internal static Pyramid Of(
        PyramidScheme scheme, IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<bool> active, ReadOnlySpan<int> customers)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Check(ids, values, active, customers);
        var rowOfCustomer = IndexById(ids);
        var ranked = RankedValues.Of(values, active, customers, isActive: true);
        var inactive = RankedValues.Of(values, active, customers, isActive: false);
        if (!double.IsFinite(ranked.Total + inactive.Total))
        {
            throw new ArgumentException("The values are finite and their sum is not. Give them in a greater unit of money.", nameof(values));
        }

        double[] floors = Floors(scheme, ranked);
        var tierOfRow = new byte[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            int tier = 0;
            while (tier < floors.Length && !(values[row] > floors[tier]))
            {
                tier++;
            }

            tierOfRow[row] = (byte)(active.Length > 0 && !active[row] ? floors.Length : tier);
        }

        return new(scheme, rowOfCustomer, tierOfRow, Summaries(scheme, floors, ranked, inactive), ranked);
    }

    // A tier holds who is worth more than the customer just below its cut: that sends ties down.
    private static double[] Floors(PyramidScheme scheme, RankedValues ranked)
    {
        var floors = new double[scheme.Tiers.Count];
        decimal share = 0;
        for (int tier = 0; tier < floors.Length; tier++)
        {
            share += scheme.Tiers[tier].Share;
            long cut = tier == floors.Length - 1 ? ranked.Customers : PyramidScheme.Cut(share, ranked.Customers);
            floors[tier] = cut >= ranked.Customers ? double.NegativeInfinity : ranked.ValueAtRank(cut);
        }

        return floors;
    }

    private static List<TierSummary> Summaries(PyramidScheme scheme, double[] floors, RankedValues ranked, RankedValues inactive)
    {
        var tiers = new List<TierSummary>();
        long customers = ranked.Customers + inactive.Customers;
        double value = ranked.Total + inactive.Total;
        int from = 0;
        for (int tier = 0; tier < floors.Length; tier++)
        {
            int to = ranked.FirstNotAbove(floors[tier]);
            tiers.Add(Summary(scheme.Tiers[tier].Tier, ranked, from, to, customers, value));
            from = to;
        }

        if (inactive.Customers > 0)
        {
            tiers.Add(Summary(Tier.Inactive, inactive, 0, inactive.Count, customers, value));
        }

        return tiers;
    }

    private static TierSummary Summary(Tier tier, RankedValues ranked, int from, int to, long allCustomers, double allValue)
    {
        var (customers, value) = ranked.Sum(from, to);
        return new()
        {
            Tier = tier,
            Customers = customers,
            ShareOfCustomers = allCustomers == 0 ? 0 : (double)customers / allCustomers,
            Value = value,
            ShareOfValue = allValue > 0 ? value / allValue : null,
            Greatest = from < to ? ranked[from] : null,
            Least = from < to ? ranked[to - 1] : null,
        };
    }

    private static void Check(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<bool> active, ReadOnlySpan<int> customers)
    {
        Guard.SameLength(ids.Count, values.Length, "customers", nameof(values));
        Guard.SameLength(ids.Count, active.Length == 0 ? ids.Count : active.Length, "customers", nameof(active));
        Guard.SameLength(ids.Count, customers.Length == 0 ? ids.Count : customers.Length, "customers", nameof(customers));
        var faults = new RowFaultList();
        for (int row = 0; row < values.Length; row++)
        {
            if (ids[row] == CustomerId.None)
            {
                faults.Add(row, "id", $"none", "an id of 1 to 128 characters");
            }

            if (!double.IsFinite(values[row]))
            {
                faults.Add(row, "value", $"{values[row]}", "a finite number");
            }

            if (customers.Length > 0 && customers[row] < 1)
            {
                faults.Add(row, "customers", $"{customers[row]}", "a whole number, 1 or more");
            }
        }

        faults.ThrowIfAny(nameof(values));
    }

    private static Dictionary<CustomerId, int> IndexById(IReadOnlyList<CustomerId> ids)
    {
        var rows = new Dictionary<CustomerId, int>(ids.Count);
        for (int row = 0; row < ids.Count; row++)
        {
            if (!rows.TryAdd(ids[row], row))
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Customer {ids[row]} comes twice, in rows {rows[ids[row]]} and {row}. Give each customer once."),
                    nameof(ids));
            }
        }

        return rows;
    }
}
