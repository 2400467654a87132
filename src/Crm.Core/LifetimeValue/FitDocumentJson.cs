using System.Text.Json.Serialization;

namespace Crm.Core.LifetimeValue;

/// <summary>The generated reader and writer of <see cref="FitDocument"/>: no reflection, so trimming leaves it whole.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, Converters = [typeof(RoundTripNumberConverter)])]
[JsonSerializable(typeof(FitDocument))]
internal sealed partial class FitDocumentJson : JsonSerializerContext;
