using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Feeds a builder: while one lot of rows is read, another thread adds the lot before.</summary>
internal sealed class PurchaseFeed(PurchaseHistoryBuilder builder) : IDisposable
{
    private const int LotRows = 1 << 16;

    private readonly IdNumbers _numbers = new(builder);
    private Lot _filling = new();
    private Lot _adding = new();
    private Task _work = Task.CompletedTask;

    /// <summary>Adds a row.</summary>
    /// <param name="key">The customer, if the id is short and plain.</param>
    /// <param name="customer">The customer otherwise.</param>
    /// <param name="day">The day.</param>
    /// <param name="amount">The amount, below 0 for a return; null where nobody knows it.</param>
    internal void Add(IdKey key, CustomerId customer, LocalDate day, decimal? amount)
    {
        if (key == default || amount < 0)
        {
            _filling.Others.Add((key == default ? customer : key.ToCustomer(), day, amount));
        }
        else
        {
            _filling.AmountsKnown &= amount is not null;
            int row = _filling.Count++;
            (_filling.Keys[row], _filling.Days[row], _filling.Amounts[row]) = (key, day, amount ?? 0);
        }

        if (_filling.Count == LotRows || _filling.Others.Count == LotRows)
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
        _work = Task.Run(() => lot.AddTo(builder, _numbers));
    }

    private sealed class Lot
    {
        private readonly int[] _customers = new int[LotRows];

        internal IdKey[] Keys { get; } = new IdKey[LotRows];

        internal LocalDate[] Days { get; } = new LocalDate[LotRows];

        internal decimal[] Amounts { get; } = new decimal[LotRows];

        /// <summary>Gets returns, and purchases of customers with long ids.</summary>
        internal List<(CustomerId Customer, LocalDate Day, decimal? Amount)> Others { get; } = [];

        internal int Count { get; set; }

        internal bool AmountsKnown { get; set; } = true;

        internal void AddTo(PurchaseHistoryBuilder builder, IdNumbers numbers)
        {
            numbers.Find(Keys.AsSpan(0, Count), _customers);
            builder.AddEnrolled(_customers.AsSpan(0, Count), Days.AsSpan(0, Count), AmountsKnown ? Amounts.AsSpan(0, Count) : []);
            foreach (var (customer, day, amount) in Others)
            {
                AddTo(builder, customer, day, amount);
            }

            Others.Clear();
            Count = 0;
        }

        private static void AddTo(PurchaseHistoryBuilder builder, CustomerId customer, LocalDate day, decimal? amount)
        {
            if (amount is not { } known)
            {
                builder.Add(customer, day);
            }
            else if (known < 0)
            {
                builder.AddReturn(customer, day, -known);
            }
            else
            {
                builder.Add(customer, day, known);
            }
        }
    }
}
