using System.Runtime.InteropServices;

namespace Crm.Core.Tests.Support;

/// <summary>Memory of numbers that ends where the next page may not be touched: who reads or writes one number too many ends the process.</summary>
internal sealed unsafe partial class GuardedMemory<T> : IDisposable
    where T : unmanaged
{
    private const int Page = 4096;
    private readonly nint _start;
    private readonly nuint _length;
    private readonly int _count;

    internal GuardedMemory(int count)
    {
        nuint bytes = (nuint)count * (nuint)sizeof(T);
        nuint pages = (bytes + Page - 1) / Page * Page;
        _length = pages + Page;
        _count = count;
        _start = Native.mmap(0, _length, Native.ReadWrite, Native.PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, _start);
        Assert.Equal(0, Native.mprotect(_start + (nint)pages, Page, 0));
        First = _start + (nint)(pages - bytes);
    }

    internal static bool IsSupported => OperatingSystem.IsLinux() && Environment.SystemPageSize == Page;

    internal nint First { get; }

    internal Span<T> Span => new((void*)First, _count);

    internal static GuardedMemory<T> Of(ReadOnlySpan<T> values)
    {
        var memory = new GuardedMemory<T>(values.Length);
        values.CopyTo(memory.Span);
        return memory;
    }

    public void Dispose() => _ = Native.munmap(_start, _length);
}

/// <summary>What Linux gives for memory by pages.</summary>
internal static partial class Native
{
    internal const int ReadWrite = 3;
    internal const int PrivateAnonymous = 0x22;

    [LibraryImport("libc")]
    internal static partial nint mmap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc")]
    internal static partial int mprotect(nint address, nuint length, int protection);

    [LibraryImport("libc")]
    internal static partial int munmap(nint address, nuint length);
}
