namespace Crm.Core.Cli.Output;

/// <summary>A tier and its share of the customers.</summary>
internal sealed record TierPart(string Tier, double Share);
