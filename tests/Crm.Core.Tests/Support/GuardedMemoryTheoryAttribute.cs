namespace Crm.Core.Tests.Support;

/// <summary>A test on memory that ends at a page nobody may touch, skipped where a machine gives none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GuardedMemoryTheoryAttribute : TheoryAttribute
{
    public GuardedMemoryTheoryAttribute() =>
        Skip = GuardedMemory<byte>.IsSupported ? null : "Memory by pages is asked of Linux, in pages of 4,096 bytes.";
}
