namespace Crm.Core.Cli.Report.Charts;

/// <summary>So much from one name to another, by their places.</summary>
internal readonly record struct FlowStream(int From, int To, double Amount);
