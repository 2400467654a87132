using Crm.Core.Numerics;

namespace Crm.Core.Segments;

/// <summary>Customers, money and days of every cell, summed exactly, so that cells add up to any larger part of the table.</summary>
internal sealed class RfmTally
{
    private readonly FixedPoint _money;
    private readonly FixedPoint _days;
    private readonly Cell[] _cells;
    private readonly Cell _all;

    private RfmTally(FixedPoint money, FixedPoint days, Cell[] cells)
    {
        _money = money;
        _days = days;
        _cells = cells;
        foreach (ref readonly Cell cell in cells.AsSpan())
        {
            _all.Add(cell);
        }
    }

    internal RfmTotals All => Totals(_all);

    internal double AllMoney => _money.Real(_all.Money);

    /// <summary>Sums rows by cells, and stops between blocks of them when it is asked to.</summary>
    internal static RfmTally Of(RfmShape shape, RfmColumns columns, RfmBounds bounds, byte[] recency, byte[] frequency, byte[] money, CancellationToken cancellationToken)
    {
        var amounts = new FixedPoint(bounds.LargestAmount);
        var days = new FixedPoint(bounds.GreatestDays);
        var cells = new Cell[shape.Cells];
        for (int from = 0; from < recency.Length; from += RowBlocks.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int to = Math.Min(from + RowBlocks.Rows, recency.Length);
            for (int row = from; row < to; row++)
            {
                ref Cell cell = ref cells[shape.CellOf(recency[row], frequency[row], money[row])];
                cell.Add(columns.Customers.Length == 0 ? 1 : columns.Customers[row], amounts.Whole(columns.Money[row]), days.Whole(columns.Recency[row]));
            }
        }

        return new(amounts, days, cells);
    }

    internal long CustomersAt(int cell) => _cells[cell].Customers;

    internal RfmTotals At(int cell) => Totals(_cells[cell]);

    /// <summary>The totals of several cells together.</summary>
    internal RfmTotals Of(IEnumerable<int> cells)
    {
        var sum = default(Cell);
        foreach (int cell in cells)
        {
            sum.Add(_cells[cell]);
        }

        return Totals(sum);
    }

    private RfmTotals Totals(in Cell sum)
    {
        double? share = AllMoney > 0 ? _money.Real(sum.Money) / AllMoney : null;
        return sum.Customers == 0
            ? new(0, 0, 0, share, null)
            : new(sum.Customers, (double)sum.Customers / _all.Customers, _money.Real(sum.Money), share, _days.Real(sum.Days) / sum.Customers);
    }

    // Sums stay within 2^62 · 2^62 whatever the rows, so that nothing is checked here.
    private struct Cell
    {
        internal long Customers;
        internal Int128 Money;
        internal Int128 Days;

        internal void Add(int customers, long money, long days)
        {
            unchecked
            {
                Customers += customers;
                Money += customers == 1 ? money : (Int128)money * customers;
                Days += customers == 1 ? days : (Int128)days * customers;
            }
        }

        internal void Add(in Cell other)
        {
            unchecked
            {
                Customers += other.Customers;
                Money += other.Money;
                Days += other.Days;
            }
        }
    }
}
