using System.Runtime.Intrinsics;

namespace Crm.Core.Numerics;

/// <summary>The kernels by name, best first: the wider does more rows a step, and all give the same bits.</summary>
internal static class ClusterKernels
{
    private static readonly ClusterKernel[] _all =
    [
        new VectorClusterKernel<Vector512<double>, Lanes512<double>>(),
        new VectorClusterKernel<Vector256<double>, Lanes256<double>>(),
        new VectorClusterKernel<Vector128<double>, Lanes128<double>>(),
        new VectorClusterKernel<double, ScalarLanes>(),
    ];

    private static readonly bool[] _isSupported =
        [Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated, Vector128.IsHardwareAccelerated, true];

    /// <summary>Gets the names of those this machine has.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        Array.AsReadOnly([.. ((string[])["vector512", "vector256", "vector128", "scalar"]).Where((_, place) => _isSupported[place])]);

    /// <summary>Gets the widest.</summary>
    internal static ClusterKernel Best => ByName(Names[0]);

    internal static ClusterKernel ByName(string name) => name switch
    {
        "vector512" when _isSupported[0] => _all[0],
        "vector256" when _isSupported[1] => _all[1],
        "vector128" when _isSupported[2] => _all[2],
        "scalar" => _all[3],
        _ => throw new ArgumentException($"This machine has no kernel '{name}': it has {string.Join(", ", Names)}.", nameof(name)),
    };
}
