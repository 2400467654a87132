using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Core.Segments;

/// <summary>What the readers of RFM documents share: the schema number, and refusals that say where.</summary>
internal sealed class RfmReading(string what, string example)
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
            // Where, not what: the text around the fault may hold anything.
            string path = fault.Path is { Length: > 1 } place ? $", {place}" : "";
            throw new FormatException(FormattableString.Invariant(
                $"The text is no JSON of {what}: at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}{path}. {example}"), fault);
        }

        int? found = document is null ? null : schema(document);
        return found == CurrentSchema ? document! : throw new FormatException(FormattableString.Invariant(
            $"The text is {what} of {(found is null ? "no schema" : FormattableString.Invariant($"schema {found}"))}; this version reads schema {CurrentSchema}. {example}"));
    }

    internal void Add(FormattableString fault) => _faults.Add(FormattableString.Invariant(fault));

    internal void Add(IEnumerable<string> faults) => _faults.AddRange(faults);

    internal void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new FormatException($"The text is not {what}: {string.Join("; ", _faults)}. {example}");
        }
    }
}
