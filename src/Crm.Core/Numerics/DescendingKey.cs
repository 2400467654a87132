namespace Crm.Core.Numerics;

/// <summary>Numbers that sort as values do, downwards; equal for equal values, −0 and 0 among them.</summary>
internal static class DescendingKey
{
    private const ulong Sign = 1UL << 63;

    internal static ulong Of(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value + 0.0); // −0 is 0
        return bits >> 63 == 0 ? ~(bits | Sign) : bits;
    }

    internal static double Value(ulong key) => BitConverter.UInt64BitsToDouble(key >> 63 == 0 ? ~key & ~Sign : key);
}
