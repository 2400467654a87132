using System.Diagnostics.CodeAnalysis;
using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>The segments that a base shows by itself, or that it shows none: with all that was tried, and what sets each segment apart.</summary>
/// <remarks>It holds no customers, only figures of groups. Immutable and thread-safe.</remarks>
public sealed class DiscoveredSegments
{
    private const double WeakSilhouette = 0.25;
    private const int FewValues = 20;

    internal DiscoveredSegments(
        DiscoveryModel? model, IReadOnlyList<SegmentProfile> profiles, IReadOnlyList<DiscoveryCandidate> candidates,
        IReadOnlyList<DiscoveryDiagnostic> diagnostics, string why, string idPrefix, int customers, int far)
    {
        Model = model;
        Profiles = Array.AsReadOnly([.. profiles]);
        Segments = Array.AsReadOnly([.. profiles.Select(profile => profile.Segment)]);
        Candidates = Array.AsReadOnly([.. candidates]);
        Diagnostics = Array.AsReadOnly([.. diagnostics]);
        (Why, IdPrefix, Customers, FarCustomers) = (why, idPrefix, customers, far);
    }

    /// <summary>Gets the model, or null where no structure was found.</summary>
    public DiscoveryModel? Model { get; }

    /// <summary>Gets a value indicating whether there are segments.</summary>
    [MemberNotNullWhen(true, nameof(Model))]
    public bool Found => Model is not null;

    /// <summary>Gets why these were chosen, or why none were.</summary>
    public string Why { get; }

    /// <summary>Gets the segments, the greatest first: "found:1" and so on, with a name and what sets each apart in words.</summary>
    /// <remarks>The ids count within one search. Another search may find others under the same ids: give it another prefix to keep both.</remarks>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>Gets what sets each segment apart, in figures.</summary>
    public IReadOnlyList<SegmentProfile> Profiles { get; }

    /// <summary>Gets all that was tried.</summary>
    public IReadOnlyList<DiscoveryCandidate> Candidates { get; }

    /// <summary>Gets what was found wrong or noteworthy.</summary>
    public IReadOnlyList<DiscoveryDiagnostic> Diagnostics { get; }

    /// <summary>Gets how many customers were looked at.</summary>
    public int Customers { get; }

    /// <summary>Gets how many of them are themselves far from every segment; many are a sign that the segments have another shape than the model's.</summary>
    public int FarCustomers { get; }

    /// <summary>Gets what the ids of the segments begin with.</summary>
    public string IdPrefix { get; }

    /// <summary>Looks for segments.</summary>
    /// <param name="table">The customers.</param>
    /// <param name="options">How to look, and what must hold; null for the defaults.</param>
    /// <param name="progress">Told of each candidate and each split when it is done, from the thread that did it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The segments, or the finding that there are none.</returns>
    /// <remarks>
    /// The search is among <see cref="DiscoveryOptions.SearchCustomers"/> at most; from there on the cost is that of one fit, linear in customers, and
    /// of sorting each feature once. One seed gives one answer, to the bit, for any number of threads.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static DiscoveredSegments Find(
        FeatureTable table, DiscoveryOptions? options = null, IProgress<DiscoveryProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new();
        options.Check();
        List<DiscoveryDiagnostic> diagnostics = [.. table.Diagnostics];
        table = DependentFeatures.Without(table, diagnostics);
        FeatureScale[] features = [.. table.Features];
        ColumnMatrix searched = Searched(table, options, diagnostics);
        var search = new CandidateSearch(features, searched, options, progress, cancellationToken);
        Candidate[] candidates = search.Candidates();
        var choice = new CandidateChoice(candidates, options);
        search.Resample(choice.ToResample);
        OnePeakFeature[] onePeak = searched.Rows == 0 ? [] : [.. features.Select((scale, f) => OnePeakFeature.Of(scale, searched.Column(f)))];
        AddFewValues(features, onePeak, diagnostics);
        var (chosen, why) = choice.Choose(search.Margins(onePeak));
        if (chosen is null)
        {
            AddReasons(candidates, diagnostics);
            return new(null, [], Shown(candidates), diagnostics, why, options.IdPrefix, table.Count, 0);
        }

        if (chosen.Silhouette?.Mean < WeakSilhouette)
        {
            diagnostics.Add(new(DiscoveryDiagnosis.WeakStructure, false,
                FormattableString.Invariant($"The segments lie close together (silhouette {chosen.Silhouette.Value.Mean:F2})."),
                "Use the probabilities rather than the borders between segments."));
        }

        progress?.Report(new(DiscoveryStage.Describing, 0, 1));
        DiscoveryModel? model = Fitted(features, table.Standardised, chosen, search, options, diagnostics, cancellationToken);
        return model is null
            ? new(null, [], Shown(candidates), diagnostics, "Segments were found in the search, and could not be fitted to all customers.", options.IdPrefix, table.Count, 0)
            : Described(table, model, Shown(candidates), diagnostics, why, options, cancellationToken);
    }

    /// <summary>Gives the id of a segment.</summary>
    /// <param name="segment">The place of the segment, as an assignment gives it; -1 for none.</param>
    /// <returns>The id, <see cref="SegmentId.None"/> for -1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such segment.</exception>
    public SegmentId IdOf(int segment) => segment == -1 ? SegmentId.None : IdOf(IdPrefix, Guard.Row(segment, Model?.Count ?? 0));

    /// <summary>Gives the model.</summary>
    /// <returns>The model.</returns>
    /// <exception cref="DiscoveryFailedException">No structure was found; the message says why.</exception>
    public DiscoveryModel OrThrow() => Model ?? throw new DiscoveryFailedException(Why, Diagnostics);

    internal static SegmentId IdOf(string prefix, int segment) => SegmentId.Of(FormattableString.Invariant($"{prefix}:{segment + 1}"));

    private static DiscoveryCandidate[] Shown(Candidate[] candidates) => Array.ConvertAll(candidates, candidate => candidate.Shown());

    private static ColumnMatrix Searched(FeatureTable table, DiscoveryOptions options, List<DiscoveryDiagnostic> diagnostics)
    {
        if (table.Count <= options.SearchCustomers)
        {
            return table.Standardised;
        }

        diagnostics.Add(new(DiscoveryDiagnosis.ChosenOnSample, false,
            FormattableString.Invariant($"Number and kind of the segments were chosen on a sample of {options.SearchCustomers} of {table.Count} customers."),
            "A segment of a few customers in ten thousand would not show in it; search among more (SearchCustomers) to see such."));
        return table.Standardised.Take(RowSample.Of(table.Count, options.SearchCustomers, new RandomStream(options.Seed, DiscoveryPurpose.Sample, 0)));
    }

    // Segments of such a feature must be more than its values; the reader of the result should know that it has so few.
    private static void AddFewValues(FeatureScale[] features, OnePeakFeature[] onePeak, List<DiscoveryDiagnostic> diagnostics)
    {
        foreach (var (scale, feature) in features.Zip(onePeak))
        {
            if (feature.Distinct is { } distinct and <= FewValues)
            {
                diagnostics.Add(new(DiscoveryDiagnosis.FewValues, false,
                    FormattableString.Invariant($"The feature '{scale.Feature.Name}' has {distinct} different values only."),
                    "Mixtures may collapse on them; segments that are no more than those values are not counted as found. A rule says them more plainly."));
            }
        }
    }

    // Where not even one segment could be fitted the reason is worth more than a table without figures.
    private static void AddReasons(Candidate[] candidates, List<DiscoveryDiagnostic> diagnostics)
    {
        if (!candidates.Any(candidate => candidate is { Segments: 1, IsUsable: true }))
        {
            diagnostics.AddRange(candidates[0].Mixture!.Diagnostics);
        }
    }

    private static DiscoveryModel? Fitted(
        FeatureScale[] features, ColumnMatrix all, Candidate chosen, CandidateSearch search, DiscoveryOptions options, List<DiscoveryDiagnostic> diagnostics,
        CancellationToken cancellationToken)
    {
        bool isWhole = all.Rows <= options.SearchCustomers;
        if (chosen.Covariance is not { } kind)
        {
            KMeansOptions means = search.MeansOptions(chosen.Segments) with { Threads = options.Threads };
            Clusters clusters = isWhole ? chosen.Clusters!
                : Clusters.From(ClusterKernels.Best, all, [.. chosen.Clusters!.Centres], means.MaxIterations, options.Threads, cancellationToken);
            diagnostics.AddRange(ClusterSearch.CautionsOf(clusters));
            return KMeans.From(features, all, clusters, means, cancellationToken);
        }

        // The search ended at a tolerance of its own.
        MixtureSearch mixture = MixtureSearch.From(
            features, all, kind, search.MixtureOptions(chosen.Segments) with { Threads = options.Threads }, chosen.Mixture!.Components!, cancellationToken);
        diagnostics.AddRange(mixture.Diagnostics);
        return mixture.Components is null ? null : GaussianMixture.From(features, mixture.Components, kind, options.FarProbability);
    }

    private static DiscoveredSegments Described(
        FeatureTable table, DiscoveryModel model, DiscoveryCandidate[] candidates, List<DiscoveryDiagnostic> diagnostics, string why, DiscoveryOptions options,
        CancellationToken cancellationToken)
    {
        var labels = new byte[table.Count];
        var distances = new double[table.Count];
        var posterior = PosteriorPass.Run(ClusterKernels.Best, table.Standardised, model.Components, labels, distances, options.Threads, cancellationToken);
        int[] counts = posterior.Counts;

        // By how many customers each is shown with: a mixture's shares are others where its segments overlap.
        int[] order = [.. Enumerable.Range(0, counts.Length).OrderByDescending(j => counts[j])];
        if (!order.SequenceEqual(Enumerable.Range(0, counts.Length)))
        {
            model = model.InOrder(order);
            labels = Array.ConvertAll(labels, label => (byte)Array.IndexOf(order, (int)label));
            counts = Array.ConvertAll(order, j => counts[j]);
        }

        int far = distances.Count(distance => Math.Sqrt(distance) > model.FarDistance);
        SegmentProfile[] profiles = SegmentProfiler.Of(table, labels, counts, options, cancellationToken);
        return new(model, profiles, candidates, diagnostics, why, options.IdPrefix, table.Count, far);
    }
}
