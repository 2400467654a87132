using System.Text.Json.Serialization;

namespace Crm.Core.Segments;

/// <summary>The generated reader and writer of moves: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(SegmentMoveDocument))]
internal sealed partial class SegmentMoveJsonContext : JsonSerializerContext;
