namespace Crm.Core.Tests.Support;

/// <summary>A store of personal data that does what a test wants of it.</summary>
internal sealed class FaultyDataStore(string name) : IPersonalDataStore
{
    public string DataName => name;

    internal List<string> Items { get; } = [];

    internal bool ErasesNothing { get; init; }

    internal bool GivesNoStatement { get; init; }

    internal Exception? OnErase { get; set; }

    internal Exception? OnRead { get; set; }

    public ValueTask<ErasureStatement> EraseAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (OnErase is not null)
        {
            throw OnErase;
        }

        int removed = Items.Count;
        if (!ErasesNothing)
        {
            Items.Clear();
        }

        return new(GivesNoStatement ? null! : new ErasureStatement { Store = name, Removed = removed, Remaining = "backups of 30 days" });
    }

    public async IAsyncEnumerable<HeldData> ReadHeldDataAsync(CustomerId customer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (string item in Items)
        {
            yield return new("item", item);
        }

        if (OnRead is not null)
        {
            throw OnRead;
        }
    }
}
