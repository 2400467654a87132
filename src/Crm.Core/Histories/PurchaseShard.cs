namespace Crm.Core.Histories;

/// <summary>Some of the customers, chosen by their hash, with all their purchases: a part that one thread works on alone.</summary>
internal sealed class PurchaseShard
{
    // An amount with more than four decimals, or past 2^53 ten-thousandths, stands aside; its row holds the place instead.
    private const long FirstPlace = long.MinValue;

    private readonly List<decimal> _aside = [];

    internal CustomerTable Customers { get; } = new();

    internal PurchaseRows Rows { get; } = new();

    internal void Add(int customer, int day, decimal amount)
    {
        if (!ExactAmount.TryOrdinary(amount, out long stored))
        {
            stored = FirstPlace + _aside.Count;
            _aside.Add(amount);
        }

        Rows.Add(new(customer, day, stored));
    }

    internal ExactAmount AmountOf(in PurchaseRow row)
    {
        var amount = default(ExactAmount);
        if (row.Amount >= -ExactAmount.MaxOrdinary)
        {
            amount.AddOrdinary(row.Amount);
        }
        else
        {
            amount.Add(_aside[(int)(row.Amount - FirstPlace)]);
        }

        return amount;
    }
}
