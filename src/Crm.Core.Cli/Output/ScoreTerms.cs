namespace Crm.Core.Cli.Output;

/// <summary>What the user asked of scores.</summary>
internal sealed record ScoreTerms(Channel Channel, int? Top, double? Minimum);
