namespace Crm.Core.Histories;

/// <summary>All customers and their purchases, cut by the customers' hashes into shards that threads can work on side by side.</summary>
/// <remarks>
/// A customer's number is the one in the shard, with the shard in the low bits. Which customer is in which shard leaves no trace in any
/// result: the rows of histories are sorted by id, and every sum is exact.
/// </remarks>
internal sealed class PurchaseShards
{
    internal const int Shards = 1 << Bits;

    private const int Bits = 6;

    private readonly PurchaseShard[] _shards = [.. Enumerable.Range(0, Shards).Select(_ => new PurchaseShard())];
    private int[] _inOrder = [];

    internal int Count => _shards.Sum(shard => shard.Rows.Count);

    internal int Customers => _shards.Sum(shard => shard.Customers.Count);

    internal PurchaseShard this[int shard] => _shards[shard];

    // By the high bits of the hash: a shard's table uses the low ones.
    internal static int ShardOf(int hash) => hash >>> (32 - Bits);

    internal static int ShardOfNumber(int number) => number & (Shards - 1);

    internal static int PlaceOf(int number) => number >> Bits;

    internal static int Number(int shard, int place) => (place << Bits) | shard;

    internal int NumberOf(CustomerId customer)
    {
        string text = customer.ToString();
        _ = ShortId.TryOf(text, out ShortId key);
        int hash = ShortId.Hash(key, text);
        int shard = ShardOf(hash);
        CustomerTable customers = _shards[shard].Customers;
        int place = customers.Find(key, text, hash);
        return Number(shard, place >= 0 ? place : customers.Add(key, customer, hash));
    }

    internal CustomerId IdOf(int number) => _shards[ShardOfNumber(number)].Customers.Ids[PlaceOf(number)];

    /// <summary>Asks for the id of a customer before it is looked at.</summary>
    internal void FetchId(int number) => _shards[ShardOfNumber(number)].Customers.FetchId(PlaceOf(number));

    internal void Add(int number, int day, decimal amount) => _shards[ShardOfNumber(number)].Add(PlaceOf(number), day, amount);

    /// <summary>The numbers of all customers in the order of their ids. Worked out once, until further customers come.</summary>
    internal int[] InOrder(ParallelOptions options)
    {
        int customers = Customers;
        if (_inOrder.Length == customers)
        {
            return _inOrder;
        }

        var ids = new CustomerId[customers];
        var numbers = new int[customers];
        int next = 0;
        for (int shard = 0; shard < Shards; shard++)
        {
            ReadOnlySpan<CustomerId> of = _shards[shard].Customers.Ids;
            of.CopyTo(ids.AsSpan(next));
            for (int place = 0; place < of.Length; place++)
            {
                numbers[next++] = Number(shard, place);
            }
        }

        _inOrder = IdOrder.Of(ids, options);
        for (int i = 0; i < customers; i++)
        {
            _inOrder[i] = numbers[_inOrder[i]];
        }

        return _inOrder;
    }
}
