namespace Crm.Core.Tests.Support;

/// <summary>A test that needs <see cref="SharedData"/>, and is skipped where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute() => Skip = SharedData.WhyAbsent;
}
