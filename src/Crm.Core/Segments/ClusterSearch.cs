using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>k-means from several seedings: all ends, the best of them, or why there is none.</summary>
internal sealed class ClusterSearch
{
    private readonly ColumnMatrix _matrix;
    private readonly KMeansOptions _options;
    private readonly ulong _row;
    private IReadOnlyList<Clusters>? _oblique;

    private ClusterSearch(ColumnMatrix matrix, KMeansOptions options, ulong row, IReadOnlyList<Clusters> ends, DiscoveryDiagnostic? whyNot)
    {
        (_matrix, _options, _row) = (matrix, options, row);
        Ends = ends;
        WhyNot = whyNot;
        Best = ends.Count == 0 ? null : ends.MinBy(end => end.Inertia);
    }

    internal IReadOnlyList<Clusters> Ends { get; }

    internal Clusters? Best { get; }

    internal DiscoveryDiagnostic? WhyNot { get; }

    internal IEnumerable<DiscoveryDiagnostic> Cautions => Best is { } best ? CautionsOf(best) : [];

    /// <summary>The ends of as many starts by Mahalanobis' distance of all rows, with their centres among the rows as they are.</summary>
    /// <remarks>Segments that lie side by side and aslant are far apart by that distance only; by the plain one k-means cuts across all of them.</remarks>
    internal IReadOnlyList<Clusters> ObliqueEnds(CancellationToken cancellationToken) => _oblique ??=
        _matrix.Width == 1 || _options.Segments == 1 || ColumnCovariances.Whitened(_matrix) is not { } whitened ? []
        : [.. EndsOf(whitened, _options, DiscoveryPurpose.ObliqueSeeds, _row, null, cancellationToken).Select(end => end.Among(_matrix))];

    internal static IEnumerable<DiscoveryDiagnostic> CautionsOf(Clusters end)
    {
        if (end.Moving > 0)
        {
            yield return new(DiscoveryDiagnosis.NotConverged, false,
                FormattableString.Invariant($"The passes allowed ({end.Iterations}) were used up while {end.Moving} {Plural.Of(end.Moving, "customer")} still changed segments."),
                "Allow more passes (MaxIterations), or take the borders of the segments for rough.");
        }
    }

    internal static ClusterSearch Of(
        ColumnMatrix matrix, KMeansOptions options, IProgress<DiscoveryProgress>? progress, CancellationToken cancellationToken, ulong row = 0)
    {
        if (WhyNotOf(matrix, options.Segments) is { } tooFew)
        {
            return new(matrix, options, row, [], tooFew);
        }

        List<Clusters> ends = EndsOf(matrix, options, DiscoveryPurpose.Seeds, row, progress, cancellationToken);
        return ends.Count == 0 ? new(matrix, options, row, [], FewDistinct(options.Segments)) : new(matrix, options, row, ends, null);
    }

    /// <summary>What keeps rows from being cut into so many segments, before any are looked for.</summary>
    internal static DiscoveryDiagnostic? WhyNotOf(ColumnMatrix matrix, int segments) => matrix.Rows < segments || matrix.Rows == 0
        ? new(DiscoveryDiagnosis.TooFewCustomers, true,
            FormattableString.Invariant($"There {Plural.Of(matrix.Rows, "is", "are")} {matrix.Rows} {Plural.Of(matrix.Rows, "customer")} for {segments} {Plural.Of(segments, "segment")}."),
            "Use more customers or fewer segments.")
        : matrix.Width == 0 ? FewDistinct(segments) : null;

    // None where rows differ in fewer ways than there are to be clusters.
    private static List<Clusters> EndsOf(
        ColumnMatrix matrix, KMeansOptions options, uint purpose, ulong row, IProgress<DiscoveryProgress>? progress, CancellationToken cancellationToken)
    {
        ClusterKernel kernel = options.Kernel is { } name ? ClusterKernels.ByName(name) : ClusterKernels.Best;
        var ends = new List<Clusters>();
        for (int start = 0; start < options.Starts; start++)
        {
            var random = new RandomStream(options.Seed, purpose, (row << 32) + (ulong)start);
            if (Clusters.From(kernel, matrix, options.Segments, random, options.MaxIterations, options.Threads, cancellationToken) is not { } end)
            {
                return [];
            }

            ends.Add(end);
            progress?.Report(new(DiscoveryStage.Fitting, start + 1, options.Starts));
        }

        return ends;
    }

    private static DiscoveryDiagnostic FewDistinct(int segments) => new(
        DiscoveryDiagnosis.FewDistinctCustomers, true,
        segments == 1 ? "All customers are the same in every feature."
            : FormattableString.Invariant($"Customers differ in fewer ways than there are to be segments ({segments}): too many are the same in every feature."),
        "Use features in which customers differ, or fewer segments.");
}
