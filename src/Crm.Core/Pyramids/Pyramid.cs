using System.Globalization;
using System.Text;

namespace Crm.Core.Pyramids;

/// <summary>A customer base ranked by value and cut into tiers.</summary>
/// <remarks>The order of the customers changes no figure. Immutable and thread-safe.</remarks>
public sealed class Pyramid
{
    private readonly byte[] _tierOfRow;
    private readonly double[] _values;
    private readonly int[] _customers; // none where each row is one

    private Pyramid(
        PyramidScheme scheme, Dictionary<CustomerId, int> rows, double[] values, int[] customers, byte[] tierOfRow, IReadOnlyList<TierSummary> tiers, Concentration concentration)
    {
        (Scheme, Rows, Tiers, Concentration) = (scheme, rows, [.. tiers], concentration);
        (_values, _customers, _tierOfRow) = (values, customers, tierOfRow);
    }

    /// <summary>Gets the tiers below those that are ranked, in their order.</summary>
    internal static IReadOnlyList<Tier> Below { get; } = Array.AsReadOnly([Tier.Inactive, Tier.Prospect, Tier.Suspect]);

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets what the values are; null where nobody said.</summary>
    public PyramidMeasure? Measure { get; private init; }

    /// <summary>Gets the tiers from the most valuable down; last those that are not ranked, of which there are any: inactive, prospects, suspects.</summary>
    public IReadOnlyList<TierSummary> Tiers { get; }

    /// <summary>Gets how value is concentrated among the active customers.</summary>
    public Concentration Concentration { get; }

    /// <summary>Gets the place in <see cref="Tiers"/> of every row's tier, in the order in which the customers were given.</summary>
    public ReadOnlySpan<byte> TierOfRow => _tierOfRow;

    /// <summary>Gets the row of every customer.</summary>
    internal IReadOnlyDictionary<CustomerId, int> Rows { get; }

    /// <summary>Gets the tier of a customer.</summary>
    /// <param name="customer">The customer.</param>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public Tier this[CustomerId customer] => Rows.TryGetValue(customer, out int row)
        ? Tiers[_tierOfRow[row]].Tier
        : throw new KeyNotFoundException($"Customer {customer} is not in this pyramid.");

    /// <summary>Says what the values are, so that nobody compares revenue with profit, or euros with dollars.</summary>
    /// <param name="measure">What they are.</param>
    /// <returns>The same pyramid with the measure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="measure"/> is null.</exception>
    public Pyramid Of(PyramidMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return new(Scheme, (Dictionary<CustomerId, int>)Rows, _values, _customers, _tierOfRow, Tiers, Concentration) { Measure = measure };
    }

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

    /// <summary>Gives the pyramid as JSON, with a schema number: the scheme, what the values are, and every row. <see cref="FromJson"/> reads it back to the bit.</summary>
    /// <returns>The text. It holds the id and the value of every customer.</returns>
    /// <exception cref="InvalidOperationException">A name or an id holds half of a surrogate pair, which no JSON can.</exception>
    public string ToJson() => PyramidDocument.Write(this);

    /// <summary>Reads a pyramid from the JSON of <see cref="ToJson"/>. Its rows are ranked anew, so that no text can contradict itself.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The pyramid.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no pyramid; the message names what is wrong, and where, of the rows the first 20 faults with their total, or the first place at which it is no JSON of one.</exception>
    public static Pyramid FromJson(string json) => PyramidDocument.Read(json);

    internal Tier TierOf(int row) => Tiers[_tierOfRow[row]].Tier;

    internal double ValueOf(int row) => _values[row];

    internal int CustomersOf(int row) => _customers.Length == 0 ? 1 : _customers[row];

    internal static Pyramid Of(
        PyramidScheme scheme, IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Check(ids, values, layers, customers);
        var rowOfCustomer = IndexById(ids);
        RankedValues[] ranked = new RankedValues[Below.Count + 1];
        for (int layer = 0; layer < ranked.Length; layer++)
        {
            ranked[layer] = RankedValues.Of(values, layers, customers, (CustomerLayer)layer);
        }

        if (!double.IsFinite(ranked.Sum(layer => layer.Total)))
        {
            throw NotFinite(nameof(values));
        }

        double[] floors = SchemeFloors.Of(scheme, ranked[0]);
        List<TierSummary> tiers = Summaries(scheme, floors, ranked);
        if (!tiers.TrueForAll(tier => double.IsFinite(tier.Value)))
        {
            throw NotFinite(nameof(values));
        }

        return new(scheme, rowOfCustomer, values.ToArray(), customers.ToArray(), TierOfRows(values, layers, floors, tiers), tiers, new(ranked[0]));
    }

    private static ArgumentException NotFinite(string parameter) => new("The values are finite and their sum is not. Give them in a greater unit of money.", parameter);

    private static byte[] TierOfRows(ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, double[] floors, List<TierSummary> tiers)
    {
        int[] below = [.. Below.Select(tier => tiers.FindIndex(summary => summary.Tier == tier))];
        var tierOfRow = new byte[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            int tier = 0;
            while (tier < floors.Length && !(values[row] > floors[tier]))
            {
                tier++;
            }

            tierOfRow[row] = (byte)(layers.Length > 0 && layers[row] != CustomerLayer.Active ? below[(int)layers[row] - 1] : tier);
        }

        return tierOfRow;
    }

    private static List<TierSummary> Summaries(PyramidScheme scheme, double[] floors, RankedValues[] ranked)
    {
        var tiers = new List<TierSummary>();
        long customers = ranked.Sum(layer => layer.Customers);
        double value = ranked.Sum(layer => layer.Total);
        int from = 0;
        for (int tier = 0; tier < floors.Length; tier++)
        {
            int to = ranked[0].FirstNotAbove(floors[tier]);
            tiers.Add(Summary(scheme.Tiers[tier].Tier, ranked[0], from, to, customers, value));
            from = to;
        }

        for (int layer = 1; layer < ranked.Length; layer++)
        {
            if (ranked[layer].Customers > 0)
            {
                tiers.Add(Summary(Below[layer - 1], ranked[layer], 0, ranked[layer].Count, customers, value));
            }
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

    internal static void Check(IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        Guard.SameLength(ids.Count, values.Length, "customers", nameof(values));
        Guard.SameLength(ids.Count, layers.Length == 0 ? ids.Count : layers.Length, "customers", nameof(layers));
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

            if (layers.Length > 0 && layers[row] > CustomerLayer.Suspect)
            {
                faults.Add(row, "layer", $"{(int)layers[row]}", "active, inactive, prospect or suspect");
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
