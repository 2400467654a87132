using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>A mixture of one shape, climbed to from the ends of k-means: the components with their figures, or why there are none.</summary>
internal sealed class MixtureSearch
{
    // What the starts climb before they are compared: most of the way, at a fraction of the cost.
    private const int FirstSteps = 20;

    // Of standardised features the eigenvalues of the correlations add up to their number.
    private const double LeastEigenvalue = 1e-8;

    // A feature belongs to a direction from this share of its largest part on.
    private const double Belonging = 0.3;

    private MixtureSearch(IReadOnlyList<DiscoveryDiagnostic> diagnostics) => Diagnostics = diagnostics;

    internal GaussianComponent[]? Components { get; private init; }

    internal DiscoveryStatistics? Statistics { get; private init; }

    internal IReadOnlyList<DiscoveryDiagnostic> Diagnostics { get; }

    /// <summary>Gets the most likely segment of each row.</summary>
    internal byte[] Labels { get; private init; } = [];

    internal int[] Counts { get; private init; } = [];

    /// <summary>Gets a value indicating whether the likelihood hangs on the floor of the variances.</summary>
    internal bool IsCollapsed => WhyCollapsed is not null;

    /// <summary>Gets what the first segment that reached the floor did, in words; null where none did.</summary>
    internal string? WhyCollapsed { get; private init; }

    /// <summary>Gets the log-likelihood of every step of the start that went on.</summary>
    internal IReadOnlyList<double> LogLikelihoods { get; private init; } = [];

    internal static MixtureSearch Of(
        IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, CovarianceKind kind, GaussianMixtureOptions options, ClusterSearch clusters,
        CancellationToken cancellationToken)
    {
        if ((clusters.WhyNot ?? WhyNot(features, matrix, kind, options)) is { } whyNot)
        {
            return new([whyNot]);
        }

        ClusterKernel kernel = options.Kernel is { } name ? ClusterKernels.ByName(name) : ClusterKernels.Best;
        Mixture? best = Started(matrix, kernel, kind, options, clusters, cancellationToken);
        return Climbed(features, matrix, kernel, best, kind, options, cancellationToken);
    }

    /// <summary>The BIC that is reached in the steps allowed, at the end of the climb or not; null where a segment collapsed or got lost.</summary>
    internal static double? BicReached(
        ColumnMatrix matrix, CovarianceKind kind, GaussianMixtureOptions options, ClusterSearch clusters, CancellationToken cancellationToken)
    {
        int parameters = ParameterCount(matrix.Width, options.Segments, kind);
        Mixture? best = matrix.Rows <= parameters ? null : Started(matrix, ClusterKernels.Best, kind, options, clusters, cancellationToken);
        best?.Climb(options.MaxIterations - best.LogLikelihoods.Count, options.Tolerance, cancellationToken);
        return best is null or { HasEmpty: true } || best.Collapsed().Any() ? null : (parameters * Math.Log(matrix.Rows)) - (2 * best.LogLikelihood);
    }

    /// <summary>Goes on from components that were found among some of the rows.</summary>
    internal static MixtureSearch From(
        IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, CovarianceKind kind, GaussianMixtureOptions options, GaussianComponent[] components,
        CancellationToken cancellationToken)
    {
        var mixture = new Mixture(ClusterKernels.Best, matrix, (CovarianceShape)kind, options.MinVariance, options.Threads, components);
        return Climbed(features, matrix, ClusterKernels.Best, mixture, kind, options, cancellationToken);
    }

    // The most likely after a few steps goes on. One that collapsed has a likelihood without meaning and goes on only where all did.
    private static Mixture? Started(
        ColumnMatrix matrix, ClusterKernel kernel, CovarianceKind kind, GaussianMixtureOptions options, ClusterSearch clusters, CancellationToken cancellationToken)
    {
        Mixture? best = null;
        bool isBestCollapsed = true;
        IEnumerable<Clusters> starts = kind == CovarianceKind.Full ? clusters.Ends.Concat(clusters.ObliqueEnds(cancellationToken)) : clusters.Ends;
        foreach (Clusters start in starts)
        {
            var mixture = Mixture.Of(kernel, matrix, start, (CovarianceShape)kind, options.MinVariance, options.Threads, cancellationToken);
            mixture?.Climb(Math.Min(FirstSteps, options.MaxIterations), options.Tolerance, cancellationToken);
            if (mixture is null or { HasEmpty: true })
            {
                continue;
            }

            bool isCollapsed = mixture.Collapsed().Any();
            if (best is null || (isCollapsed == isBestCollapsed ? mixture.LogLikelihood > best.LogLikelihood : isBestCollapsed))
            {
                (best, isBestCollapsed) = (mixture, isCollapsed);
            }
        }

        return best;
    }

    private static MixtureSearch Climbed(
        IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, ClusterKernel kernel, Mixture? best, CovarianceKind kind, GaussianMixtureOptions options,
        CancellationToken cancellationToken)
    {
        best?.Climb(options.MaxIterations - best.LogLikelihoods.Count, options.Tolerance, cancellationToken);
        return best is null or { HasEmpty: true } ? new([Empty(options.Segments)])
            : !best.HasConverged ? new([NotConverged(best)])
            : Ended(features, matrix, kernel, best, kind, options, cancellationToken);
    }

    private static MixtureSearch Ended(
        IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, ClusterKernel kernel, Mixture best, CovarianceKind kind, GaussianMixtureOptions options,
        CancellationToken cancellationToken)
    {
        best.Sort();
        var labels = new byte[matrix.Rows];
        var last = MixturePass.Run(kernel, matrix, best.Components, null, options.Threads, cancellationToken);
        var posterior = PosteriorPass.Run(kernel, matrix, best.Components, labels, [], options.Threads, cancellationToken);
        if (Array.Exists(posterior.Counts, count => count == 0))
        {
            return new([Empty(options.Segments)]);
        }

        DiscoveryDiagnostic[] collapsed = [.. best.Collapsed().Select(found => Collapsed(features, found.Component, found.Direction, options.MinVariance))];
        return new(collapsed)
        {
            Components = best.Components,
            Statistics = new()
            {
                Customers = matrix.Rows,
                Iterations = best.LogLikelihoods.Count,
                LogLikelihood = last.LogLikelihood,
                Parameters = ParameterCount(matrix.Width, options.Segments, kind),
                Certainty = posterior.Right / matrix.Rows,
            },
            Labels = labels,
            Counts = posterior.Counts,
            WhyCollapsed = Why(features, matrix, best, labels),
            LogLikelihoods = best.LogLikelihoods,
        };
    }

    internal static int ParameterCount(int width, int segments, CovarianceKind kind) => (segments - 1) + (segments * width) + (segments * kind switch
    {
        CovarianceKind.Spherical => 1,
        CovarianceKind.Diagonal => width,
        _ => width * (width + 1) / 2,
    });

    private static DiscoveryDiagnostic? WhyNot(IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, CovarianceKind kind, GaussianMixtureOptions options)
    {
        int parameters = ParameterCount(matrix.Width, options.Segments, kind);
        return matrix.Rows <= parameters
            ? new(DiscoveryDiagnosis.TooFewCustomers, true,
                FormattableString.Invariant($"There are {matrix.Rows} {Plural.Of(matrix.Rows, "customer")} for {parameters} parameters."),
                "Use more customers, fewer segments or features, or a simpler covariance.")
            : kind == CovarianceKind.Full ? Collinear(features, matrix) : null;
    }

    private static DiscoveryDiagnostic? Collinear(IReadOnlyList<FeatureScale> features, ColumnMatrix matrix)
    {
        int width = matrix.Width;
        var (values, vectors) = SymmetricEigen.Of(ColumnCovariances.Of(matrix));
        int least = Array.IndexOf(values, values.Min());
        if (values[least] > LeastEigenvalue)
        {
            return null;
        }

        var direction = new double[width];
        for (int f = 0; f < width; f++)
        {
            direction[f] = vectors[f, least];
        }

        return new(DiscoveryDiagnosis.CollinearFeatures, true,
            $"The features {Named(features, direction)} say one thing: each follows from the others.",
            "Leave one of them out, or use a spherical or diagonal covariance.");
    }

    private static DiscoveryDiagnostic Collapsed(IReadOnlyList<FeatureScale> features, int segment, double[] direction, double floor) => new(
        DiscoveryDiagnosis.CollapsedSegment, false,
        FormattableString.Invariant($"Segment {segment + 1} is flat in {Named(features, direction)}: its customers hardly differ there, and its variance was kept at {floor}."),
        "The likelihood and BIC then depend on that floor. Use a simpler covariance, leave out what many customers have the same value of, or use k-means.");

    // Many customers with one value are another finding than a few who happen to lie on a line.
    private static string? Why(IReadOnlyList<FeatureScale> features, ColumnMatrix matrix, Mixture mixture, byte[] labels)
    {
        foreach (var (component, direction) in mixture.Collapsed())
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == component)];
            int[] flat = [.. Belongs(direction)];
            return flat is [int only] && rows.Length > 1 && Array.TrueForAll(rows, row => matrix[row, only] == matrix[rows[0], only])
                ? "a segment collapsed on one value"
                : FormattableString.Invariant($"a segment of {rows.Length} {Plural.Of(rows.Length, "customer")} collapsed: it is flat in {Named(features, direction)}");
        }

        return null;
    }

    private static DiscoveryDiagnostic Empty(int segments) => new(
        DiscoveryDiagnosis.EmptySegment, true,
        FormattableString.Invariant($"Of {segments} segments one is nobody's most likely one."), "Use fewer segments.");

    private static DiscoveryDiagnostic NotConverged(Mixture mixture) => new(
        DiscoveryDiagnosis.NotConverged, true,
        FormattableString.Invariant($"After {mixture.LogLikelihoods.Count} steps the likelihood still rose."),
        "Use fewer segments or a simpler covariance; or allow more steps (MaxIterations) or a greater tolerance.");

    private static string Named(IReadOnlyList<FeatureScale> features, double[] direction)
    {
        return string.Join(" and ", Belongs(direction).Select(f => $"'{features[f].Feature.Name}'"));
    }

    private static IEnumerable<int> Belongs(double[] direction)
    {
        double largest = direction.Max(Math.Abs);
        return Enumerable.Range(0, direction.Length).Where(f => Math.Abs(direction[f]) > Belonging * largest);
    }
}
