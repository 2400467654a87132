using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>The generated reader and writer of RFM schemes and segments: no reflection, so trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(RfmSchemeDocument))]
[JsonSerializable(typeof(RfmSegmentsDocument))]
internal sealed partial class RfmJson : JsonSerializerContext;
