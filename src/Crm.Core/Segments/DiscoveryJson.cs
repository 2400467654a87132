using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Crm.Core.Segments;

/// <summary>Discovered segments, or a model of segments alone, as one JSON text with a schema number.</summary>
/// <remarks>Numbers come back to the bit, so that customers are assigned as before. It holds no customers. Thread-safe.</remarks>
public static class DiscoveryJson
{
    /// <summary>The schema this version writes. Every released one is read for ever.</summary>
    public const int CurrentSchema = 1;

    private static readonly DiscoveryJsonContext _context = new(Options());

    /// <summary>Writes discovered segments.</summary>
    /// <param name="segments">The segments.</param>
    /// <returns>The JSON text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="segments"/> is null.</exception>
    public static string Write(DiscoveredSegments segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        return JsonSerializer.Serialize(DiscoveryDocument.Of(segments, CurrentSchema), _context.DiscoveryDocument);
    }

    /// <summary>Reads discovered segments.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The segments.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no such document, or its schema is newer than this library.</exception>
    public static DiscoveredSegments Read(string json) => Read(json, "discovered segments", _context.DiscoveryDocument, document => document.ToSegments());

    /// <summary>Writes a model of segments.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The JSON text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static string WriteModel(DiscoveryModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return JsonSerializer.Serialize(DiscoveryModelDocument.Of(model, CurrentSchema), _context.DiscoveryModelDocument);
    }

    /// <summary>Reads a model of segments.</summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">The text is no such document, or its schema is newer than this library.</exception>
    public static DiscoveryModel ReadModel(string json) => Read(json, "a model of segments", _context.DiscoveryModelDocument, document => document.ToModel());

    private static TValue Read<TDocument, TValue>(string json, string what, JsonTypeInfo<TDocument> type, Func<TDocument, TValue> value)
        where TDocument : class
    {
        ArgumentNullException.ThrowIfNull(json);
        TDocument document = JsonText.Read(json, CurrentSchema, what, type);
        try
        {
            return value(document);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NullReferenceException)
        {
            throw new FormatException($"The text is not {what}: {(wrong is ArgumentException { ParamName: { } name } ? $"the part '{name}' is refused" : "a part is null")}.");
        }
    }

    private static JsonSerializerOptions Options()
    {
        JsonSerializerOptions options = JsonValues.Options(
            JsonValues.Names<FeatureTransform>(), JsonValues.Names<CovarianceKind>(), JsonValues.Names<DiscoveryMethod>(), JsonValues.Names<DiscoveryDiagnosis>());
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull; // a zero among figures is a figure
        return options;
    }
}
