using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Feeds a builder: while one lot of rows is read, another thread adds the lot before.</summary>
internal sealed class PurchaseFeed(PurchaseHistoryBuilder builder) : IDisposable
{
    private const int LotRows = 1 << 17;

    private PurchaseLot _filling = new(LotRows);
    private PurchaseLot _adding = new(LotRows);
    private Task _work = Task.CompletedTask;

    /// <summary>Adds a row.</summary>
    /// <param name="customer">The customer's id in UTF-8, which is good.</param>
    /// <param name="day">The day.</param>
    /// <param name="amount">The amount, below 0 for a return; null where nobody knows it.</param>
    internal void Add(ReadOnlySpan<byte> customer, LocalDate day, decimal? amount)
    {
        _filling.Add(customer, day, amount);
        if (_filling.IsFull)
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
        PurchaseLot lot = _adding;
        _work = Task.Run(() => lot.MoveTo(builder));
    }
}
