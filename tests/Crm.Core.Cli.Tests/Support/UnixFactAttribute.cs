namespace Crm.Core.Cli.Tests.Support;

/// <summary>A test of what only systems of the Unix family have: pipes with names, devices, signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute(bool sendsSignals = false) => Skip = Unix.Lacks(sendsSignals);
}
