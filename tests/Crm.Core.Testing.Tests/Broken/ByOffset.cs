using System.Runtime.CompilerServices;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>LIMIT 100 OFFSET n: of rows that were erased meanwhile, as many of the others are left out.</summary>
internal static class ByOffset
{
    private const int Page = 100;

    /// <summary>Reads in pages, and skips at each page as many rows as were erased since the reading began.</summary>
    internal static async IAsyncEnumerable<T> ReadAsync<T>(IAsyncEnumerable<T> all, Func<int> erased, [EnumeratorCancellation] CancellationToken token)
    {
        int atStart = erased();
        int skipped = 0;
        int given = 0;
        await foreach (T item in all.WithCancellation(token))
        {
            if (given > 0 && given % Page == 0 && skipped < erased() - atStart)
            {
                skipped++;
                continue;
            }

            given++;
            yield return item;
        }
    }
}
