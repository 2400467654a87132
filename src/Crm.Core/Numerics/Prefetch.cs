using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Numerics;

/// <summary>Asks the machine for a place in memory before it is needed. A hint: it reads nothing, and an address that has moved meanwhile does no harm.</summary>
internal static class Prefetch
{
    /// <summary>Asks for a place.</summary>
    internal static unsafe void Of<T>(ref T place)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
        }
    }

    /// <summary>Asks for the object that a place of one reference points to.</summary>
    internal static unsafe void Referenced<T>(ref T place)
        where T : struct
    {
        if (Sse.IsSupported && Unsafe.SizeOf<T>() == sizeof(nint))
        {
            Sse.Prefetch0((void*)Unsafe.As<T, nint>(ref place));
        }
    }
}
