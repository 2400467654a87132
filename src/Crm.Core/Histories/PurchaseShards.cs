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

    private readonly PurchaseShard[] _shards;
    private int[] _inOrder = [];

    internal PurchaseShards()
    {
        var room = new PurchaseRoom();
        _shards = [.. Enumerable.Range(0, Shards).Select(_ => new PurchaseShard(room))];
    }

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

    internal CustomerId IdOf(int number) => _shards[ShardOfNumber(number)].Customers.IdOf(PlaceOf(number));

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

        var beginnings = new CommonBeginning[Shards];
        Parallel.For(0, Shards, options, shard => beginnings[shard] = _shards[shard].Customers.Beginning());
        var beginning = default(CommonBeginning);
        Array.ForEach(beginnings, of => beginning.Add(of));
        ulong[] keys = GC.AllocateUninitializedArray<ulong>(customers);
        int[] numbers = GC.AllocateUninitializedArray<int>(customers);
        int[] starts = Starts();
        Parallel.For(0, Shards, options, shard =>
        {
            Range of = starts[shard]..starts[shard + 1];
            _shards[shard].Customers.OrderKeys(beginning.Length, keys.AsSpan(of));
            Span<int> own = numbers.AsSpan(of);
            for (int place = 0; place < own.Length; place++)
            {
                own[place] = Number(shard, place);
            }
        });
        return _inOrder = IdOrder.Sort(keys, numbers, (left, right) => IdOf(left).CompareTo(IdOf(right)), options);
    }

    // Where the customers of each shard begin, among those of all; one more, so that the end of one is the start of the next.
    private int[] Starts()
    {
        var starts = new int[Shards + 1];
        for (int shard = 0; shard < Shards; shard++)
        {
            starts[shard + 1] = starts[shard] + _shards[shard].Customers.Count;
        }

        return starts;
    }
}
