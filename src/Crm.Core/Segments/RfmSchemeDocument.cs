using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>An RFM scheme as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
internal sealed record RfmSchemeDocument
{
    private const string Example =
        "A scheme is {\"schema\": 1, \"recency\": {\"cut\": \"own\", \"unit\": \"days\", \"points\": [30, 90, 180, 365]}, "
        + "\"frequency\": {\"cut\": \"quantiles\", \"bins\": 5}, \"money\": {\"cut\": \"own\", \"unit\": \"EUR\", \"points\": [50, 100, 250, 1000]}}.";

    public int? Schema { get; init; }

    public Cut? Recency { get; init; }

    public Cut? Frequency { get; init; }

    public Cut? Money { get; init; }

    internal static string Write(RfmScheme scheme) => JsonSerializer.Serialize(
        new()
        {
            Schema = DocumentReading.CurrentSchema,
            Recency = Cut.Of(scheme.Recency),
            Frequency = Cut.Of(scheme.Frequency),
            Money = Cut.Of(scheme.Money),
        },
        RfmJson.Default.RfmSchemeDocument);

    internal static RfmScheme Read(string json)
    {
        var reading = new DocumentReading("an RFM scheme", Example);
        RfmSchemeDocument document = reading.Document(json, RfmJson.Default.RfmSchemeDocument, found => found.Schema);
        RfmCut? recency = ToCut(document.Recency, RfmDimension.Recency, reading);
        RfmCut? frequency = ToCut(document.Frequency, RfmDimension.Frequency, reading);
        RfmCut? money = ToCut(document.Money, RfmDimension.Money, reading);
        reading.ThrowIfAny();
        return RfmScheme.Of(recency!, frequency!, money!);
    }

    private static RfmCut? ToCut(Cut? cut, RfmDimension dimension, DocumentReading reading)
    {
        if (cut is null)
        {
            reading.Add($"{RfmWords.Of(dimension)} is missing");
        }

        return cut?.ToCut(dimension, reading);
    }

    internal sealed record Cut
    {
        private const string Name = "cut";

        [JsonPropertyName(Name)]
        public string? Kind { get; init; }

        public int? Bins { get; init; }

        public string? Unit { get; init; }

        public IReadOnlyList<double>? Points { get; init; }

        public IReadOnlyList<int>? Scores { get; init; }

        internal static Cut Of(RfmCut cut) => new()
        {
            Kind = RfmWords.Of(cut.Kind),
            Bins = cut.Kind == RfmCutKind.Own ? null : cut.Bins,
            Unit = cut.Unit,
            Points = cut.IsFixed ? cut.Points : null,
            Scores = cut.IsFixed && cut.Scores.Count < cut.Bins ? cut.Scores : null,
        };

        internal RfmCut? ToCut(RfmDimension dimension, DocumentReading reading)
        {
            string place = RfmWords.Of(dimension);
            RfmCutKind? kind = Enum.GetValues<RfmCutKind>().Cast<RfmCutKind?>().FirstOrDefault(known => RfmWords.Of(known!.Value) == Kind);
            if (kind is null)
            {
                reading.Add($"{place}.{Name} is {(Kind is null ? "missing" : "unknown")}, expected quantiles, naturalBreaks or own");
                return null;
            }

            int bins = Bins ?? (kind == RfmCutKind.Own ? (Points?.Count ?? 0) + 1 : RfmCut.DefaultBins);
            if (bins is < RfmCut.MinBins or > RfmCut.MaxBins)
            {
                reading.Add($"{place} has {bins} bins, expected {RfmCut.MinBins} to {RfmCut.MaxBins}, which own points are one fewer than");
                return null;
            }

            return Points is null
                ? WithoutPoints(kind.Value, bins, place, reading)
                : WithPoints(kind.Value, bins, dimension, place, reading);
        }

        private RfmCut? WithoutPoints(RfmCutKind kind, int bins, string place, DocumentReading reading)
        {
            if (kind == RfmCutKind.Own || Unit is not null || Scores is not null)
            {
                reading.Add($"{place}.points is missing");
                return null;
            }

            return kind == RfmCutKind.Quantiles ? RfmCut.Quantiles(bins) : RfmCut.NaturalBreaks(bins);
        }

        private RfmCut? WithPoints(RfmCutKind kind, int bins, RfmDimension dimension, string place, DocumentReading reading)
        {
            Currency currency = Currency.None;
            string units = dimension == RfmDimension.Recency ? RfmWords.Days : dimension == RfmDimension.Frequency ? RfmWords.Purchases : "a currency such as EUR, or XXX where it has no name";
            bool isUnit = dimension == RfmDimension.Money ? Currency.TryOf(Unit, out currency) : Unit == units;
            if (!isUnit)
            {
                reading.Add($"{place}.unit is {(Unit is null ? "missing" : "another")}, expected {units}");
            }

            IReadOnlyList<int> scores = Scores ?? [.. Enumerable.Range(1, bins)];
            bool isWhole = scores.Count == Points!.Count + 1 && (kind != RfmCutKind.Own || scores.Count == bins);
            if (!isWhole)
            {
                reading.Add($"{place} has {Points.Count} points and {scores.Count} scores for {bins} bins, expected one score more than points, and all of them where the points are your own");
            }

            var faults = new RowFaultList();
            RfmCutRules.CheckPoints(dimension, Points, faults);
            RfmCutRules.CheckScores(bins, scores, faults);
            foreach (RowFault fault in faults.Named)
            {
                reading.Add($"{place}.{fault.Column}[{fault.Row}] is {fault.Found}, expected {fault.Expected}");
            }

            return isUnit && isWhole && faults.IsEmpty ? RfmCut.Fixed(kind, bins, dimension, currency, Points, scores) : null;
        }
    }
}
