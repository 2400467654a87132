using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>The definition of a ladder as JSON with a schema number: what a host keeps, and people adjust.</summary>
/// <remarks>What is written comes back equal. What a text leaves out is as in <see cref="LadderDefinition.Default"/>; a name it does not know is refused. Thread-safe.</remarks>
public static class LadderDefinitionJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly LadderDefinitionJsonContext _context = new(Options());

    /// <summary>Writes a definition, good or not.</summary>
    /// <param name="definition">The definition.</param>
    /// <returns>The JSON text, on several lines.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="definition"/> is null.</exception>
    /// <exception cref="ArgumentException">A number of it is not finite, which JSON cannot say.</exception>
    public static string Write(LadderDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return JsonSerializer.Serialize(new() { Schema = CurrentSchema, Ladder = definition }, _context.LadderDefinitionDocument);
    }

    /// <summary>Reads a definition and checks it.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no definition, its schema is newer than this library, or its numbers are wrong; all of them are named.</exception>
    public static LadderDefinition Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (JsonText.Read(json, CurrentSchema, "a loyalty ladder", _context.LadderDefinitionDocument).Ladder is null)
        {
            throw new FormatException("The text is not a loyalty ladder: its ladder is null.");
        }

        // Read once more over the default: a generated reader sets what a text leaves out to 0.
        JsonNode whole = JsonSerializer.SerializeToNode(new() { Schema = CurrentSchema, Ladder = LadderDefinition.Default }, _context.LadderDefinitionDocument)!;
        foreach (var (name, value) in JsonNode.Parse(json)!["ladder"]!.AsObject())
        {
            whole["ladder"]![name] = value?.DeepClone();
        }

        LadderDefinition definition = whole.Deserialize(_context.LadderDefinitionDocument)!.Ladder;
        IReadOnlyList<string> faults = LadderDefinitionRules.Faults(definition);
        return faults.Count == 0 ? definition : throw new FormatException(LadderDefinitionRules.Words(faults));
    }

    private static JsonSerializerOptions Options()
    {
        JsonSerializerOptions options = JsonValues.Options(JsonValues.Names<FanSigns>());
        options.WriteIndented = true;
        options.AllowDuplicateProperties = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        return options;
    }
}
