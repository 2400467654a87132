using System.Numerics;

namespace Crm.Core.Benefits.Kernels;

/// <summary>Scores the rows of a block. Row i depends on row i alone, by one rounded multiplication a factor and the sum from left to right.</summary>
/// <typeparam name="T"><see cref="double"/> or <see cref="float"/>.</typeparam>
/// <returns>Whether all scores are finite and all sets exist; if not, who called looks for the rows that are at fault.</returns>
internal delegate bool ScoreKernel<T>(in ScoreBlock<T> block, WeightTable<T> weights)
    where T : unmanaged, IFloatingPointIeee754<T>;
