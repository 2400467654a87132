using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using Crm.Core.Interactions;

namespace Crm.Core.Hosting;

/// <summary>
/// Asks the processor to bring interactions near before they are needed: they lie anywhere in memory, and waiting for one after another takes
/// longer than what is done with them (<c>ProfileBenchmarks</c>).
/// </summary>
/// <remarks>A hint only: where the processor has no such instruction nothing happens, and no result depends on it.</remarks>
internal static class Nearby
{
    /// <summary>How many interactions ahead one is asked for.</summary>
    internal const int Ahead = 12;

    /// <summary>How many ahead its detail is, which is found through it.</summary>
    internal const int DetailAhead = 5;

    private const int Line = 64;
    private const int LinesOfInteraction = 4;

    /// <summary>Brings an interaction near.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Bring(Interaction interaction)
    {
        if (Sse.IsSupported)
        {
            Bring(interaction, LinesOfInteraction);
        }
    }

    /// <summary>Brings the detail of an interaction near that is near itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void BringDetail(Interaction interaction)
    {
        if (Sse.IsSupported)
        {
            Bring(interaction.Detail, 1);
        }
    }

    // The object may move meanwhile: then another line comes near, and that is all.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Bring(object item, int lines)
    {
        byte* address = (byte*)Unsafe.As<object, nint>(ref item);
        for (int line = 0; line < lines; line++)
        {
            Sse.Prefetch0(address + (line * Line));
        }
    }
}
