using System.Text.Json;

namespace Crm.Core.Segments;

/// <summary>Reads a book of segments from JSON; all that is wrong is named together, each with its place.</summary>
internal sealed class SegmentBookReader
{
    private const int MostShown = 20;
    private const string Example =
        "A book of segments is {\"schema\": 1, \"segments\": [{\"id\": \"loyal\", \"name\": \"Loyal\", \"rule\": {\"all\": [{\"column\": \"p-alive\", \"atLeast\": 0.8}, "
        + "{\"measure\": \"count\", \"events\": {\"kinds\": [\"purchase\"], \"lastDays\": 90}, \"atLeast\": 3}]}}]}.";

    private readonly List<string> _faults = [];

    internal static SegmentBook Read(string json, SignalSchema schema)
    {
        var reader = new SegmentBookReader();
        List<(SegmentDefinition Definition, int Place)> definitions = [];
        try
        {
            // Deep enough for every rule that is allowed, and no deeper.
            using var document = JsonDocument.Parse(json, new() { MaxDepth = (2 * SegmentRule.MostDepth) + 16, AllowDuplicateProperties = false });
            definitions = reader.Definitions(document.RootElement);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"The segments are no JSON: a text in them holds half of a surrogate pair. {Example}", fault);
        }
        catch (JsonException fault)
        {
            throw new FormatException(FormattableString.Invariant(
                $"The segments are no JSON: at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1} they do not read as such, a name stands twice, or they nest more than {SegmentRule.MostDepth} rules deep. {Example}"));
        }

        if (reader._faults.Count > 0)
        {
            throw Refusal(reader._faults);
        }

        try
        {
            return SegmentBook.Of(schema, definitions.Select(entry => entry.Definition));
        }
        catch (RuleFaultsException refused)
        {
            ILookup<SegmentId, int> places = definitions.ToLookup(entry => entry.Definition.Segment.Id, entry => entry.Place);
            throw Refusal([.. refused.Faults.Select(fault => FormattableString.Invariant($"segments[{places[fault.Segment].First()}].{fault.Path} (of {fault.Segment}): {fault.Problem}"))]);
        }
    }

    private static FormatException Refusal(List<string> faults)
    {
        string more = faults.Count > MostShown ? FormattableString.Invariant($"; and {faults.Count - MostShown} more") : "";
        return new($"The segments are refused: {string.Join("; ", faults.Take(MostShown))}{more}. {Example}");
    }

    private List<(SegmentDefinition Definition, int Place)> Definitions(JsonElement root)
    {
        var definitions = new List<(SegmentDefinition, int)>();
        var book = new JsonPart(root, "", _faults);
        if (!book.IsObject("a book of segments", ["schema", "segments"]))
        {
            return definitions;
        }

        if (book.Whole("schema") is { } schema && schema != SegmentBookWriter.CurrentSchema)
        {
            book.Add("schema", FormattableString.Invariant($"is {schema}; this version reads {SegmentBookWriter.CurrentSchema}"));
        }
        else if (!book.Has("schema"))
        {
            book.Add("schema", FormattableString.Invariant($"is missing; this version reads {SegmentBookWriter.CurrentSchema}"));
        }

        foreach (var (place, part) in book.Items("segments", isNeeded: true).Index())
        {
            if (Definition(part) is { } definition)
            {
                definitions.Add((definition, place));
            }
        }

        return definitions;
    }

    private static SegmentDefinition? Definition(JsonPart part)
    {
        if (!part.IsObject("a segment", ["id", "name", "parent", "words", "rule"]))
        {
            return null;
        }

        string? id = part.Text("id", isNeeded: true);
        string? name = part.Text("name", isNeeded: false);
        string? parent = part.Text("parent", isNeeded: false);
        SegmentRule? rule = part.Has("rule") ? RuleReader.Read(part.Inner("rule")) : null;
        if (!part.Has("rule"))
        {
            part.Add("rule", "is missing");
        }

        return id is null || rule is null ? null : part.Checked(() => new SegmentDefinition
        {
            Segment = new()
            {
                Id = SegmentId.Of(id),
                Name = name ?? id,
                Parent = parent is null ? default : SegmentId.Of(parent),
                Words = part.Text("words", isNeeded: false) ?? Names.Shortened(rule.ToString(), 1_000),
            },
            Rule = rule,
        });
    }
}
