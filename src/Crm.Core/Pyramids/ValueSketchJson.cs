using System.Text.Json.Serialization;

namespace Crm.Core.Pyramids;

/// <summary>The generated reader and writer of value sketches: no reflection, so trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(ValueSketchDocument))]
internal sealed partial class ValueSketchJson : JsonSerializerContext;
