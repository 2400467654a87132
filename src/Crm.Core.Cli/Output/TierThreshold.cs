namespace Crm.Core.Cli.Output;

/// <summary>What a customer of a tier is worth at least; nothing for the last, which holds all others.</summary>
internal sealed record TierThreshold(string Tier, double? Least);
