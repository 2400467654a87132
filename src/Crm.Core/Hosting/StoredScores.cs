using NodaTime;

namespace Crm.Core.Hosting;

/// <summary>The scores that profiles show: of the runs known and through by a point of view the last, as far back as they are kept (<see cref="RefreshOptions.KeepRuns"/>).</summary>
/// <remarks>Thread-safe if its store is.</remarks>
public sealed class StoredScores : IScoreSource
{
    private readonly IScoreStore _scores;

    /// <summary>Initializes a new instance of the <see cref="StoredScores"/> class.</summary>
    /// <param name="scores">Where <see cref="CrmRefresh"/> writes them.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scores"/> is null.</exception>
    public StoredScores(IScoreStore scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        _scores = scores;
    }

    /// <inheritdoc/>
    public async ValueTask<ScoreAnswer> FindAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken)
    {
        for (RunId? emptyHanded = null; ;)
        {
            ScoreRun[] published = [.. (await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false))
                .Select(stored => stored.Value).Where(known => known.PublishedAt is not null)];
            if (Of(published, asOf) is not { } run)
            {
                return NoRun(published);
            }

            // Seen twice without a score: it has none. Seen once, the run may have been removed in between.
            if (run.Id == emptyHanded)
            {
                return ScoreAnswer.Without(ScoreAbsence.NotOfTheRun, FormattableString.Invariant(
                    $"The run through {run.Through:uuuu-MM-dd} has no score of the customer: no purchase by then, or erased since."));
            }

            if (await _scores.FindAsync(run.Id, customer, cancellationToken).ConfigureAwait(false) is { } score)
            {
                return ScoreAnswer.Of(Shown(run, score));
            }

            emptyHanded = run.Id;
        }
    }

    // A run of a later day tells nothing of the moment.
    private static ScoreRun? Of(IEnumerable<ScoreRun> published, AsOf asOf) => published
        .Where(run => run.PublishedAt <= asOf.KnownAt && run.Through.AtStartOfDayInZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(run.Zone) ?? DateTimeZone.Utc).ToInstant() <= asOf.TrueAt)
        .MaxBy(run => run.PublishedAt);

    private static ScoreAnswer NoRun(IEnumerable<ScoreRun> published) => published.MinBy(run => run.PublishedAt) is { } oldest
        ? ScoreAnswer.Without(ScoreAbsence.BeforeKeptRuns, FormattableString.Invariant(
            $"The point of view lies before the oldest run that is kept, which goes through {oldest.Through:uuuu-MM-dd} and has been known since {oldest.PublishedAt}. Older ones were removed, or there were none."))
        : ScoreAnswer.Without(ScoreAbsence.NoRun, "No run has been published yet.");

    private static ProfileScore Shown(ScoreRun run, CustomerScore score) => new()
    {
        RunAt = run.PublishedAt!.Value,
        Through = run.Through,
        Value = score.Value,
        Currency = run.Currency,
        EstimateLow = score.ValueLow,
        EstimateHigh = score.ValueHigh,
        EstimateLevel = score.ValueLow is null ? null : run.Level,
        Tier = score.Tier,
        ProbabilityAlive = score.ProbabilityAlive,
    };
}
