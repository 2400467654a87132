using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crm.Core.Numerics;

/// <summary>∫ f(v) dv from 0 for a positive function with a concave logarithm that is largest near 0, or rises from there slowly.</summary>
/// <remarks>
/// Gauss-Legendre with 24 nodes a panel. A panel is no longer than <see cref="LongestPanel"/>, where functions of e^v with a
/// singularity at distance π still converge to the last digit, and no longer than it takes ln f to change by
/// <see cref="DeepestHalf"/> in either half of it. Once a panel adds nothing, concavity says that no later one will.
/// </remarks>
internal static class PanelIntegral
{
    private const double LongestPanel = 4;
    private const double DeepestHalf = 12;
    private const double Negligible = 1e-18;

    // No width of a function here comes near this; a half panel of it would no longer move on.
    private const double Shortest = 1e-290;

    /// <summary>Integrates over [0, length].</summary>
    internal static double Of<TIntegrand>(double length, ref TIntegrand integrand)
        where TIntegrand : struct, IPanelIntegrand
    {
        ReadOnlySpan<Vector256<double>> nodes = MemoryMarshal.Cast<double, Vector256<double>>(GaussLegendre.Nodes);
        ReadOnlySpan<Vector256<double>> weights = MemoryMarshal.Cast<double, Vector256<double>>(GaussLegendre.Weights);
        Debug.Assert(nodes.Length * Vector256<double>.Count == GaussLegendre.Nodes.Length, "No node is left over.");
        double total = 0;
        double from = 0;
        bool last = length <= 0;
        while (!last)
        {
            double half = HalfPanel(from, length - from, ref integrand);
            last = 2 * half >= length - from || half < Shortest;
            Vector256<double> middle = Vector256.Create(from + half);
            Vector256<double> width = Vector256.Create(half);
            Vector256<double> sums = Vector256<double>.Zero;
            for (int i = 0; i < nodes.Length; i++)
            {
                Vector256<double> parts = width * weights[i] * ElementaryVectors.Exp(integrand.Log(middle + (width * nodes[i])));
                integrand.Gather(parts);
                sums += parts;
            }

            double added = ElementaryVectors.Sum(sums);
            total += added;

            // At most, not below: what underflows to 0 adds nothing either. And no panel may be too short to move on.
            double next = from + (2 * half);
            last |= added <= Negligible * total || next == from;
            from = next;
        }

        return total;
    }

    private static double HalfPanel<TIntegrand>(double from, double left, ref TIntegrand integrand)
        where TIntegrand : struct, IPanelIntegrand
    {
        double half = 0.5 * Math.Min(LongestPanel, left);
        while (true)
        {
            Vector256<double> logs = integrand.Log(Vector256.Create(from, from + half, from + (2 * half), from));

            // Written so that what is no number ends the search: it then shows in the integral.
            bool isTooDeep = Math.Abs(logs[1] - logs[0]) > DeepestHalf || Math.Abs(logs[2] - logs[1]) > DeepestHalf;
            if (!isTooDeep || half < Shortest)
            {
                return half;
            }

            half *= 0.5;
        }
    }
}
