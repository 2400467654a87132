namespace Crm.Core.Histories;

/// <summary>A purchase in 12 bytes.</summary>
/// <param name="customer">The number of the customer in the shard, of 25 bits.</param>
/// <param name="day">Days since 1970-01-01, of 23 bits.</param>
/// <param name="amount">In ten-thousandths, or what stands for an amount that is kept aside, see <see cref="PurchaseShard"/>: 0 or more, of 48 bits.</param>
internal readonly struct PurchaseRow(int customer, int day, long amount)
{
    /// <summary>How many values an amount can have.</summary>
    internal const long Amounts = 1L << (LowBits + MiddleBits + HighBits);

    private const int LowBits = 32;
    private const int MiddleBits = 9;
    private const int HighBits = 7;

    // All years that a date can have, from -9998 to 9999.
    private const int DaysBefore1970 = 4_400_000;

    private readonly uint _customerAndHigh = unchecked(((uint)customer << HighBits) | (uint)(amount >> (LowBits + MiddleBits)));
    private readonly uint _dayAndMiddle = unchecked(((uint)(day + DaysBefore1970) << MiddleBits) | ((uint)(amount >> LowBits) & Middle));
    private readonly uint _low = unchecked((uint)amount);

    internal int Customer => (int)(_customerAndHigh >> HighBits);

    internal int Day => unchecked((int)(_dayAndMiddle >> MiddleBits) - DaysBefore1970);

    internal long Amount => ((long)(_customerAndHigh & High) << (LowBits + MiddleBits)) | ((long)(_dayAndMiddle & Middle) << LowBits) | _low;

    private static uint High => (1u << HighBits) - 1;

    private static uint Middle => (1u << MiddleBits) - 1;
}
