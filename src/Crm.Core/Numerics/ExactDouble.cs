using System.Numerics;

namespace Crm.Core.Numerics;

/// <summary>Doubles as whole multiples of 2^−1074, the least of them, so that sums are exact; and quotients of whole numbers as doubles, rounded once.</summary>
internal static class ExactDouble
{
    private const int MantissaBits = 52;
    private const int LeastExponent = -1_074;
    private const ulong Hidden = 1UL << MantissaBits;

    /// <summary>How many multiples of 2^−1074 are 1.</summary>
    internal static BigInteger One { get; } = BigInteger.One << -LeastExponent;

    /// <summary>The multiples of 2^−1074 in a finite number.</summary>
    internal static BigInteger Of(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int field = Field(bits);
        BigInteger size = (BigInteger)Mantissa(bits, field) << Math.Max(field - 1, 0);
        return double.IsNegative(value) ? -size : size;
    }

    /// <summary>The exponent of a number's bits as they stand, 0 for what is nearer to 0 than any normal number.</summary>
    internal static int Field(ulong bits) => (int)(bits >> MantissaBits) & 0x7FF;

    /// <summary>The whole number that, times 2 to the exponent, is the size of a number.</summary>
    internal static ulong Mantissa(ulong bits, int field) => (bits & (Hidden - 1)) | (field == 0 ? 0 : Hidden);

    /// <summary>The double nearest to a quotient, ties to the even one; infinite where none is as large.</summary>
    internal static double Nearest(BigInteger numerator, BigInteger denominator) => Quotient(numerator, denominator, 0);

    /// <summary>The greatest double that is not above a quotient.</summary>
    internal static double Below(BigInteger numerator, BigInteger denominator) => Quotient(numerator, denominator, -1);

    /// <summary>The least double that is not below a quotient.</summary>
    internal static double Above(BigInteger numerator, BigInteger denominator) => Quotient(numerator, denominator, 1);

    // The denominator is above 0.
    private static double Quotient(BigInteger numerator, BigInteger denominator, int direction)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        bool isNegative = numerator.Sign < 0;
        BigInteger size = BigInteger.Abs(numerator);

        // The last place of the result: 53 bits or 54 of quotient, fewer where doubles have fewer.
        int place = (int)Math.Max(size.GetBitLength() - denominator.GetBitLength() - MantissaBits - 1, LeastExponent);
        var (quotient, isExact) = Divide(size, denominator, place);
        if (quotient >> (MantissaBits + 1) != 0)
        {
            (quotient, isExact) = Divide(size, denominator, ++place);
        }

        bool isUp = direction == 0
            ? IsNearerUp(size, denominator, place, quotient)
            : !isExact && direction > 0 != isNegative;
        double result = Math.ScaleB(quotient + (isUp ? 1UL : 0), place);
        if (double.IsInfinity(result) && direction != 0 && direction > 0 == isNegative)
        {
            result = double.MaxValue;
        }

        return isNegative ? -result : result;
    }

    private static (ulong Quotient, bool IsExact) Divide(BigInteger size, BigInteger denominator, int place)
    {
        var (quotient, rest) = place >= 0
            ? BigInteger.DivRem(size, denominator << place)
            : BigInteger.DivRem(size << -place, denominator);
        return ((ulong)quotient, rest.IsZero);
    }

    private static bool IsNearerUp(BigInteger size, BigInteger denominator, int place, ulong quotient)
    {
        var (twice, isExact) = Divide(size, denominator, place - 1);
        return (twice & 1) != 0 && (!isExact || (quotient & 1) != 0);
    }
}
