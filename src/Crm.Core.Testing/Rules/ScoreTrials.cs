using Crm.Core.Hosting;
using Crm.Core.Pyramids;

namespace Crm.Core.Testing.Rules;

/// <summary>What the rules of score stores do with a store.</summary>
internal static class ScoreTrials
{
    /// <summary>Gives a run of which nothing is known but when it was begun.</summary>
    internal static ScoreRun NewRun(this Trial<IScoreStore> trial, string name, int startedAt = 0) => new()
    {
        Id = trial.Run(name),
        Through = new(2026, 2, 28),
        StartedAt = trial.After(startedAt),
    };

    /// <summary>Gives a run with every property set.</summary>
    internal static ScoreRun FullRun(this Trial<IScoreStore> trial, string name, string words = "words") => trial.NewRun(name) with
    {
        ReadThrough = StorePosition.Of(words),
        IsWhole = true,
        WholeThrough = new(2026, 1, 31),
        Fingerprint = words,
        Settings = words,
        Customers = 1_234_567,
        Written = 1_234_000,
        Model = words,
        Currency = Currency.Gbp,
        Level = 0.9,
        Tiers = [Tier.Top, Tier.Large, Tier.Of(words), Tier.Top],
        PublishedAt = trial.After(1),
        AreMovesWritten = true,
        ErasedSince = 3,
    };

    internal static CustomerScore Score(this Trial<IScoreStore> trial, string customer, double value = 100) => new()
    {
        Customer = trial.Customer(customer),
        Occasions = 3,
        LastPurchase = new(2026, 2, 27),
        Spent = 120.5,
        ProbabilityAlive = 0.75,
        Value = value,
        ValueLow = value / 2,
        ValueHigh = value * 2,
        Tier = Tier.Medium,
        Segments = [trial.Segment("gold"), trial.Segment("new")],
    };

    internal static CustomerScore[] Scores(this Trial<IScoreStore> trial, int count, double value = 100) =>
        [.. Enumerable.Range(0, count).Select(i => trial.Score(FormattableString.Invariant($"c{i}"), value))];

    internal static async Task<StoreVersion> Save(
        this Trial<IScoreStore> trial, ScoreRun run, StoreVersion seen = default, params IReadOnlyList<CustomerScore> scores)
    {
        StoreVersion version = await trial.Store.SaveAsync(new(run, seen), scores, trial.Token).ConfigureAwait(false);
        Expect.True(version != StoreVersion.None, "a version of what was saved", "it is none");
        return version;
    }

    /// <summary>Saves scores with their run, which stays as it is found, or is a new one where there is none.</summary>
    internal static async Task<StoreVersion> Write(this Trial<IScoreStore> trial, string run, params IReadOnlyList<CustomerScore> scores)
    {
        Stored<ScoreRun>? found = await trial.Find(trial.Run(run)).ConfigureAwait(false);
        return await trial.Save(found?.Value ?? trial.NewRun(run), found?.Version ?? default, scores).ConfigureAwait(false);
    }

    internal static async Task<IReadOnlyList<Stored<ScoreRun>>> ReadMine(this Trial<IScoreStore> trial) =>
        [.. (await trial.Store.ReadRunsAsync(trial.Token).ConfigureAwait(false)).Where(stored => trial.IsMine(stored.Value.Id))];

    internal static async Task<Stored<ScoreRun>?> Find(this Trial<IScoreStore> trial, RunId id) =>
        (await trial.ReadMine().ConfigureAwait(false)).FirstOrDefault(stored => stored.Value.Id == id);

    internal static async Task<Stored<ScoreRun>> Found(this Trial<IScoreStore> trial, RunId id) =>
        await trial.Find(id).ConfigureAwait(false) ?? throw new BrokenPromise($"run {id}, which was saved, among those read", "there is none");

    internal static async Task IsFound(this Trial<IScoreStore> trial, ScoreRun run, string what = "found") =>
        Expect.Same(run, (await trial.Find(run.Id).ConfigureAwait(false))?.Value, what);

    internal static async Task IsConflict(
        this Trial<IScoreStore> trial, ScoreRun run, StoreVersion seen, StoreVersion held, params IReadOnlyList<CustomerScore> scores)
    {
        var conflict = await Expect.Throws<ConcurrencyConflictException>(
            async () => await trial.Store.SaveAsync(new(run, seen), scores, trial.Token).ConfigureAwait(false), "for a version that is not the stored one").ConfigureAwait(false);
        Expect.Equal(seen, conflict.Expected, "the version that was seen, as the exception's Expected,");
        Expect.Equal(held, conflict.Found, "the version in the store, as the exception's Found,");
    }

    internal static async Task<CustomerScore?> FindScore(this Trial<IScoreStore> trial, string run, CustomerId customer) =>
        await trial.Store.FindAsync(trial.Run(run), customer, trial.Token).ConfigureAwait(false);

    internal static async Task<List<CustomerScore>> ReadScores(this Trial<IScoreStore> trial, string run) =>
        await trial.Store.ReadAllAsync(trial.Run(run), trial.Token).ToListAsync(trial.Token).ConfigureAwait(false);

    /// <summary>That a run has these scores and no other, in both ways they can be read.</summary>
    internal static async Task ScoresAre(this Trial<IScoreStore> trial, string run, string what, params IReadOnlyList<CustomerScore> expected)
    {
        var found = await trial.ReadScores(run).ConfigureAwait(false);
        Expect.Set(expected.Select(score => score.Customer), found.Select(score => score.Customer), $"customers with a score {what}");
        foreach (CustomerScore score in expected)
        {
            Expect.Same(score, found.Find(other => other.Customer == score.Customer), $"{what} among all of its run");
            Expect.Same(score, await trial.FindScore(run, score.Customer).ConfigureAwait(false), what);
        }
    }

    internal static async Task<ErasureStatement> Erase(this Trial<IScoreStore> trial, string customer) =>
        await trial.Store.EraseAsync(trial.Customer(customer), trial.Token).ConfigureAwait(false);
}
