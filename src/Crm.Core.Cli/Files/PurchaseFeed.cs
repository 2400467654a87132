using System.Text;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Feeds a builder: while one lot of rows is read, another thread adds the lot before.</summary>
internal sealed class PurchaseFeed(PurchaseHistoryBuilder builder) : IDisposable
{
    private const int LotRows = 1 << 17;

    private Lot _filling = new();
    private Lot _adding = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Adds a row.</summary>
    /// <param name="customer">The customer's id in UTF-8, which is good.</param>
    /// <param name="day">The day.</param>
    /// <param name="amount">The amount, below 0 for a return; null where nobody knows it.</param>
    internal void Add(ReadOnlySpan<byte> customer, LocalDate day, decimal? amount)
    {
        if (amount < 0)
        {
            _filling.Returns.Add((CustomerId.Of(Encoding.UTF8.GetString(customer)), day, -amount.Value));
        }
        else
        {
            _filling.Add(customer, day, amount);
        }

        if (_filling.Count == LotRows || _filling.Returns.Count == LotRows)
        {
            PassOn();
        }
    }

    /// <summary>Adds what has not been added yet: the builder then has all.</summary>
    internal void Complete()
    {
        PassOn();
        _work.GetAwaiter().GetResult();
    }

    /// <summary>Waits for what is being added. Where the reading failed nobody wants to know how that ends.</summary>
    public void Dispose() => ((IAsyncResult)_work).AsyncWaitHandle.WaitOne();

    private void PassOn()
    {
        _work.GetAwaiter().GetResult();
        (_filling, _adding) = (_adding, _filling);
        Lot lot = _adding;
        _work = Task.Run(() => lot.AddTo(builder));
    }

    private sealed class Lot
    {
        private const int UsualIdBytes = 12;

        private readonly int[] _ends = new int[LotRows];
        private readonly LocalDate[] _days = new LocalDate[LotRows];
        private readonly decimal[] _amounts = new decimal[LotRows];
        private byte[] _customers = new byte[LotRows * UsualIdBytes];
        private bool _amountsKnown = true;

        internal List<(CustomerId Customer, LocalDate Day, decimal Amount)> Returns { get; } = [];

        internal int Count { get; private set; }

        internal void Add(ReadOnlySpan<byte> customer, LocalDate day, decimal? amount)
        {
            int start = Count == 0 ? 0 : _ends[Count - 1];
            if (_customers.Length - start < customer.Length)
            {
                Array.Resize(ref _customers, 2 * _customers.Length);
            }

            customer.CopyTo(_customers.AsSpan(start));
            (_ends[Count], _days[Count], _amounts[Count]) = (start + customer.Length, day, amount ?? 0);
            _amountsKnown &= amount is not null;
            Count++;
        }

        internal void AddTo(PurchaseHistoryBuilder builder)
        {
            builder.AddRange(_customers, _ends.AsMemory(0, Count), _days.AsMemory(0, Count), _amountsKnown ? _amounts.AsMemory(0, Count) : default);
            foreach (var (customer, day, amount) in Returns)
            {
                builder.AddReturn(customer, day, amount);
            }

            Returns.Clear();
            Count = 0;
        }
    }
}
