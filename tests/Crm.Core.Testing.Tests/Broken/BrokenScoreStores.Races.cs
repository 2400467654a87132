using System.Collections.Concurrent;
using Crm.Core.Hosting;

namespace Crm.Core.Testing.Tests.Broken;

/// <content>Ways in which two calls beside one another are wrong.</content>
internal static partial class BrokenScoreStores
{
    private static ChangedScoreStore ErasedUnderTheReader()
    {
        var offset = new ByOffset();
        return new()
        {
            Erase = offset.EraseAsync,
            ReadAll = (inner, run, token) => offset.ReadAsync(inner.ReadAllAsync(run, token), token),
        };
    }

    // UPDATE runs … WHERE id and version, and then INSERT INTO scores with no foreign key: a removal in between takes the run, and the scores stay.
    private static ChangedScoreStore WithoutForeignKey()
    {
        var orphans = new ConcurrentDictionary<(RunId Run, CustomerId Customer), CustomerScore>();
        return new()
        {
            Save = async (inner, run, scores, token) =>
            {
                if (scores.Count == 0 || run.Version == StoreVersion.None || await HeldAsync(inner, run.Value.Id, token) != run.Version)
                {
                    return await inner.SaveAsync(run, scores, token);
                }

                await Task.Delay(2, token); // where a removal comes between
                if (await HeldAsync(inner, run.Value.Id, token) != StoreVersion.None)
                {
                    return await inner.SaveAsync(run, scores, token);
                }

                foreach (CustomerScore score in scores)
                {
                    orphans[(run.Value.Id, score.Customer)] = score;
                }

                return StoreVersion.Of("gone");
            },
            ReadAll = (inner, run, token) => inner.ReadAllAsync(run, token).Concat(orphans.Where(entry => entry.Key.Run == run).Select(entry => entry.Value).ToAsyncEnumerable()),
        };
    }
}
