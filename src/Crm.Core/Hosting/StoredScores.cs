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
    public async ValueTask<ProfileScore?> FindAsync(CustomerId customer, AsOf asOf, CancellationToken cancellationToken)
    {
        var runs = await _scores.ReadRunsAsync(cancellationToken).ConfigureAwait(false);

        // A run of a later day tells nothing of the moment; its day is of the host's zone, which may be a day ahead of UTC's.
        LocalDate day = asOf.TrueAt.InUtc().Date;
        ScoreRun? run = runs.Select(stored => stored.Value)
            .Where(known => known.PublishedAt <= asOf.KnownAt && Period.DaysBetween(day, known.Through) <= 1).MaxBy(known => known.PublishedAt);
        return run is not null && await _scores.FindAsync(run.Id, customer, cancellationToken).ConfigureAwait(false) is { } score
            ? new()
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
            }
            : null;
    }
}
