using System.Text.Json.Serialization;

namespace Crm.Core.Pyramids;

/// <summary>The generated reader and writer of pyramids: no reflection, so trimming leaves it whole; not indented, since that would give every row a line.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(PyramidDocument))]
internal sealed partial class PyramidJson : JsonSerializerContext;
