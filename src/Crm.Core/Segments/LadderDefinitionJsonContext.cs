using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>The generated reader and writer of definitions: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(LadderDefinitionDocument))]
internal sealed partial class LadderDefinitionJsonContext : JsonSerializerContext;
