using System.Text.Json.Serialization;

namespace Crm.Core.Benefits;

/// <summary>Kinds of scales by name; a number is none.</summary>
internal sealed class FactorScaleKindConverter() : JsonStringEnumConverter<FactorScaleKind>(namingPolicy: null, allowIntegerValues: false);
