using System.Runtime.InteropServices;

namespace Crm.Core.Histories;

/// <summary>A purchase in 12 bytes.</summary>
/// <param name="customer">The number of the customer in the shard.</param>
/// <param name="day">Days since 1970-01-01.</param>
/// <param name="amount">In ten-thousandths, or what stands for an amount that is kept aside, see <see cref="PurchaseShard"/>; 0 or more, in 41 bits.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(int))]
internal readonly struct PurchaseRow(int customer, int day, long amount)
{
    /// <summary>How many values an amount can have.</summary>
    internal const long Amounts = 1L << (HighBits + 32);

    private const int HighBits = 9;

    // The days of all years that a date can have, from -9998 to 9999, fit the 23 bits that are left.
    private const int DaysBefore1970 = 4_400_000;

    private readonly uint _dayAndHigh = unchecked(((uint)(day + DaysBefore1970) << HighBits) | (uint)(amount >> 32));
    private readonly uint _low = unchecked((uint)amount);

    internal readonly int Customer = customer;

    internal int Day => unchecked((int)(_dayAndHigh >> HighBits) - DaysBefore1970);

    internal long Amount => ((long)(_dayAndHigh & ((1u << HighBits) - 1)) << 32) | _low;
}
