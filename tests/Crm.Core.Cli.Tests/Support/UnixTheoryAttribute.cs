namespace Crm.Core.Cli.Tests.Support;

/// <summary>A theory of what only systems of the Unix family have: pipes with names, devices, signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute(bool sendsSignals = false) => Skip = Unix.Lacks(sendsSignals);
}
