using System.Text.Json;

namespace Crm.Core.Pyramids;

/// <summary>A pyramid as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
/// <remarks>It holds what a pyramid is made of and nothing that follows from it, so that no text can contradict itself.</remarks>
internal sealed record PyramidDocument
{
    private const string Example =
        "A pyramid is {\"schema\": 1, \"scheme\": {\"schema\": 1, \"name\": \"mine\", \"cut\": \"shareOfCustomers\", \"tiers\": [{\"tier\": \"top\", \"share\": 0.5}, {\"tier\": \"rest\", \"share\": 0.5}]}, "
        + "\"measure\": {\"name\": \"revenue\", \"currency\": \"EUR\"}, \"ids\": [\"7\", \"9\"], \"values\": [120.5, 0], \"layers\": [\"active\", \"inactive\"], \"customers\": [1, 40]}; "
        + "without measure nobody said, without layers all are active, without customers each row is one.";

    // The members as they are written.
    private const string IdsName = "ids";
    private const string ValuesName = "values";
    private const string LayersName = "layers";
    private const string CustomersName = "customers";

    public int? Schema { get; init; }

    public PyramidSchemeDocument? Scheme { get; init; }

    public MeasureDocument? Measure { get; init; }

    public string?[]? Ids { get; init; }

    public double[]? Values { get; init; }

    public string?[]? Layers { get; init; }

    public int[]? Customers { get; init; }

    internal static string Write(Pyramid pyramid)
    {
        int rows = pyramid.TierOfRow.Length;
        var ids = new string[rows];
        var values = new double[rows];
        var layers = new string[rows];
        var customers = new int[rows];
        foreach (var (id, row) in pyramid.Rows)
        {
            ids[row] = id.ToString();
            values[row] = pyramid.ValueOf(row);
            layers[row] = WordOf(LayerOf(pyramid, row));
            customers[row] = pyramid.CustomersOf(row);
            if (!StoredText.IsUnicode(ids[row]))
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The id of row {row} holds half of a surrogate pair, which no JSON can. Encode or hash such ids."));
            }
        }

        return JsonSerializer.Serialize(
            new()
            {
                Schema = DocumentReading.CurrentSchema,
                Scheme = PyramidSchemeDocument.Of(pyramid.Scheme),
                Measure = MeasureDocument.Of(pyramid.Measure),
                Ids = ids,
                Values = values,
                Layers = Array.TrueForAll(layers, layer => layer == WordOf(CustomerLayer.Active)) ? null : layers,
                Customers = Array.TrueForAll(customers, count => count == 1) ? null : customers,
            },
            PyramidJson.Default.PyramidDocument);
    }

    internal static Pyramid Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var reading = new DocumentReading("a pyramid", Example);
        PyramidDocument document = reading.Document(json, PyramidJson.Default.PyramidDocument, found => found.Schema);
        PyramidScheme? scheme = document.ToScheme(reading);
        PyramidMeasure? measure = document.Measure?.ToMeasure(reading);
        document.CheckLengths(reading);
        CustomerId[] ids = document.ToIds(out CustomerLayer[] layers, reading);
        reading.ThrowIfAny();
        Pyramid? pyramid = document.Ranked(scheme!, ids, layers, reading);
        reading.ThrowIfAny();
        return measure is null ? pyramid! : pyramid!.Of(measure);
    }

    private static CustomerLayer LayerOf(Pyramid pyramid, int row)
    {
        int below = pyramid.TierOfRow[row] < pyramid.Scheme.Tiers.Count ? -1 : Pyramid.Below.Index().First(tier => tier.Item == pyramid.TierOf(row)).Index;
        return (CustomerLayer)(below + 1);
    }

    private static string WordOf(CustomerLayer layer) => layer == CustomerLayer.Active ? "active" : Pyramid.Below[(int)layer - 1].Name;

    private static CustomerLayer? ToLayer(string? word)
    {
        for (CustomerLayer layer = CustomerLayer.Active; layer <= CustomerLayer.Suspect; layer++)
        {
            if (WordOf(layer) == word)
            {
                return layer;
            }
        }

        return null;
    }

    private PyramidScheme? ToScheme(DocumentReading reading)
    {
        if (Scheme is null)
        {
            reading.Add($"scheme is missing, expected a scheme");
        }
        else if (Scheme.Schema != DocumentReading.CurrentSchema)
        {
            reading.Add($"scheme.schema is {(object?)Scheme.Schema ?? "missing"}, expected {DocumentReading.CurrentSchema}");
        }

        return Scheme?.ToScheme("scheme.", reading);
    }

    private void CheckLengths(DocumentReading reading)
    {
        void Check(string name, int? length, bool isNeeded)
        {
            if (length is null ? isNeeded : Ids is not null && length != Ids.Length)
            {
                reading.Add($"{name} {(length is null ? "is missing" : FormattableString.Invariant($"has {length}"))}, expected one for each {(Ids is null ? "customer" : FormattableString.Invariant($"of the {Ids.Length} ids"))}");
            }
        }

        Check(IdsName, Ids?.Length, true);
        Check(ValuesName, Values?.Length, true);
        Check(LayersName, Layers?.Length, false);
        Check(CustomersName, Customers?.Length, false);
    }

    private CustomerId[] ToIds(out CustomerLayer[] layers, DocumentReading reading)
    {
        var faults = new RowFaultList();
        var ids = new CustomerId[Ids?.Length ?? 0];
        var rows = new Dictionary<CustomerId, int>(ids.Length);
        for (int row = 0; row < ids.Length; row++)
        {
            if (!CustomerId.TryOf(Ids![row], out ids[row]))
            {
                faults.Add(row, IdsName, $"{(Ids[row] is { } text ? FormattableString.Invariant($"of {text.Length} characters") : "null")}", "an id of 1 to 128 characters");
            }
            else if (!rows.TryAdd(ids[row], row))
            {
                faults.Add(row, IdsName, $"that of row {rows[ids[row]]} again", "each customer once");
            }
        }

        for (int row = 0; row < Values?.Length; row++)
        {
            if (!double.IsFinite(Values[row]))
            {
                faults.Add(row, ValuesName, $"{Values[row]}", "a finite number");
            }
        }

        layers = new CustomerLayer[Layers?.Length ?? 0];
        for (int row = 0; row < layers.Length; row++)
        {
            if (ToLayer(Layers![row]) is { } layer)
            {
                layers[row] = layer;
            }
            else
            {
                faults.Add(row, LayersName, $"{(Layers[row] is null ? "null" : "unknown")}", "active, inactive, prospect or suspect");
            }
        }

        for (int row = 0; row < Customers?.Length; row++)
        {
            if (Customers[row] < 1)
            {
                faults.Add(row, CustomersName, $"{Customers[row]}", "a whole number, 1 or more");
            }
        }

        reading.Add(faults);
        return ids;
    }

    // The values are good one by one; what their sum must be, the ranking knows.
    private Pyramid? Ranked(PyramidScheme scheme, CustomerId[] ids, CustomerLayer[] layers, DocumentReading reading)
    {
        try
        {
            return scheme.RankLayers(ids, Values, layers, Customers);
        }
        catch (ArgumentException refused)
        {
            reading.Add($"{ValuesName} are refused: {DocumentReading.WordsOf(refused)}");
            return null;
        }
    }

    internal sealed record MeasureDocument
    {
        public string? Name { get; init; }

        public string? Currency { get; init; }

        internal static MeasureDocument? Of(PyramidMeasure? measure)
        {
            if (measure is not null && !StoredText.IsUnicode(measure.Name))
            {
                throw new InvalidOperationException("The name of the measure holds half of a surrogate pair, which no JSON can. Give it another.");
            }

            return measure is null ? null : new() { Name = measure.Name, Currency = measure.Currency == Crm.Core.Currency.None ? null : measure.Currency.Code };
        }

        internal PyramidMeasure? ToMeasure(DocumentReading reading)
        {
            if (string.IsNullOrWhiteSpace(Name))
            {
                reading.Add($"measure.name is {(Name is null ? "missing" : "blank")}, expected what the values are, such as revenue");
            }

            Currency currency = default;
            if (Currency is not null && !Crm.Core.Currency.TryOf(Currency, out currency))
            {
                reading.Add($"measure.currency is no currency, expected a code of ISO 4217 such as EUR, or nothing");
            }

            return string.IsNullOrWhiteSpace(Name) ? null : new() { Name = Name, Currency = currency };
        }
    }
}
