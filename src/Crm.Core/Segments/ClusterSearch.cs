using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>k-means from several seedings: all ends, the best of them, or why there is none.</summary>
internal sealed class ClusterSearch
{
    private ClusterSearch(IReadOnlyList<Clusters> ends, DiscoveryDiagnostic? whyNot)
    {
        Ends = ends;
        WhyNot = whyNot;
        Best = ends.Count == 0 ? null : ends.MinBy(end => end.Inertia);
    }

    internal IReadOnlyList<Clusters> Ends { get; }

    internal Clusters? Best { get; }

    internal DiscoveryDiagnostic? WhyNot { get; }

    internal IEnumerable<DiscoveryDiagnostic> Cautions => Best is { } best ? CautionsOf(best) : [];

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
            return new([], tooFew);
        }

        ClusterKernel kernel = options.Kernel is { } name ? ClusterKernels.ByName(name) : ClusterKernels.Best;
        var ends = new List<Clusters>();
        for (int start = 0; start < options.Starts; start++)
        {
            var random = new RandomStream(options.Seed, DiscoveryPurpose.Seeds, (row << 32) + (ulong)start);
            if (Clusters.From(kernel, matrix, options.Segments, random, options.MaxIterations, options.Threads, cancellationToken) is not { } end)
            {
                return new([], FewDistinct(options.Segments));
            }

            ends.Add(end);
            progress?.Report(new(DiscoveryStage.Fitting, start + 1, options.Starts));
        }

        return new(ends, null);
    }

    /// <summary>What keeps rows from being cut into so many segments, before any are looked for.</summary>
    internal static DiscoveryDiagnostic? WhyNotOf(ColumnMatrix matrix, int segments) => matrix.Rows < segments || matrix.Rows == 0
        ? new(DiscoveryDiagnosis.TooFewCustomers, true,
            FormattableString.Invariant($"There {Plural.Of(matrix.Rows, "is", "are")} {matrix.Rows} {Plural.Of(matrix.Rows, "customer")} for {segments} {Plural.Of(segments, "segment")}."),
            "Use more customers or fewer segments.")
        : matrix.Width == 0 ? FewDistinct(segments) : null;

    private static DiscoveryDiagnostic FewDistinct(int segments) => new(
        DiscoveryDiagnosis.FewDistinctCustomers, true,
        segments == 1 ? "All customers are the same in every feature."
            : FormattableString.Invariant($"Customers differ in fewer ways than there are to be segments ({segments}): too many are the same in every feature."),
        "Use features in which customers differ, or fewer segments.");
}
