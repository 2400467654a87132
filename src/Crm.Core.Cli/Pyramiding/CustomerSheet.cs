using System.Globalization;
using Crm.Core.Cli.Files;
using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>A file of what is known of customers beside their purchases: profit, marketing, satisfaction, a group, and who has not bought yet.</summary>
internal sealed class CustomerSheet
{
    internal const string Profit = "profit";
    internal const string Marketing = "marketing";
    internal const string Satisfaction = "satisfaction";
    internal const string Layer = "layer";

    private const double MostAmount = 1e15;

    private readonly Dictionary<CustomerId, (double[] Numbers, string Group, CustomerLayer? Layer)> _rows;
    private readonly string[] _numeric;

    private CustomerSheet(string name, Currency currency, string[] numeric, bool hasGroups, Dictionary<CustomerId, (double[] Numbers, string Group, CustomerLayer? Layer)> rows)
    {
        (Name, Currency, _numeric, HasGroups, _rows) = (name, currency, numeric, hasGroups, rows);
    }

    internal string Name { get; }

    /// <summary>Gets the currency that the file names; none where it names none.</summary>
    internal Currency Currency { get; }

    internal bool HasGroups { get; }

    /// <summary>Gets everybody in the file.</summary>
    internal IReadOnlyCollection<CustomerId> Customers => _rows.Keys;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customerColumn">The column of the ids.</param>
    /// <param name="value">A column of numbers that customers are ranked by; null for none.</param>
    /// <param name="group">The column of a group; it need not be there unless <paramref name="needsGroup"/>.</param>
    /// <param name="needsGroup">Whether it was named.</param>
    /// <param name="terminal">Says what is being read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static CustomerSheet Read(string path, string customerColumn, string? value, string group, bool needsGroup, Terminal terminal, CancellationToken cancellationToken) =>
        Read(path, (customerColumn, [Profit, Marketing, Satisfaction], value, "--by", group, needsGroup, HasLayers: true), terminal, cancellationToken);

    /// <summary>Reads a file of which one column counts, with a number in every row.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static CustomerSheet ReadValues(string path, string customerColumn, string value, Terminal terminal, CancellationToken cancellationToken) =>
        Read(path, (customerColumn, [], value, "--value", "", NeedsGroup: false, HasLayers: false), terminal, cancellationToken);

    private static CustomerSheet Read(
        string path, (string Customer, string[] Known, string? Value, string ValueOption, string Group, bool NeedsGroup, bool HasLayers) asked, Terminal terminal, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        using var csv = CsvInput.Open(file, skipsBadRows: false);
        int id = csv.Find(asked.Customer);
        (string Name, int Place)[] numeric = [.. asked.Known.Append(asked.Value).OfType<string>().Distinct().Select(name => (name, csv.Find(name))).Where(column => column.Item2 >= 0)];
        int groupPlace = asked.Group.Length == 0 ? -1 : csv.Find(asked.Group);
        int layer = asked.HasLayers ? csv.Find(Layer) : -1;
        csv.CheckHeader(
        [
            (asked.Customer, id, "It says who a row is about."),
            .. asked.Value is null ? Array.Empty<(string, int, string)>() : [(asked.Value, csv.Find(asked.Value), $"{asked.ValueOption} names it.")],
            .. asked.NeedsGroup ? [(asked.Group, groupPlace, "--group names it.")] : Array.Empty<(string, int, string)>(),
        ]);
        string? needed = asked.HasLayers ? null : asked.Value;
        var rows = new Dictionary<CustomerId, (double[] Numbers, string Group, CustomerLayer? Layer)>();
        while (csv.Read())
        {
            if (rows.Count % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (csv.HasAllFields() && TextField.TryCustomer(csv, id, out CustomerId customer) && TryRow(csv, numeric, groupPlace, layer, needed, out var row)
                && !rows.TryAdd(customer, row))
            {
                csv.Faults.Add(csv.Line, csv.Header(id), customer.ToString(), "a customer once", FaultReason.Repeated);
            }
        }

        csv.Faults.ThrowIfAny();
        return rows.Count == 0 ? throw new InputException($"{file.Name} has a header and no rows. Each row is one customer.")
            : new(file.Name, file.Metadata.Currency ?? Currency.None, [.. numeric.Select(column => column.Name)], groupPlace >= 0, rows);
    }

    internal bool Has(string column) => _numeric.Contains(column, StringComparer.Ordinal);

    internal bool Contains(CustomerId customer) => _rows.ContainsKey(customer);

    /// <summary>A column of numbers; what is not known is as stated.</summary>
    internal double[] Numbers(string column, IReadOnlyList<CustomerId> customers, double unlessKnown)
    {
        int place = Array.IndexOf(_numeric, column);
        return [.. customers.Select(customer => _rows.TryGetValue(customer, out var row) && !double.IsNaN(row.Numbers[place]) ? row.Numbers[place] : unlessKnown)];
    }

    /// <summary>The group of each; none for who has none.</summary>
    internal SegmentId[] Groups(IReadOnlyList<CustomerId> customers) =>
        [.. customers.Select(customer => _rows.TryGetValue(customer, out var row) && row.Group.Length > 0 ? SegmentId.Of(row.Group) : SegmentId.None)];

    /// <summary>Where somebody stands who has not bought; null where the file does not say that they have not.</summary>
    internal CustomerLayer? LayerOf(CustomerId customer) => _rows[customer].Layer;

    private static bool TryRow(
        CsvInput csv, (string Name, int Place)[] numeric, int group, int layer, string? value, out (double[] Numbers, string Group, CustomerLayer? Layer) row)
    {
        var numbers = new double[numeric.Length];
        bool isGood = true;
        foreach (var (place, column) in numeric.Index())
        {
            string text = TextField.Of(csv, column.Place);
            numbers[place] = double.NaN;
            bool isNeeded = column.Name == value;
            if ((text.Length > 0 || isNeeded) && (!TryNumber(text, out numbers[place]) || (column.Name == Marketing && numbers[place] < 0) || Math.Abs(numbers[place]) > MostAmount))
            {
                isGood = false;
                string accepted = column.Name == Marketing ? "an amount from 0 to 1e15" : $"a number such as 12.50, up to 1e15{(isNeeded ? "" : ", or nothing")}";
                csv.Faults.Add(csv.Line, csv.Header(column.Place), text, accepted, text.Length == 0 ? FaultReason.NoAmount : FaultReason.NoNumber);
            }
        }

        string ofGroup = group < 0 ? "" : TextField.Of(csv, group);
        if (ofGroup.Length > 0 && !SegmentId.TryOf(ofGroup, out _))
        {
            isGood = false;
            csv.Faults.Add(csv.Line, csv.Header(group), ofGroup, "a name of up to 128 characters", FaultReason.NoName);
        }

        string ofLayer = layer < 0 ? "" : TextField.Of(csv, layer);
        CustomerLayer? found = ofLayer switch { "prospect" => CustomerLayer.Prospect, "suspect" => CustomerLayer.Suspect, _ => null };
        if (found is null && ofLayer is not ("" or "customer"))
        {
            isGood = false;
            csv.Faults.Add(csv.Line, csv.Header(layer), ofLayer, "customer, prospect or suspect", FaultReason.NoName);
        }

        row = (numbers, ofGroup, found);
        return isGood;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
