namespace Crm.Core.Testing.Rules;

/// <summary>Reads everything, and erases while it reads what was read already.</summary>
/// <remarks>A store that goes on from a row's number, as OFFSET does, leaves out as many of the others as were erased before it.</remarks>
internal static class Midway
{
    private const int Every = 100;

    /// <summary>Erases one of those read already at every hundredth, and tells who was read.</summary>
    internal static async Task<List<CustomerId>> EraseWhatWasRead<T, TStore>(
        Trial<TStore> t, Func<CancellationToken, IAsyncEnumerable<T>> readAll, Func<T, CustomerId> customerOf)
        where TStore : IPersonalDataStore
    {
        var read = new List<CustomerId>();
        await foreach (T item in readAll(t.Token).ConfigureAwait(false))
        {
            if (!t.IsMine(customerOf(item)))
            {
                continue;
            }

            read.Add(customerOf(item));
            if (read.Count % Every == 0)
            {
                await t.Store.EraseAsync(read[^(Every / 2)], t.Token).ConfigureAwait(false);
            }
        }

        return read;
    }
}
