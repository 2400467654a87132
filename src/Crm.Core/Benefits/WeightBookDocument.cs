using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Core.Benefits;

/// <summary>A weight book as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
internal sealed record WeightBookDocument
{
    private const int CurrentSchema = 1;

    public int? Schema { get; init; }

    public ScaleSet? Scales { get; init; }

    public WeightSet? Default { get; init; }

    public IReadOnlyList<SegmentEntry?>? Segments { get; init; }

    internal static string Write(WeightBook book) => JsonSerializer.Serialize(
        new()
        {
            Schema = CurrentSchema,
            Scales = book.Scales.AreIdentity ? null : ScaleSet.Of(book.Scales),
            Default = WeightSet.Of(book.Default),
            Segments = book.Segments.Count == 0 ? null : [.. book.Entries.Select(SegmentEntry.Of)],
        },
        WeightBookJson.Default.WeightBookDocument);

    internal static WeightBook Read(string json)
    {
        WeightBookDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(json, WeightBookJson.Default.WeightBookDocument);
        }
        catch (JsonException fault)
        {
            throw new FormatException($"The weights are no JSON of a weight book: {Place(fault)}. {Example}", fault);
        }

        return document is null ? throw new FormatException($"The weights are empty. {Example}") : document.ToBook();
    }

    private const string Example =
        "A weight book is {\"schema\": 1, \"default\": {\"utility\": 1, \"brand\": 0.4, \"relationship\": 0.6, \"cost\": 1.2, \"time\": 0.5}, "
        + "\"segments\": [{\"segment\": \"students\", \"parent\": null, \"cost\": 2}]}.";

    // Where, not what: the text around the fault may hold anything.
    private static string Place(JsonException fault) => FormattableString.Invariant(
        $"at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}{(fault.Path is { Length: > 1 } path ? $", {path}" : "")}");

    private WeightBook ToBook()
    {
        if (Schema is not CurrentSchema)
        {
            string found = Schema is { } other ? FormattableString.Invariant($"schema {other}") : "no schema";
            throw new FormatException(FormattableString.Invariant($"The weights have {found}; this version reads schema {CurrentSchema}. {Example}"));
        }

        var faults = new List<string>();
        BenefitWeights defaultWeights = Default is null ? Missing("default") : Default.ToWeights("default", faults);
        FactorScales scales = Scales?.ToScales(faults) ?? FactorScales.Identity;
        var entries = new List<SegmentWeights>();
        foreach (var (place, entry) in (Segments ?? []).Index())
        {
            if (entry?.ToWeights(place, faults) is { } weights)
            {
                entries.Add(weights);
            }
            else if (entry is null)
            {
                faults.Add(FormattableString.Invariant($"segments[{place}] is null"));
            }
        }

        if (faults.Count > 0)
        {
            throw Refusal(faults);
        }

        try
        {
            return WeightBook.Of(defaultWeights, entries).With(scales);
        }
        catch (RowFaultsException refused)
        {
            throw Refusal(
                [.. refused.Faults.Select(fault => FormattableString.Invariant(
                    $"segments[{fault.Row}].{fault.Column} is {fault.Found}, expected {fault.Expected}"))],
                refused.Total);
        }

        BenefitWeights Missing(string name)
        {
            faults.Add($"{name} is missing");
            return default;
        }
    }

    private static FormatException Refusal(List<string> faults, long total = 0)
    {
        string more = total > faults.Count ? FormattableString.Invariant($", and {total - faults.Count} more") : "";
        return new($"The weights are no weight book: {string.Join("; ", faults)}{more}. {Example}");
    }

    // The writer would put another character in place of half a pair, and so name another segment.
    private static string Writable(SegmentId segment)
    {
        string text = segment.ToString();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The id of a segment holds half a surrogate pair, which JSON cannot. Give the segment another id.");
            }
        }

        return text;
    }

    internal record WeightSet
    {
        public double? Utility { get; init; }

        public double? Brand { get; init; }

        public double? Relationship { get; init; }

        public double? Cost { get; init; }

        public double? Time { get; init; }

        internal static WeightSet Of(BenefitWeights weights) => new()
        {
            Utility = weights.Utility,
            Brand = weights.Brand,
            Relationship = weights.Relationship,
            Cost = weights.Cost,
            Time = weights.Time,
        };

        internal BenefitWeights ToWeights(string name, List<string> faults)
        {
            double Checked(double? weight, string factor)
            {
                if (weight is { } value && value >= 0 && double.IsFinite(value))
                {
                    return value;
                }

                string came = weight is { } found ? FormattableString.Invariant($"{found}, expected a finite number, 0 or more") : "missing";
                faults.Add($"{name}.{factor} is {came}");
                return 0;
            }

            return BenefitWeights.Of(
                Checked(Utility, "utility"), Checked(Brand, "brand"), Checked(Relationship, "relationship"), Checked(Cost, "cost"), Checked(Time, "time"));
        }
    }

    internal sealed record SegmentEntry : WeightSet
    {
        public string? Segment { get; init; }

        public string? Parent { get; init; }

        internal static SegmentEntry Of(SegmentWeights entry) => new()
        {
            Segment = Writable(entry.Segment),
            Parent = entry.Parent == SegmentId.None ? null : Writable(entry.Parent),
            Utility = entry.Utility,
            Brand = entry.Brand,
            Relationship = entry.Relationship,
            Cost = entry.Cost,
            Time = entry.Time,
        };

        internal SegmentWeights? ToWeights(int place, List<string> faults)
        {
            bool isNamed = SegmentId.TryOf(Segment, out SegmentId segment);
            SegmentId parent = default;
            bool hasParent = Parent is null || SegmentId.TryOf(Parent, out parent);
            if (isNamed && hasParent)
            {
                return new()
                {
                    Segment = segment,
                    Parent = parent,
                    Utility = Utility,
                    Brand = Brand,
                    Relationship = Relationship,
                    Cost = Cost,
                    Time = Time,
                };
            }

            faults.Add(FormattableString.Invariant($"segments[{place}].{(isNamed ? "parent" : "segment")} is not 1 to 128 characters"));
            return null;
        }
    }

    internal sealed record ScaleSet
    {
        public Scale? Utility { get; init; }

        public Scale? Brand { get; init; }

        public Scale? Relationship { get; init; }

        public Scale? Cost { get; init; }

        public Scale? Time { get; init; }

        internal static ScaleSet Of(FactorScales scales) => new()
        {
            Utility = Scale.Of(scales.Utility),
            Brand = Scale.Of(scales.Brand),
            Relationship = Scale.Of(scales.Relationship),
            Cost = Scale.Of(scales.Cost),
            Time = Scale.Of(scales.Time),
        };

        internal FactorScales ToScales(List<string> faults)
        {
            FactorScale Checked(Scale? scale, BenefitFactor factor) => scale is null ? FactorScale.Identity : scale.ToScale(FactorNames.Of(factor), faults);
            return new()
            {
                Utility = Checked(Utility, BenefitFactor.Utility),
                Brand = Checked(Brand, BenefitFactor.Brand),
                Relationship = Checked(Relationship, BenefitFactor.Relationship),
                Cost = Checked(Cost, BenefitFactor.Cost),
                Time = Checked(Time, BenefitFactor.Time),
            };
        }
    }

    internal sealed record Scale
    {
        [JsonConverter(typeof(FactorScaleKindConverter))]
        public FactorScaleKind? Kind { get; init; }

        public double? Origin { get; init; }

        public double? Step { get; init; }

        public double? Low { get; init; }

        public double? High { get; init; }

        public string? Currency { get; init; }

        public double? Missing { get; init; }

        internal static Scale? Of(FactorScale scale) => scale == FactorScale.Identity ? null : new()
        {
            Kind = scale.Kind,
            Origin = scale.Origin,
            Step = scale.Step,
            Low = scale.Low,
            High = scale.High,
            Currency = scale.Currency == Crm.Core.Currency.None ? null : scale.Currency.Code,
            Missing = scale.Missing,
        };

        internal FactorScale ToScale(string factor, List<string> faults)
        {
            Currency currency = default;
            bool isCurrency = Currency is null || Crm.Core.Currency.TryOf(Currency, out currency);
            double origin = Origin ?? (Kind == FactorScaleKind.LinearRange ? Low : null) ?? 0;
            double step = Step ?? (Kind == FactorScaleKind.LinearRange ? High - Low : null) ?? 1;
            bool isWhole = Kind != FactorScaleKind.StandardScore || (Origin is not null && Step is not null);
            FactorScale? scale = isCurrency && isWhole && Kind is { } kind
                ? FactorScale.OfSaved(kind, origin, step, Low, High, currency, Missing)
                : null;
            if (scale is not null)
            {
                return scale;
            }

            faults.Add($"scales.{factor} is no scale: a kind of identity, linearRange (low, high), standardScore (origin, step), or money (currency, step)");
            return FactorScale.Identity;
        }
    }
}
