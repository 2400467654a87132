namespace Crm.Core.Tests.Support;

/// <summary>A theory that needs <see cref="SharedData"/>, and is skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute() => Skip = SharedData.WhyAbsent;
}
