using System.Numerics;
using System.Runtime.Intrinsics;
using Crm.Core.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The kernels by name, best first: the wider does more offers a step, and all give the same bits.</summary>
internal static class RankKernels
{
    private static readonly RankKernel<double>[] _ofDouble = All<double>();
    private static readonly RankKernel<float>[] _ofFloat = All<float>();

    /// <summary>Gets the names of all, also of those this machine has not.</summary>
    internal static IReadOnlyList<string> Names { get; } = Array.AsReadOnly(["vector512", "vector256", "vector128", "scalar"]);

    /// <summary>Whether this machine has the kernel.</summary>
    internal static bool IsSupported(string name) => name switch
    {
        "vector512" => Vector512.IsHardwareAccelerated,
        "vector256" => Vector256.IsHardwareAccelerated,
        "vector128" => Vector128.IsHardwareAccelerated,
        _ => name == "scalar",
    };

    /// <summary>The kernel of a name, or the best for null.</summary>
    /// <exception cref="ArgumentException">There is no such kernel, or this machine has not got it.</exception>
    internal static RankKernel<T> ByName<T>(string? name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = name is null ? Best() : IndexOf(name);

        return index < 0 ? throw new ArgumentException($"There is no kernel '{name}': it is one of {string.Join(", ", Names)}.", nameof(name))
            : !IsSupported(Names[index]) ? throw new ArgumentException($"This machine has no kernel '{name}'.", nameof(name))
            : typeof(T) == typeof(double) ? (RankKernel<T>)(object)_ofDouble[index] : (RankKernel<T>)(object)_ofFloat[index];
    }

    private static int Best()
    {
        int index = 0;
        while (!IsSupported(Names[index]))
        {
            index++;
        }

        return index;
    }

    private static int IndexOf(string name)
    {
        int index = Names.Count - 1;
        while (index >= 0 && Names[index] != name)
        {
            index--;
        }

        return index;
    }

    private static RankKernel<T>[] All<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        new VectorRankKernel<T, Vector512<T>, Lanes512<T>, Vector512<double>, Lanes512<double>>(),
        new VectorRankKernel<T, Vector256<T>, Lanes256<T>, Vector256<double>, Lanes256<double>>(),
        new VectorRankKernel<T, Vector128<T>, Lanes128<T>, Vector128<double>, Lanes128<double>>(),
        new ScalarRankKernel<T>(),
    ];
}
