using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Tries numbers and kinds of segments among the customers searched, and works out the figures they are judged by.</summary>
internal sealed class CandidateSearch(
    FeatureScale[] features, ColumnMatrix matrix, DiscoveryOptions options, IProgress<DiscoveryProgress>? progress, CancellationToken cancellationToken)
{
    // Fits in halves start less often: a start that misses shows as a lack of stability, which it then is.
    private const int StartsInHalves = 5;
    private const int MostLookedAt = 1_000;

    private static readonly CovarianceKind[] _kinds = [CovarianceKind.Spherical, CovarianceKind.Diagonal, CovarianceKind.Full];

    private int _done;

    /// <summary>All candidates: one segment first, then by their number, k-means before the mixtures.</summary>
    internal Candidate[] Candidates()
    {
        int[] numbers = [1, .. Enumerable.Range(options.MinSegments, options.MaxSegments - options.MinSegments + 1)];
        var found = new Candidate[numbers.Length][];
        ForEach(DiscoveryStage.Searching, numbers.Length, place => found[place] = Fitted(numbers[place]));
        Candidate[] all = [.. found.SelectMany(each => each)];
        LookAt([.. all.Where(candidate => candidate is { IsUsable: true, Segments: > 1 })]);
        return all;
    }

    /// <summary>Fits each candidate in both halves of several splits, and compares where the two put all customers.</summary>
    internal void Resample(Candidate[] candidates)
    {
        var agreements = new double[candidates.Length][];
        for (int c = 0; c < candidates.Length; c++)
        {
            agreements[c] = new double[options.Splits];
        }

        ForEach(DiscoveryStage.Resampling, options.Splits, split =>
        {
            var (first, second) = RowSample.Halves(matrix.Rows, new RandomStream(options.Seed, DiscoveryPurpose.Halves, (ulong)split));
            ColumnMatrix[] halves = [matrix.Take(first), matrix.Take(second)];
            foreach (int segments in candidates.Select(candidate => candidate.Segments).Distinct())
            {
                ClusterSearch[] clusters = [.. halves.Select((half, place) => ClusterSearch.Of(
                    half, MeansOptions(segments) with { Starts = StartsInHalves }, null, cancellationToken, (ulong)((2 * split) + place + 1)))];
                foreach (var (c, candidate) in candidates.Index().Where(each => each.Item.Segments == segments))
                {
                    byte[]?[] labels = [.. halves.Select((half, place) => LabelsFrom(half, clusters[place], candidate))];
                    agreements[c][split] = labels is [{ } one, { } other] ? AdjustedRand.Of(one, other) : 0;
                }
            }
        });
        for (int c = 0; c < candidates.Length; c++)
        {
            double mean = agreements[c].Average();
            candidates[c].Stability = (mean, Math.Sqrt(agreements[c].Sum(each => (each - mean) * (each - mean)) / (options.Splits - 1)));
        }
    }

    /// <summary>How much better than bases without segments each candidate divides the customers; null where that is not asked for.</summary>
    internal Func<Candidate, double>? Margins(OnePeakFeature[] onePeak)
    {
        if (options.NullDraws == 0)
        {
            return null;
        }

        var test = new OnePeakTest(features, matrix, onePeak, options, cancellationToken);
        return candidate =>
        {
            _done = 0;
            return test.Margin(candidate, () => progress?.Report(new(DiscoveryStage.Comparing, Interlocked.Increment(ref _done), options.NullDraws)));
        };
    }

    internal KMeansOptions MeansOptions(int segments) =>
        new() { Segments = segments, Starts = segments == 1 ? 1 : options.Starts, Seed = options.Seed, FarProbability = options.FarProbability };

    internal GaussianMixtureOptions MixtureOptions(int segments) =>
        new() { Segments = segments, Starts = options.Starts, Seed = options.Seed, FarProbability = options.FarProbability };

    // A tenth of a unit of log-likelihood decides nothing; mixtures of too many segments climb for ever towards fewer.
    private GaussianMixtureOptions SearchOptions(int segments) => MixtureOptions(segments) with { Tolerance = 0.1, MaxIterations = 500 };

    private Candidate[] Fitted(int segments)
    {
        ClusterSearch clusters = ClusterSearch.Of(matrix, MeansOptions(segments), null, cancellationToken);
        IEnumerable<Candidate> mixtures = _kinds.Select(kind =>
        {
            MixtureSearch mixture = MixtureSearch.Of(features, matrix, kind, SearchOptions(segments), clusters, cancellationToken);
            return new Candidate
            {
                Segments = segments,
                Covariance = kind,
                Mixture = mixture,
                Failure = mixture.Components is null ? mixture.Diagnostics[^1].Message : null,
            };
        });
        Candidate means = new() { Segments = segments, Clusters = clusters.Best, Failure = clusters.WhyNot?.Message };
        return segments == 1 ? [.. mixtures] : [means, .. mixtures];
    }

    private void LookAt(Candidate[] candidates)
    {
        if (candidates.Length == 0)
        {
            return;
        }

        int[] looked = matrix.Rows <= options.SilhouetteCustomers
            ? [.. Enumerable.Range(0, matrix.Rows)]
            : RowSample.Of(matrix.Rows, Math.Min(MostLookedAt, options.SilhouetteCustomers), new RandomStream(options.Seed, DiscoveryPurpose.Silhouette, 0));
        (double Mean, double StandardError)[] means = Silhouettes.Of(
            matrix, looked, Array.ConvertAll(candidates, each => each.Labels), Array.ConvertAll(candidates, each => each.Counts), options.Threads, cancellationToken);
        for (int c = 0; c < candidates.Length; c++)
        {
            candidates[c].Silhouette = means[c];
        }
    }

    private byte[]? LabelsFrom(ColumnMatrix half, ClusterSearch clusters, Candidate candidate)
    {
        var labels = new byte[matrix.Rows];
        if (candidate.Covariance is { } kind)
        {
            MixtureSearch mixture = MixtureSearch.Of(
                features, half, kind, SearchOptions(candidate.Segments), clusters, cancellationToken);
            if (mixture.Components is null)
            {
                return null;
            }

            PosteriorPass.Run(ClusterKernels.Best, matrix, mixture.Components, labels, [], 1, cancellationToken);
            return labels;
        }

        if (clusters.Best is null)
        {
            return null;
        }

        LloydPass.Run(ClusterKernels.Best, matrix, clusters.Best.Centres, labels, 1, cancellationToken);
        return labels;
    }

    // Whole fits side by side: each is by one thread, and none depends on another.
    private void ForEach(DiscoveryStage stage, int count, Action<int> work)
    {
        _done = 0;
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellationToken }, place =>
        {
            work(place);
            progress?.Report(new(stage, Interlocked.Increment(ref _done), count));
        });
    }
}
