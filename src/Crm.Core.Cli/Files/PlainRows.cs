using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Rows of a plain file: fields with neither quotes nor spaces around them, ids of visible ASCII, ISO dates, short amounts.</summary>
/// <remarks>Thread-safety: one thread at a time.</remarks>
internal sealed class PlainRows(PlainLayout layout)
{
    // Fewer bytes than the most that an amount may be has digits.
    private const int SurelyInRange = 15;

    // Of a block of two megabytes; where the rows are short there is room for more.
    private const int UsualRows = 1 << 15;

    private readonly PurchaseLot _lot = new(UsualRows);
    private readonly List<ulong> _hashes = [];
    private readonly TransactionColumns _columns = layout.Columns;
    private readonly KnownDays _days = new(layout.Days);
    private readonly int[] _ends = new int[layout.ColumnCount];

    /// <summary>Gets how many rows were read.</summary>
    internal int Count => _hashes.Count;

    /// <summary>Adds the rows to a builder, and 64 bits of each to where those that repeat another are counted; and has none then.</summary>
    internal void MoveTo(PurchaseHistoryBuilder builder, HashRepeats repeats)
    {
        foreach (ulong hash in _hashes)
        {
            repeats.Add(hash);
        }

        _hashes.Clear();
        _lot.MoveTo(builder);
    }

    /// <summary>Reads whole lines.</summary>
    /// <returns>Whether all are plain and good; if not, what was read is of no use.</returns>
    internal bool TryRead(ReadOnlySpan<byte> lines)
    {
        if (lines.ContainsAny(layout.Strange))
        {
            return false;
        }

        bool mayEndInCr = lines.Contains((byte)'\r');
        while (lines.Length > 0)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> row = end < 0 ? lines : lines[..end];
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (mayEndInCr && row.Length > 0 && row[^1] == '\r')
            {
                row = row[..^1];
            }

            if ((mayEndInCr && row.Contains((byte)'\r')) || (row.Length > 0 && !TryAdd(row)))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> row)
    {
        if (!TrySplit(row))
        {
            return false;
        }

        ReadOnlySpan<byte> customer = Field(row, _columns.Customer);
        if (!TextField.IsPlainId(customer) || !_days.TryRead(Field(row, _columns.Date), out LocalDate day))
        {
            return false;
        }

        decimal? amount = null;
        if (_columns.Amount >= 0)
        {
            ReadOnlySpan<byte> text = Field(row, _columns.Amount);
            if (!AmountField.TryShort(text, layout.DecimalPoint, out decimal read) || (text.Length > SurelyInRange && Math.Abs(read) > AmountField.Most))
            {
                return false;
            }

            amount = read;
        }

        _lot.Add(customer, day, amount);
        _hashes.Add(unchecked((ulong)RowHash.Of(row)));
        return true;
    }

    // Spaces around a field are none of its own, and whoever compares rows does not see them.
    private bool TrySplit(ReadOnlySpan<byte> row)
    {
        int start = 0;
        for (int column = 0; column < _ends.Length; column++)
        {
            int length = row[start..].IndexOf(layout.Separator);
            bool isLast = column == _ends.Length - 1;
            if (length < 0 != isLast)
            {
                return false;
            }

            int end = isLast ? row.Length : start + length;
            if (end > start && (row[start] == ' ' || row[end - 1] == ' '))
            {
                return false;
            }

            _ends[column] = end;
            start = end + 1;
        }

        return true;
    }

    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> row, int column) => row[(column == 0 ? 0 : _ends[column - 1] + 1).._ends[column]];
}
