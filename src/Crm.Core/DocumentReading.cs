using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Core;

/// <summary>What the readers of documents that people write share: the schema number, and refusals that name everything that is wrong, and where.</summary>
internal sealed class DocumentReading(string what, string example)
{
    internal const int CurrentSchema = 1;

    private readonly List<string> _faults = [];

    internal T Document<T>(string json, JsonTypeInfo<T> type, Func<T, int?> schema)
        where T : class
    {
        T? document;
        try
        {
            document = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException fault)
        {
            // Where, not what: the text around the fault may hold anything. A later schema has members of its own, and its number says more than their names.
            string path = fault.Path is { Length: > 1 } place ? $", {place}" : "";
            throw LaterSchema(json) is { } later ? OfSchema(later) : new FormatException(FormattableString.Invariant(
                $"The text is no JSON of {what}: at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}{path}. {example}"), fault);
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException)
        {
            // Of the text itself, and of the name of a member.
            throw new FormatException($"The text is no JSON of {what}: it holds half of a surrogate pair. {example}", fault);
        }

        int? found = document is null ? null : schema(document);
        return found == CurrentSchema ? document! : throw OfSchema(found);
    }

    internal void Add(FormattableString fault) => _faults.Add(FormattableString.Invariant(fault));

    internal void Add(IEnumerable<string> faults) => _faults.AddRange(faults);

    /// <summary>Adds the faults of columns: each as the place in its column, the first 20 by name.</summary>
    internal void Add(RowFaultList faults)
    {
        Add(faults.Named.Select(fault => FormattableString.Invariant($"{fault.Column}[{fault.Row}] is {fault.Found}, expected {fault.Expected}")));
        if (faults.Total > faults.Named.Count)
        {
            Add($"and {faults.Total - faults.Named.Count} more");
        }
    }

    internal void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new FormatException($"The text is not {what}: {string.Join("; ", _faults)}. {example}");
        }
    }

    /// <summary>What a refusal says, without the name of the parameter and the stop, which mean nothing to who reads of a document.</summary>
    internal static string WordsOf(ArgumentException refused) => refused.Message.Split(" (Parameter", 2)[0].TrimEnd('.');

    private static int? LaterSchema(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schema", out JsonElement schema)
                && schema.ValueKind == JsonValueKind.Number && schema.TryGetInt32(out int number) && number > CurrentSchema ? number : null;
        }
        catch (Exception fault) when (fault is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private FormatException OfSchema(int? found) => new(FormattableString.Invariant(
        $"The text is {what} of {(found is null ? "no schema" : FormattableString.Invariant($"schema {found}"))}; this version reads schema {CurrentSchema}. {example}"));
}
