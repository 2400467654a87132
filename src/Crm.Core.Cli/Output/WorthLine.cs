namespace Crm.Core.Cli.Output;

/// <summary>What one more unit of utility, brand or relationship may cost at the same benefit; null where cost has no weight.</summary>
internal sealed record WorthLine(double? Utility, double? Brand, double? Relationship);
