namespace Crm.Core.Numerics;

/// <summary>Room for the posterior probabilities of a block of rows, and for the distance of each to the nearest component.</summary>
internal sealed class PosteriorRows(int components, int width)
{
    private readonly double[] _terms = new double[components * ClusterKernel.BlockRows];
    private readonly double[] _greatest = new double[ClusterKernel.BlockRows];
    private readonly double[] _sums = new double[ClusterKernel.BlockRows];
    private readonly double[] _squared = new double[ClusterKernel.BlockRows];
    private readonly double[] _deviations = new double[(width + 1) * ClusterKernel.BlockRows];

    /// <summary>Gets the squared distance of each row to its nearest component, in deviations.</summary>
    internal double[] Distances { get; } = new double[ClusterKernel.BlockRows];

    internal void Evaluate(ClusterKernel kernel, ColumnMatrix matrix, int from, int rows, GaussianComponent[] all)
    {
        int padded = ColumnMatrix.Padded(rows);
        Array.Fill(Distances, double.PositiveInfinity);
        for (int j = 0; j < components; j++)
        {
            kernel.LogDensities(matrix, from, padded, all[j], _deviations, _terms.AsSpan(j * ClusterKernel.BlockRows, ClusterKernel.BlockRows), _squared);
            for (int i = 0; i < rows; i++)
            {
                Distances[i] = Math.Min(Distances[i], _squared[i]);
            }
        }

        kernel.Terms(_terms, components, padded, _greatest, _sums);
    }

    internal double Probability(int row, int component) => _terms[(component * ClusterKernel.BlockRows) + row] / _sums[row];

    /// <summary>The component with the greatest term, the first of equals.</summary>
    internal int MostLikely(int row)
    {
        int most = 0;
        for (int j = 1; j < components; j++)
        {
            most = _terms[(j * ClusterKernel.BlockRows) + row] > _terms[(most * ClusterKernel.BlockRows) + row] ? j : most;
        }

        return most;
    }
}
