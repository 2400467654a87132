using System.Text.Json.Serialization;

namespace Crm.Core.Cli.Output;

/// <summary>The generated writers of the tool's JSON documents.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SummaryDocument))]
[JsonSerializable(typeof(PredictionDocument))]
[JsonSerializable(typeof(AnalysisDocument))]
[JsonSerializable(typeof(DemoDocument))]
[JsonSerializable(typeof(ScoreDocument))]
[JsonSerializable(typeof(SegmentDocument))]
[JsonSerializable(typeof(PyramidDocument))]
[JsonSerializable(typeof(CompareDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
