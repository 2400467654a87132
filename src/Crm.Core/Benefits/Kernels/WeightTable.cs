using System.Numerics;
using System.Runtime.InteropServices;

namespace Crm.Core.Benefits.Kernels;

/// <summary>The weights of all sets as the kernels read them.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <remarks>
/// There is a row for every value a byte can have; those of sets that do not exist are NaN, so that a wrong set makes a score that is no
/// number, in the same pass and at no cost. Immutable and thread-safe.
/// </remarks>
internal sealed class WeightTable<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>How far the rows of two sets lie apart in <see cref="BySet"/>: five weights, filled up to a power of two.</summary>
    internal const int Stride = 8;

    /// <summary>How many sets <see cref="ByFactor"/> has room for.</summary>
    internal const int Few = 16;

    private const int BytesValues = 256;

    internal WeightTable(ReadOnlySpan<BenefitWeights> sets)
    {
        Count = sets.Length;
        BySet = new T[Math.Max(BytesValues, sets.Length + 1) * Stride];
        ByFactor = new T[FactorNames.All.Length * Few];
        Array.Fill(BySet, T.NaN);
        Array.Fill(ByFactor, T.NaN);
        for (int set = 0; set < sets.Length; set++)
        {
            foreach (BenefitFactor factor in FactorNames.All)
            {
                T weight = T.CreateSaturating(sets[set][factor]);
                BySet[(set * Stride) + (int)factor] = weight;
                if (set < Few)
                {
                    ByFactor[((int)factor * Few) + set] = weight;
                }
            }
        }
    }

    /// <summary>Gets the number of sets.</summary>
    internal int Count { get; }

    /// <summary>Gets the five weights of each set side by side.</summary>
    internal T[] BySet { get; }

    /// <summary>Gets the first sets factor by factor, as they lie in registers.</summary>
    internal T[] ByFactor { get; }

    internal ReadOnlySpan<T> Of(int set) => MemoryMarshal.CreateReadOnlySpan(ref BySet[set * Stride], Stride);
}
