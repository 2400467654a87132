using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Crm.Core.Numerics;

/// <summary>A table that begins on a line of the cache, and stays there: vectors that lie across two lines take twice as long to read.</summary>
/// <typeparam name="T">What it holds.</typeparam>
internal sealed class AlignedArray<T>
    where T : unmanaged
{
    internal const int Line = 64;

    private readonly T[] _array;
    private readonly int _start;

    internal unsafe AlignedArray(int length)
    {
        Length = length;
        _array = GC.AllocateArray<T>(length + (Line / sizeof(T)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _start = Skipped(address);
    }

    internal int Length { get; }

    internal Span<T> Span => _array.AsSpan(_start, Length);

    internal ref T First => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);

    internal ref T this[int index] => ref Span[index];

    /// <summary>How many entries lie before the next line.</summary>
    internal static unsafe int Skipped(nuint address) => (int)(((Line - (address % Line)) % Line) / (nuint)sizeof(T));
}
