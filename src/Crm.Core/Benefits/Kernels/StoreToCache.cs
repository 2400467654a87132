using System.Runtime.Intrinsics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Stores that leave the scores in the cache, for who reads them next.</summary>
internal readonly unsafe struct StoreToCache : IStore
{
    public static void Store<T>(Vector512<T> scores, T* destination)
        where T : unmanaged => scores.Store(destination);
}
