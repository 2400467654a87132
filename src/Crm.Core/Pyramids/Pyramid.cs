using System.Globalization;
using System.Text;
using Crm.Core.Numerics;

namespace Crm.Core.Pyramids;

/// <summary>A customer base ranked by value and cut into tiers.</summary>
/// <remarks>The order of the customers changes no figure. Immutable and thread-safe.</remarks>
public sealed class Pyramid
{
    private readonly byte[] _tierOfRow;
    private readonly double[] _values;
    private readonly CustomerLayer[] _layers; // none where all are active
    private readonly int[] _customers; // none where each row is one

    private Pyramid(PyramidScheme scheme, Dictionary<CustomerId, int> rows, double[] values, CustomerLayer[] layers, int[] customers)
    {
        (Scheme, Rows, _values, _layers, _customers) = (scheme, rows, values, layers, customers);
        BaseCut cut = BaseCut.Of(scheme, values, layers, customers);
        (_tierOfRow, Tiers) = (cut.TierOfRow, Array.AsReadOnly(cut.Tiers.ToArray()));
        Concentration = new(() =>
        {
            var active = BaseCut.Active(values, layers, customers);
            return RankedValues.Of(active.Values, active.Customers);
        });
    }

    // The same customers, cut by another scheme.
    private Pyramid(Pyramid of, PyramidScheme scheme)
    {
        (Scheme, Rows, _values, _layers, _customers, Concentration, Measure) = (scheme, of.Rows, of._values, of._layers, of._customers, of.Concentration, of.Measure);
        BaseCut cut = BaseCut.Of(scheme, _values, _layers, _customers);
        (_tierOfRow, Tiers) = (cut.TierOfRow, Array.AsReadOnly(cut.Tiers.ToArray()));
    }

    // The same pyramid, of something.
    private Pyramid(Pyramid of, PyramidMeasure measure)
    {
        (Scheme, Rows, _values, _layers, _customers, Concentration, Measure) = (of.Scheme, of.Rows, of._values, of._layers, of._customers, of.Concentration, measure);
        (_tierOfRow, Tiers) = (of._tierOfRow, of.Tiers);
    }

    /// <summary>Gets the tiers below those that are ranked, in their order.</summary>
    internal static IReadOnlyList<Tier> Below { get; } = Array.AsReadOnly([Tier.Inactive, Tier.Prospect, Tier.Suspect]);

    /// <summary>Gets the scheme.</summary>
    public PyramidScheme Scheme { get; }

    /// <summary>Gets what the values are; null where nobody said.</summary>
    public PyramidMeasure? Measure { get; }

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
        return new(this, measure);
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

    /// <summary>Gives the scheme of thresholds that cuts this base alike, so that another date can be held against what it took to stand in a tier at this one.</summary>
    /// <returns>
    /// Each tier but the last begins at the least value in it. A tier that nobody stands in begins just above the greatest value below it. A scheme of thresholds is returned as it is.
    /// </returns>
    /// <exception cref="InvalidOperationException">Nobody is ranked, or values are so near to each other, or so great, that no number lies where an empty tier would have to begin.</exception>
    public PyramidScheme Kept() => Scheme.Cut == PyramidCut.Threshold
        ? Scheme
        : PyramidScheme.OfThresholds($"{Scheme.Name}, kept", KeptFloors.Of([.. Tiers.Take(Scheme.Tiers.Count)]));

    /// <summary>Cuts the same customers by another scheme.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <returns>The pyramid, of the same values, layers and measure.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scheme"/> is null.</exception>
    /// <exception cref="ArgumentException">The scheme is of shares of value, and the values sum to nothing or less.</exception>
    public Pyramid CutBy(PyramidScheme scheme)
    {
        ArgumentNullException.ThrowIfNull(scheme);
        return new(this, scheme);
    }

    internal Tier TierOf(int row) => Tiers[_tierOfRow[row]].Tier;

    internal double ValueOf(int row) => _values[row];

    /// <summary>Whether a customer is in the pyramid.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether it is so.</returns>
    public bool Contains(CustomerId customer) => Rows.ContainsKey(customer);

    /// <summary>The row of a customer: the place in which they were given.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The row, from 0.</returns>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public int RowOf(CustomerId customer) => Rows.TryGetValue(customer, out int row) ? row : throw new KeyNotFoundException($"Customer {customer} is not in this pyramid.");

    /// <summary>Gets the customers, in the order in which they were given.</summary>
    public IEnumerable<CustomerId> Customers => Rows.OrderBy(row => row.Value).Select(row => row.Key);

    /// <summary>What a customer is worth.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>The value.</returns>
    /// <exception cref="KeyNotFoundException">The customer is not in the pyramid.</exception>
    public double ValueOf(CustomerId customer) => _values[RowOf(customer)];

    internal int CustomersOf(int row) => _customers.Length == 0 ? 1 : _customers[row];

    internal static Pyramid Of(
        PyramidScheme scheme, IReadOnlyList<CustomerId> ids, ReadOnlySpan<double> values, ReadOnlySpan<CustomerLayer> layers, ReadOnlySpan<int> customers)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Check(ids, values, layers, customers);
        return new(scheme, IndexById(ids), values.ToArray(), layers.ToArray(), customers.ToArray());
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

            AddFaults(row, values, customers, faults);
            if (layers.Length > 0 && layers[row] > CustomerLayer.Suspect)
            {
                faults.Add(row, "layer", $"{(int)layers[row]}", "active, inactive, prospect or suspect");
            }
        }

        faults.ThrowIfAny(nameof(values));
    }

    internal static void CheckValues(ReadOnlySpan<double> values, ReadOnlySpan<int> customers)
    {
        // One look at all of them is faster than one at each.
        if (customers.Length == 0 && ValueScan.Of(values).IsFinite)
        {
            return;
        }

        var faults = new RowFaultList();
        for (int row = 0; row < values.Length; row++)
        {
            AddFaults(row, values, customers, faults);
        }

        faults.ThrowIfAny(nameof(values));
    }

    private static void AddFaults(int row, ReadOnlySpan<double> values, ReadOnlySpan<int> customers, RowFaultList faults)
    {
        if (!double.IsFinite(values[row]))
        {
            faults.Add(row, "value", $"{values[row]}", "a finite number");
        }

        if (customers.Length > 0 && customers[row] < 1)
        {
            faults.Add(row, "customers", $"{customers[row]}", "a whole number, 1 or more");
        }
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
