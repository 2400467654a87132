namespace Crm.Core.Cli.Output;

/// <summary>The terms of value, as the user gave them or by default.</summary>
internal sealed record AssumedTerms(double Margin, string Discount, string Horizon);
