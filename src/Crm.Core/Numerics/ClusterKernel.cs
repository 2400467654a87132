namespace Crm.Core.Numerics;

/// <summary>What clustering does with a block of rows, at most <see cref="BlockRows"/>. Every kernel gives the same bits.</summary>
/// <remarks>
/// Rows are handed over in whole steps of <see cref="ColumnMatrix.Step"/>; what stands in the padding is worked out and means nothing. Row i
/// of a block adds to lane i mod 8 of a sum.
/// </remarks>
internal abstract class ClusterKernel
{
    /// <summary>The rows whose scratch stays in the nearest cache.</summary>
    internal const int BlockRows = 256;

    /// <summary>For each row the squared distance to the nearest of some centres, and which it is: the first of equally near ones.</summary>
    internal abstract void Nearest(ColumnMatrix matrix, int from, int rows, ReadOnlySpan<double> centres, Span<double> distance, Span<double> nearest);

    /// <summary>For each row the logarithm of weight times density, and the squared distance in deviations.</summary>
    internal abstract void LogDensities(
        ColumnMatrix matrix, int from, int rows, GaussianComponent component, Span<double> deviations, Span<double> logs, Span<double> distance);

    /// <summary>Turns the logarithms of all components, <see cref="BlockRows"/> apart, into terms e^(log − greatest), with the greatest and the sum of each row.</summary>
    internal abstract void Terms(Span<double> logs, int components, int rows, Span<double> greatest, Span<double> sums);

    /// <summary>
    /// Weighs each row by term times inverse sum, and adds to <paramref name="lanes"/>, 8 a number: the weights, weight × deviation of each
    /// column, weight × deviation × deviation of each pair of columns (row by row to the diagonal), or of each with itself.
    /// </summary>
    internal abstract void AddMoments(
        ColumnMatrix matrix, int from, int rows, GaussianComponent component, Span<double> terms, ReadOnlySpan<double> inverseSums, Span<double> deviations, Span<double> lanes);

    /// <summary>How many numbers <see cref="AddMoments"/> adds.</summary>
    internal static int Moments(int width, bool isFull) => 1 + width + (isFull ? width * (width + 1) / 2 : width);
}
