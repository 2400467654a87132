namespace Crm.Core.Cli.Output;

/// <summary>How many a model expects to go from one tier to another, and the interval in which their number will lie.</summary>
internal sealed record AheadMove(string From, string To, double Expected, double Low, double High);
