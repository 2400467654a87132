using System.Text.Json.Serialization;

namespace Crm.Core.Interactions;

/// <summary>The generated reader and writer of interactions: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(InteractionDocument))]
internal sealed partial class InteractionJsonContext : JsonSerializerContext;
