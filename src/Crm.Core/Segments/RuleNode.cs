namespace Crm.Core.Segments;

/// <summary>A node of a program.</summary>
/// <param name="Operator">What it does.</param>
/// <param name="Parts">The nodes it is made of, all before it.</param>
/// <param name="Condition">The condition it is; −1 for none.</param>
internal readonly record struct RuleNode(RuleOperator Operator, int[] Parts, int Condition);
