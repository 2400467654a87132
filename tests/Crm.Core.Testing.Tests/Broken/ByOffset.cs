using System.Runtime.CompilerServices;

namespace Crm.Core.Testing.Tests.Broken;

/// <summary>LIMIT 100 OFFSET n: of rows that were erased meanwhile, as many of the others are left out.</summary>
internal sealed class ByOffset
{
    private const int Page = 100;
    private int _erased;

    /// <summary>Erases, and counts who was there.</summary>
    internal async Task<ErasureStatement> EraseAsync(IPersonalDataStore inner, CustomerId customer, CancellationToken token)
    {
        ErasureStatement statement = await inner.EraseAsync(customer, token);
        Interlocked.Add(ref _erased, statement.Removed > 0 ? 1 : 0);
        return statement;
    }

    /// <summary>Reads in pages, and skips at each page as many rows as were erased since the reading began.</summary>
    internal async IAsyncEnumerable<T> ReadAsync<T>(IAsyncEnumerable<T> all, [EnumeratorCancellation] CancellationToken token)
    {
        int atStart = Volatile.Read(ref _erased);
        int skipped = 0;
        int given = 0;
        await foreach (T item in all.WithCancellation(token))
        {
            if (given > 0 && given % Page == 0 && skipped < Volatile.Read(ref _erased) - atStart)
            {
                skipped++;
                continue;
            }

            given++;
            yield return item;
        }
    }
}
