using System.Runtime.Intrinsics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>How a kernel stores scores; a type, so that each loop is compiled for its own.</summary>
internal unsafe interface IStore
{
    static abstract void Store<T>(Vector512<T> scores, T* destination)
        where T : unmanaged;
}
