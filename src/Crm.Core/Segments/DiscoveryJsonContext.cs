using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>The generated reader and writer of discovered segments: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(DiscoveryDocument))]
[JsonSerializable(typeof(DiscoveryModelDocument))]
internal sealed partial class DiscoveryJsonContext : JsonSerializerContext;
