using System.Text.Json.Serialization;

namespace Crm.Core.Hosting;

/// <summary>The generated reader and writer of scores and runs: no reflection, so trimming leaves it whole.</summary>
[JsonSerializable(typeof(ScoreDocument))]
internal sealed partial class ScoreJsonContext : JsonSerializerContext;
