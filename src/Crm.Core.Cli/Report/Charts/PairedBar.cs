namespace Crm.Core.Cli.Report.Charts;

/// <summary>A group of two bars.</summary>
internal readonly record struct PairedBar(string Name, double First, double Second);
