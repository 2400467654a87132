using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The kernels of the benefit formula by name. All give the same bits.</summary>
internal static class ScoreKernels
{
    internal const string Scalar = "scalar";
    internal const string Wide128 = "vector128";
    internal const string Wide256 = "vector256";
    internal const string Wide512 = "vector512";

    /// <summary>Gets the names of the kernels this machine has, the best first.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Available()];

    /// <summary>The best kernel for a number of sets.</summary>
    internal static ScoreKernel<T> Best<T>(int sets)
        where T : unmanaged, IFloatingPointIeee754<T> => ByName<T>(Names.First(name => HasRoom(name, sets)), sets);

    /// <summary>A kernel by name, for a number of sets.</summary>
    /// <exception cref="ArgumentException">
    /// There is no such kernel, this machine cannot run it, or it has no room for the sets: nothing else runs in its place.
    /// </exception>
    internal static ScoreKernel<T> ByName<T>(string name, int sets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"There is no kernel '{name}' on this machine. It has {string.Join(", ", Names)}.", nameof(name));
        }

        if (!HasRoom(name, sets))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The kernel '{name}' has room for {WeightTable<T>.Few} sets of weights; there are {sets}."), nameof(name));
        }

        return name switch
        {
            Wide512 => PermuteKernel.Score,
            Wide256 => Avx2Kernel.Score,
            Wide128 => Vector128Kernel.Score,
            _ => ScalarKernel.Score,
        };
    }

    /// <summary>Whether a kernel can tell so many sets apart.</summary>
    internal static bool HasRoom(string name, int sets) => name != Wide512 || sets <= WeightTable<double>.Few;

    private static IEnumerable<string> Available()
    {
        // Sixteen sets of weights stay in registers and are looked up there: no memory but the columns is read.
        if (Avx512F.IsSupported)
        {
            yield return Wide512;
        }

        // For more sets than that, weights are read from a table in the first-level cache.
        if (Avx2.IsSupported)
        {
            yield return Wide256;
        }

        if (Vector128.IsHardwareAccelerated)
        {
            yield return Wide128;
        }

        yield return Scalar;
    }
}
