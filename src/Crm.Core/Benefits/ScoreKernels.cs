using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Crm.Core.Benefits;

/// <summary>The kernels of the benefit formula by name. All give the same bits.</summary>
internal static class ScoreKernels
{
    internal const string Scalar = "scalar";
    internal const string Wide128 = "vector128";
    internal const string Rows256 = "avx2";
    internal const string Permute512 = "avx512";

    /// <summary>Gets the names of the kernels this machine has, the best first.</summary>
    internal static IReadOnlyList<string> Names { get; } = [.. Available()];

    /// <summary>The best kernel for a number of sets.</summary>
    internal static ScoreKernel<T> Best<T>(int sets)
        where T : unmanaged, IFloatingPointIeee754<T> => ByName<T>(Names[sets > WeightTable<T>.Few && Names[0] == Permute512 ? 1 : 0]);

    /// <summary>A kernel by name.</summary>
    /// <exception cref="ArgumentException">There is no such kernel, or this machine cannot run it: nothing else runs in its place.</exception>
    internal static ScoreKernel<T> ByName<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"There is no kernel '{name}' on this machine. It has {string.Join(", ", Names)}.", nameof(name));
        }

        return name switch
        {
            Permute512 => PermuteKernel.Score,
            Rows256 => Avx2Kernel.Score,
            Wide128 => Vector128Kernel.Score,
            _ => ScalarKernel.Score,
        };
    }

    private static IEnumerable<string> Available()
    {
        // Sixteen sets of weights stay in registers and are looked up there: no memory but the columns is read.
        if (Avx512F.IsSupported)
        {
            yield return Permute512;
        }

        // For more sets than that, weights are read from a table in the first-level cache.
        if (Avx2.IsSupported)
        {
            yield return Rows256;
        }

        if (Vector128.IsHardwareAccelerated)
        {
            yield return Wide128;
        }

        yield return Scalar;
    }
}
