using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Stores that pass the cache, for more scores than it holds: memory need not be read before it is written.</summary>
internal readonly unsafe struct StorePastCache : IStore
{
    public static void Store<T>(Vector512<T> scores, T* destination)
        where T : unmanaged => scores.StoreAlignedNonTemporal(destination);

    /// <summary>How many rows come before the first aligned place, of all rows there are.</summary>
    internal static int RowsBefore<T>(T* scores, int alignment, int rows)
        where T : unmanaged
    {
        nuint beyond = (nuint)scores % (nuint)alignment;
        return beyond == 0 ? 0 : Math.Min(rows, (int)(((nuint)alignment - beyond) / (nuint)sizeof(T)));
    }

    /// <summary>Makes what was stored visible to other threads.</summary>
    internal static void Finish()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
