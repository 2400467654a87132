using System.Text.Json.Serialization;

namespace Crm.Core.Pyramids;

/// <summary>The generated reader and writer of pyramid schemes: no reflection, so trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(PyramidSchemeDocument))]
internal sealed partial class PyramidSchemeJson : JsonSerializerContext;
