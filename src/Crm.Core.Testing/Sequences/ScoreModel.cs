using Crm.Core.Hosting;

namespace Crm.Core.Testing.Sequences;

/// <summary>What a score store should hold: lists, looked through from end to end for every answer.</summary>
internal sealed class ScoreModel
{
    /// <summary>Gets every version that was ever given, the last of a run being the one that holds.</summary>
    internal List<(RunId Run, StoreVersion Version)> Versions { get; } = [];

    internal List<ScoreRun> Runs { get; } = [];

    internal List<(RunId Run, CustomerScore Score)> Scores { get; } = [];

    internal ScoreRun? Find(RunId run) => Runs.SingleOrDefault(one => one.Id == run);

    internal StoreVersion Held(RunId run) => Find(run) is null ? StoreVersion.None : Versions.Last(one => one.Run == run).Version;

    /// <summary>Gives a version that held before, none where there was no other.</summary>
    internal StoreVersion Old(RunId run) => Versions.Where(one => one.Run == run && one.Version != Held(run)).Select(one => one.Version).FirstOrDefault();

    internal void Put(ScoreRun run, StoreVersion version)
    {
        Runs.RemoveAll(other => other.Id == run.Id);
        Runs.Add(run);
        Versions.Add((run.Id, version));
    }

    internal void Write(RunId run, CustomerScore score)
    {
        Scores.RemoveAll(other => other.Run == run && other.Score.Customer == score.Customer);
        Scores.Add((run, score));
    }

    internal void Remove(RunId run)
    {
        Runs.RemoveAll(other => other.Id == run);
        Scores.RemoveAll(other => other.Run == run);
    }

    /// <summary>Takes the scores of a customer; gives the runs they were in.</summary>
    internal IReadOnlyList<ScoreRun> Erase(CustomerId customer)
    {
        ScoreRun[] touched = [.. Runs.Where(run => Scores.Exists(one => one.Run == run.Id && one.Score.Customer == customer))];
        Scores.RemoveAll(one => one.Score.Customer == customer);
        return touched;
    }

    internal IEnumerable<CustomerScore> ScoresOf(RunId run) => Scores.Where(one => one.Run == run).Select(one => one.Score);
}
