namespace Crm.Core.Segments;

/// <summary>What a node of a program does.</summary>
internal enum RuleOperator
{
    Condition,
    All,
    Any,
    Not,
}
