using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Whether a candidate divides the customers better than it would divide a base without segments: the same fit in draws from <see cref="OnePeakBase"/>.</summary>
/// <remarks>
/// Better is what is more likely by so much more than the likeliest base without segments. Both are worked out anew of each draw, so that it does not matter
/// how many customers a draw happens to have in a long tail.
/// </remarks>
internal sealed class OnePeakTest(
    FeatureScale[] scales, ColumnMatrix matrix, OnePeakFeature[] features, DiscoveryOptions options, CancellationToken cancellationToken)
{
    // More would show differences too small to matter, at a cost that grows with them.
    private const int MostCompared = 2_000;

    // What no better than these divides is noise, and the others need not be drawn.
    private const int First = 5;

    // What is reached by then tells enough to compare by.
    private const int Steps = 200;

    // Draws may all give the same where a feature has few values; any difference is then beyond measure.
    private const double Beyond = 1_000;

    private readonly ColumnMatrix _compared = matrix.Rows <= MostCompared ? matrix
        : matrix.Take(RowSample.Of(matrix.Rows, MostCompared, new RandomStream(options.Seed, DiscoveryPurpose.Compared, 0)));

    private OnePeakBase? _base;

    /// <summary>How far the candidate is above the mean of draws, in their standard deviations; at most 0 where one of the draws does as well.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="told">Told of each draw when it is done.</param>
    internal double Margin(Candidate candidate, Action told)
    {
        _base ??= OnePeakBase.Of(features, _compared, options.Seed);
        if (Gain(_compared, candidate, 0) is not { } own)
        {
            return -Beyond;
        }

        var gains = new double[options.NullDraws];
        int first = Math.Min(First, gains.Length);
        Draw(candidate, gains, 0, first, told);
        double margin = MarginOf(own, gains[..first]);
        if (margin > 0)
        {
            Draw(candidate, gains, first, gains.Length, told);
            margin = MarginOf(own, gains);
        }

        return margin;
    }

    private static double MarginOf(double own, double[] gains)
    {
        double mean = gains.Average();
        if (!double.IsFinite(mean))
        {
            return -Beyond;
        }

        double deviation = Math.Sqrt(gains.Sum(each => (each - mean) * (each - mean)) / (gains.Length - 1));
        double margin = own == mean ? 0 : Math.Clamp((own - mean) / deviation, -Beyond, Beyond);
        return own > gains.Max() ? margin : Math.Min(0, margin);
    }

    private void Draw(Candidate candidate, double[] gains, int from, int to, Action told) => Parallel.For(
        from, to, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, place =>
        {
            ColumnMatrix drawn = _base!.Draw(_compared.Rows, new RandomStream(options.Seed, DiscoveryPurpose.OnePeak, (ulong)place + 1));

            // Where a draw cannot be divided at all nobody knows what it would have gained.
            gains[place] = Gain(drawn, candidate, (ulong)place + 1) ?? double.PositiveInfinity;
            told();
        });

    // Of k-means the share of the squares that it explains; of a mixture how much likelier it is than one peak, in units of log-likelihood, its parameters paid for.
    private double? Gain(ColumnMatrix rows, Candidate candidate, ulong row)
    {
        ClusterSearch clusters = Starts(rows, candidate.Segments, row);
        if (candidate.Covariance is not { } kind)
        {
            return clusters.Best is { } best && Starts(rows, 1, row).Best is { Inertia: > 0 } all ? 1 - (best.Inertia / all.Inertia) : null;
        }

        // A draw may be described best by another shape than the customers are; the freest stands for it.
        double? several = Bic(rows, clusters, kind);
        if (kind != CovarianceKind.Full && Bic(rows, clusters, CovarianceKind.Full) is { } free)
        {
            several = several < free ? several : free;
        }

        double gain = (-0.5 * several ?? double.NaN) - OnePeakBase.LogLikelihoodOf(scales, rows);
        return double.IsFinite(gain) ? gain : null;
    }

    private ClusterSearch Starts(ColumnMatrix rows, int segments, ulong row) => ClusterSearch.Of(
        rows, new() { Segments = segments, Starts = segments == 1 ? 1 : options.Starts, Seed = options.Seed, MaxIterations = 100 }, null, cancellationToken, row << 16);

    private double? Bic(ColumnMatrix rows, ClusterSearch clusters, CovarianceKind kind) => clusters.Best is not { } best ? null
        : MixtureSearch.BicReached(rows, kind, new() { Segments = best.Counts.Length, MaxIterations = Steps, Tolerance = 0.1 }, clusters, cancellationToken);
}
