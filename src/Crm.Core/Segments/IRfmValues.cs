namespace Crm.Core.Segments;

/// <summary>A column as keys that order its values from the worst to the best, equal exactly where the values are.</summary>
internal interface IRfmValues
{
    int Count { get; }

    ulong KeyAt(int row);

    double ValueOf(ulong key);
}

/// <summary>Days that are whole: neighbours have neighbouring keys, so that a table of counts holds them one by one.</summary>
internal readonly ref struct RfmWholeDays(ReadOnlySpan<double> days) : IRfmValues
{
    /// <summary>Days beyond this are not read as whole ones.</summary>
    internal const int Most = int.MaxValue;

    private readonly ReadOnlySpan<double> _days = days;

    public int Count => _days.Length;

    public ulong KeyAt(int row) => KeyOf(_days[row]);

    public double ValueOf(ulong key) => unchecked(Most - (int)key);

    internal static ulong KeyOf(double days) => unchecked((ulong)(Most - (int)days));
}

/// <summary>Days with parts of days.</summary>
internal readonly ref struct RfmRealDays(ReadOnlySpan<double> days) : IRfmValues
{
    private readonly ReadOnlySpan<double> _days = days;

    public int Count => _days.Length;

    public ulong KeyAt(int row) => KeyOf(_days[row]);

    public double ValueOf(ulong key) => RfmAmounts.Value(~key);

    internal static ulong KeyOf(double days) => ~RfmAmounts.KeyOf(days);
}

/// <summary>Numbers of purchase days.</summary>
internal readonly ref struct RfmCounts(ReadOnlySpan<int> counts) : IRfmValues
{
    private readonly ReadOnlySpan<int> _counts = counts;

    public int Count => _counts.Length;

    public ulong KeyAt(int row) => unchecked((ulong)_counts[row]);

    public double ValueOf(ulong key) => key;
}

/// <summary>Amounts of money.</summary>
internal readonly ref struct RfmAmounts(ReadOnlySpan<double> amounts) : IRfmValues
{
    private const ulong Sign = 1UL << 63;

    private readonly ReadOnlySpan<double> _amounts = amounts;

    public int Count => _amounts.Length;

    public ulong KeyAt(int row) => KeyOf(_amounts[row]);

    public double ValueOf(ulong key) => Value(key);

    /// <summary>The bits of a number so that they order as it does; −0 is 0.</summary>
    internal static ulong KeyOf(double amount)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(amount + 0.0);
        return bits ^ (unchecked((ulong)((long)bits >> 63)) | Sign);
    }

    internal static double Value(ulong key) => BitConverter.UInt64BitsToDouble(key ^ ((key & Sign) != 0 ? Sign : ulong.MaxValue));
}
