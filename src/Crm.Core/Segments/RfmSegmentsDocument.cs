using System.Text.Json;

namespace Crm.Core.Segments;

/// <summary>A table of RFM segments as it is saved: JSON with a schema number. Every released schema is read for ever.</summary>
internal sealed record RfmSegmentsDocument
{
    private const string Example =
        "A table of segments is {\"schema\": 1, \"bins\": 5, \"segments\": [{\"id\": \"rfm:recent\", \"name\": \"Recent\", \"words\": \"Bought lately.\", "
        + "\"cells\": [{\"recency\": \"4-5\"}]}, {\"id\": \"rfm:others\", \"name\": \"Others\", \"cells\": [{\"recency\": \"1-3\", \"frequency\": \"any\"}]}]}.";

    public int? Schema { get; init; }

    public int? Bins { get; init; }

    public IReadOnlyList<Rule?>? Segments { get; init; }

    internal static string Write(RfmSegments segments) => JsonSerializer.Serialize(
        new() { Schema = DocumentReading.CurrentSchema, Bins = segments.Bins, Segments = [.. segments.Rules.Select(Rule.Of)] }, RfmJson.Default.RfmSegmentsDocument);

    internal static RfmSegments Read(string json)
    {
        var reading = new DocumentReading("a table of RFM segments", Example);
        RfmSegmentsDocument document = reading.Document(json, RfmJson.Default.RfmSegmentsDocument, found => found.Schema);
        int bins = document.Bins ?? RfmCut.DefaultBins;
        if (bins is < RfmCut.MinBins or > RfmCut.MaxBins)
        {
            reading.Add($"bins is {bins}, expected {RfmCut.MinBins} to {RfmCut.MaxBins}");
        }

        var rules = new List<RfmSegmentRule>();
        foreach (var (place, rule) in (document.Segments ?? []).Index())
        {
            if (rule?.ToRule(FormattableString.Invariant($"segments[{place}]"), reading) is { } read)
            {
                rules.Add(read);
            }
            else if (rule is null)
            {
                reading.Add($"segments[{place}] is null");
            }
        }

        reading.ThrowIfAny();
        reading.Add(RfmSegmentRules.Faults(bins, rules));
        reading.ThrowIfAny();
        return RfmSegments.Of(bins, rules);
    }

    internal sealed record Rule
    {
        public string? Id { get; init; }

        public string? Name { get; init; }

        public string? Words { get; init; }

        public string? Parent { get; init; }

        public IReadOnlyList<Box?>? Cells { get; init; }

        internal static Rule Of(RfmSegmentRule rule) => new()
        {
            Id = rule.Segment.Id.ToString(),
            Name = rule.Segment.Name,
            Words = rule.Segment.Words,
            Parent = rule.Segment.Parent == SegmentId.None ? null : rule.Segment.Parent.ToString(),
            Cells = [.. rule.Boxes.Select(Box.Of)],
        };

        internal RfmSegmentRule? ToRule(string place, DocumentReading reading)
        {
            Segment? segment = ToSegment(place, reading);
            var boxes = new List<RfmBox>();
            foreach (var (at, box) in (Cells ?? []).Index())
            {
                string cell = FormattableString.Invariant($"{place}.cells[{at}]");
                if (box is null)
                {
                    reading.Add($"{cell} is null");
                }
                else
                {
                    boxes.Add(box.ToBox(cell, reading));
                }
            }

            if (Cells is not { Count: > 0 })
            {
                reading.Add($"{place}.cells is {(Cells is null ? "missing" : "empty")}");
            }

            return segment is null || boxes.Count == 0 ? null : new(segment, boxes);
        }

        private Segment? ToSegment(string place, DocumentReading reading)
        {
            bool isId = SegmentId.TryOf(Id, out SegmentId id);
            SegmentId parent = default;
            bool isParent = Parent is null || SegmentId.TryOf(Parent, out parent);
            if (!isId || !isParent)
            {
                reading.Add($"{place}.{(isId ? "parent" : "id")} is not 1 to 128 characters");
                return null;
            }

            try
            {
                return new() { Id = id, Name = Name!, Words = Words, Parent = parent };
            }
            catch (ArgumentException refused)
            {
                reading.Add($"{place}.{refused.ParamName?.ToLowerInvariant()} is {(refused is ArgumentNullException ? "missing" : "too long, empty or cannot be stored as it is")}");
                return null;
            }
        }
    }

    internal sealed record Box
    {
        public string? Recency { get; init; }

        public string? Frequency { get; init; }

        public string? Money { get; init; }

        internal static Box Of(RfmBox box) => new() { Recency = Text(box.Recency), Frequency = Text(box.Frequency), Money = Text(box.Money) };

        internal RfmBox ToBox(string place, DocumentReading reading)
        {
            RfmRange Range(string? text, RfmDimension dimension)
            {
                if (text is null || RfmRange.Read(text) is not { } range)
                {
                    if (text is not null)
                    {
                        reading.Add($"{place}.{RfmWords.Of(dimension)} is no range of scores, expected \"4-5\", \"4\" or \"any\"");
                    }

                    return RfmRange.Any;
                }

                return range;
            }

            return new(Range(Recency, RfmDimension.Recency), Range(Frequency, RfmDimension.Frequency), Range(Money, RfmDimension.Money));
        }

        private static string? Text(RfmRange range) => range == RfmRange.Any ? null : range.ToString();
    }
}
