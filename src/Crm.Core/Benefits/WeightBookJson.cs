using System.Text.Json.Serialization;

namespace Crm.Core.Benefits;

/// <summary>The generated reader and writer of <see cref="WeightBookDocument"/>: no reflection, so trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(WeightBookDocument))]
internal sealed partial class WeightBookJson : JsonSerializerContext;
