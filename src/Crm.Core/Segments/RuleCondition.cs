namespace Crm.Core.Segments;

/// <summary>A test of a signal, in a program.</summary>
/// <param name="Signal">The place of the signal.</param>
/// <param name="Test">The test.</param>
/// <param name="Node">The node it is.</param>
internal readonly record struct RuleCondition(int Signal, SignalTest Test, int Node);
