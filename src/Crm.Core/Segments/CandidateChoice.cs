namespace Crm.Core.Segments;

/// <summary>The rule by which one of the candidates is chosen, or none. It writes its verdict on each.</summary>
/// <remarks>
/// There is structure where a mixture of several segments has a BIC lower by a set amount than the best of one segment, and segments that overlap
/// little enough for customers to be told apart. A mixture that fails or collapses says nothing. Of each number only the shape with the least BIC
/// counts. Of those with structure that are found again in halves, and that divide the customers better than a base without segments would be divided, the
/// one with the least BIC is chosen. k-means is chosen, by the greatest silhouette among those found again in halves and better than such a base: where it
/// was asked for, if there is structure; and where no mixture holds and the likeliest collapsed, if its silhouette reaches a set one.
/// </remarks>
internal sealed class CandidateChoice
{
    private readonly DiscoveryOptions _options;
    private readonly Candidate[] _all;
    private readonly double? _one;
    private readonly Candidate? _likeliest;

    internal CandidateChoice(Candidate[] all, DiscoveryOptions options)
    {
        _all = all;
        _options = options;
        _one = all.Where(candidate => candidate is { Segments: 1, IsUsable: true }).Min(candidate => candidate.Bic);
        foreach (Candidate candidate in all.Where(candidate => candidate is { IsUsable: true, IsMixture: true }))
        {
            candidate.Verdict = StructureOf(candidate) ?? "";
        }

        HasStructure = Structured.Any();
        _likeliest = all.Where(candidate => candidate is { IsUsable: true, IsMixture: true, Segments: > 1 }).MinBy(candidate => candidate.Bic);
        IsDecidable = _one is not null && _likeliest is { Mixture.IsCollapsed: false }
            && !all.Any(candidate => candidate is { Segments: 1, Mixture.IsCollapsed: true } && candidate.Bic == _one);
    }

    /// <summary>Gets a value indicating whether mixtures of several segments hold better than one.</summary>
    internal bool HasStructure { get; }

    /// <summary>
    /// Gets a value indicating whether mixtures can say that there is no structure. Where the likeliest of one or of several segments collapsed, the others
    /// may be bent around what it collapsed on.
    /// </summary>
    internal bool IsDecidable { get; }

    /// <summary>Gets those whose stability counts: the best shape of each number with structure, and k-means.</summary>
    internal Candidate[] ToResample =>
    [
        .. Structured,
        .. _all.Where(candidate => candidate is { IsMixture: false, IsUsable: true } && MayBeMeans(candidate)),
    ];

    private IEnumerable<Candidate> Structured => _all.Where(candidate => candidate is { IsUsable: true, IsMixture: true, Segments: > 1, Verdict: "" });

    /// <summary>Chooses, after stability is known, and says why.</summary>
    /// <param name="margin">How much better than bases without segments a candidate divides the customers; null where that is not asked for.</param>
    internal (Candidate? Chosen, string Why) Choose(Func<Candidate, double>? margin)
    {
        foreach (Candidate candidate in _all.Where(candidate => candidate.Failure is null && candidate.Verdict.Length == 0))
        {
            candidate.Verdict = VerdictOf(candidate);
        }

        Candidate[] stable = [.. _all.Where(candidate => candidate is { IsUsable: true, Stability: { } stability, Verdict: "" } && stability.Mean >= _options.LeastStability)];
        IEnumerable<Candidate> mixtures = _options.Method == DiscoveryMethod.KMeans ? []
            : stable.Where(candidate => candidate.IsMixture).OrderBy(candidate => candidate.Bic);
        IEnumerable<Candidate> means = _options.Method == DiscoveryMethod.GaussianMixture ? []
            : stable.Where(candidate => !candidate.IsMixture).OrderByDescending(candidate => candidate.Silhouette?.Mean);
        Candidate? chosen = mixtures.Concat(means).FirstOrDefault(candidate => IsBetterThanDraws(candidate, margin));
        foreach (Candidate candidate in stable.Where(candidate => candidate.Verdict.Length == 0))
        {
            candidate.IsChosen = candidate == chosen;
            candidate.Verdict = candidate == chosen ? "chosen"
                : candidate.IsMixture == chosen?.IsMixture ? $"holds, but {(candidate.IsMixture ? "its BIC is higher" : "its silhouette is less")} than that of the one chosen"
                : candidate.IsMixture ? "holds, but k-means was asked for" : "holds, but a mixture goes first";
        }

        return (chosen, chosen is null ? WhyNone() : WhyThis(chosen));
    }

    private bool IsBetterThanDraws(Candidate candidate, Func<Candidate, double>? margin)
    {
        if (margin is null)
        {
            return true;
        }

        candidate.NullMargin = margin(candidate);
        bool isBetter = candidate.NullMargin > 0 && candidate.NullMargin >= _options.LeastNullMargin;
        if (!isBetter)
        {
            candidate.Verdict = candidate.NullMargin <= 0
                ? "customers drawn without segments, with the same values and correlations, are divided as well"
                : FormattableString.Invariant($"divides the customers better than those drawn without segments by {candidate.NullMargin:F1} of their deviations, and {_options.LeastNullMargin} are asked for");
        }

        return isBetter;
    }

    // The shape is chosen first: one that fits worse and happens to overlap less is no finding.
    private double? BestShape(int segments) => _all.Where(candidate =>
        candidate is { IsUsable: true, IsMixture: true, Mixture.IsCollapsed: false } && candidate.Segments == segments).Min(candidate => candidate.Bic);

    private string? StructureOf(Candidate candidate) =>
        candidate.Segments == 1 ? candidate.Bic == _one ? "what several segments are measured by" : "another shape of one segment has a lower BIC"
        : candidate.Mixture!.IsCollapsed ? $"{candidate.Mixture.WhyCollapsed}, so that its BIC says nothing"
        : candidate.Bic > BestShape(candidate.Segments) ? "another shape of as many segments has a lower BIC"
        : !(candidate.Bic <= _one - _options.LeastBicGain) ? FormattableString.Invariant($"its BIC is not lower by {_options.LeastBicGain} than that of one segment ({_one:F1})")
        : !(candidate.Certainty >= _options.LeastCertainty)
            ? FormattableString.Invariant($"its segments overlap: {candidate.Certainty:P1} of the customers are put right, and {_options.LeastCertainty:P0} are asked for")
        : !(candidate.Dip >= _options.LeastDip)
            ? FormattableString.Invariant($"two of its segments run into each other: the density falls by {candidate.Dip:P0} between them, and {_options.LeastDip:P0} is asked for")
        : null;

    private bool MayBeMeans(Candidate candidate) => _one is not null && _options.Method != DiscoveryMethod.GaussianMixture
        && (IsDecidable ? HasStructure && _options.Method == DiscoveryMethod.KMeans : candidate.Silhouette?.Mean >= _options.LeastSilhouette);

    private string VerdictOf(Candidate candidate) => candidate.Stability is { } stability
        ? stability.Mean >= _options.LeastStability ? ""
            : FormattableString.Invariant($"not found again: halves of the customers agree at {stability.Mean:F2}, and {_options.LeastStability:F2} is asked for")
        : _one is null ? "there is nothing to compare it with"
        : _options.Method == DiscoveryMethod.GaussianMixture ? "a mixture was asked for"
        : IsDecidable ? HasStructure ? "mixtures can say what structure there is, and go first" : "mixtures show no structure"
        : FormattableString.Invariant($"the likeliest mixtures collapsed and cannot say that there is no structure, and its silhouette is less than {_options.LeastSilhouette:F2}");

    private string WhyThis(Candidate chosen)
    {
        string found = FormattableString.Invariant(
            $"found again in halves of the customers (adjusted Rand index {chosen.Stability!.Value.Mean:F2}; {_options.LeastStability:F2} is asked for)");
        string better = chosen.NullMargin is { } margin
            ? FormattableString.Invariant($" and better than in bases drawn without segments (by {margin:F0} of their deviations; {_options.LeastNullMargin} are asked for)") : "";
        return chosen.Covariance is { } kind
            ? FormattableString.Invariant($"{chosen.Segments} segments by a mixture ({kind} covariance): the lowest BIC ({chosen.Bic:F1}; one segment {_one:F1}) of those {found}{better}.")
            : FormattableString.Invariant($"{chosen.Segments} segments by k-means: the greatest silhouette ({chosen.Silhouette!.Value.Mean:F2}) of those {found}{better}.");
    }

    private string WhyNone() => _one is null ? "Nothing could be fitted, not even one segment."
        : Array.Exists(_all, candidate => candidate.NullMargin is not null)
            ? "No structure was found: customers drawn without segments, with the same values and correlations, are divided as well, or nearly."
        : IsDecidable && !HasStructure && _all.Any(candidate => candidate.Bic <= _one - _options.LeastBicGain && candidate.Mixture is { IsCollapsed: false })
            ? "No structure was found that customers can be told apart by: several segments describe them better than one, and overlap too much."
        : IsDecidable && !HasStructure ? "No structure was found: one segment says as much of the customers as several do."
        : !IsDecidable && ToResample.Length == 0 ? WhyUndecided()
        : "No structure was found that halves of the customers agree on.";

    private string WhyUndecided()
    {
        MixtureSearch? collapsed = _likeliest?.Mixture is { IsCollapsed: true } several ? several
            : Array.Find(_all, candidate => candidate is { Segments: 1, Mixture.IsCollapsed: true })?.Mixture;
        string why = collapsed is null ? "no mixture of several segments could be fitted" : $"the likeliest mixture says nothing, since {collapsed.WhyCollapsed}";
        return _options.Method == DiscoveryMethod.GaussianMixture ? $"No structure was found: {why}."
            : FormattableString.Invariant($"No structure was found: {why}; and k-means has no silhouette of {_options.LeastSilhouette:F2}.");
    }
}
