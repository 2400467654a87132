using System.Text;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Rows of a file on their way to a builder: the purchases column by column, the returns one by one.</summary>
internal sealed class PurchaseLot(int usualRows)
{
    private const int UsualIdBytes = 12;

    private readonly List<(CustomerId Customer, LocalDate Day, decimal Amount)> _returns = [];
    private byte[] _customers = new byte[usualRows * UsualIdBytes];
    private int[] _ends = new int[usualRows];
    private LocalDate[] _days = new LocalDate[usualRows];
    private decimal[] _amounts = new decimal[usualRows];
    private bool _amountsKnown = true;
    private int _count;

    /// <summary>Gets a value indicating whether it is time to pass the lot on.</summary>
    internal bool IsFull => _count >= usualRows || _returns.Count >= usualRows;

    /// <summary>Adds a row.</summary>
    /// <param name="customer">The customer's id in UTF-8, which is good.</param>
    /// <param name="day">The day.</param>
    /// <param name="amount">The amount, below 0 for a return; null where nobody knows it.</param>
    internal void Add(ReadOnlySpan<byte> customer, LocalDate day, decimal? amount)
    {
        // The sign is a bit, and the comparison is for -0, which is no return.
        decimal known = amount.GetValueOrDefault();
        if (decimal.IsNegative(known) && known < 0)
        {
            _returns.Add((CustomerId.Of(Encoding.UTF8.GetString(customer)), day, -known));
            return;
        }

        int start = _count == 0 ? 0 : _ends[_count - 1];
        if (_count == _ends.Length)
        {
            Array.Resize(ref _ends, 2 * _count);
            Array.Resize(ref _days, 2 * _count);
            Array.Resize(ref _amounts, 2 * _count);
        }

        if (_customers.Length - start < customer.Length)
        {
            Array.Resize(ref _customers, (2 * _customers.Length) + customer.Length);
        }

        customer.CopyTo(_customers.AsSpan(start));
        (_ends[_count], _days[_count], _amounts[_count]) = (start + customer.Length, day, known);
        _amountsKnown &= amount is not null;
        _count++;
    }

    /// <summary>Adds the rows to a builder, and is empty then.</summary>
    internal void MoveTo(PurchaseHistoryBuilder builder)
    {
        builder.AddRange(_customers, _ends.AsMemory(0, _count), _days.AsMemory(0, _count), _amountsKnown ? _amounts.AsMemory(0, _count) : default);
        foreach (var (customer, day, amount) in _returns)
        {
            builder.AddReturn(customer, day, amount);
        }

        _returns.Clear();
        _count = 0;
    }
}
