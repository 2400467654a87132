namespace Crm.Core.Histories;

/// <summary>Some of the customers, chosen by their hash, with all their purchases: a part that one thread works on alone.</summary>
/// <param name="room">Where its purchases stand, and those of the others.</param>
internal sealed class PurchaseShard(PurchaseRoom room)
{
    /// <summary>From so many ten-thousandths on an amount stands aside, as one with more than four decimals does; its row holds its place, counted from here.</summary>
    internal const long FirstPlace = PurchaseRow.Amounts / 4 * 3;

    private readonly List<decimal> _aside = [];

    internal CustomerTable Customers { get; } = new();

    internal PurchaseRows Rows { get; } = new(room);

    internal void Add(int customer, int day, decimal amount) =>
        Rows.Add(new(customer, day, ExactAmount.TryOrdinary(amount, out long ordinary) && ordinary < FirstPlace ? ordinary : Aside(amount)));

    /// <summary>Keeps an amount that has no ordinary form.</summary>
    /// <returns>What stands in its row instead.</returns>
    internal long Aside(decimal amount)
    {
        _aside.Add(amount);
        return FirstPlace + _aside.Count - 1;
    }

    internal ExactAmount AmountOf(in PurchaseRow row)
    {
        var amount = default(ExactAmount);
        if (row.Amount < FirstPlace)
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
