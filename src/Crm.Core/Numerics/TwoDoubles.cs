using System.Runtime.CompilerServices;

namespace Crm.Core.Numerics;

/// <summary>A number as the sum of two doubles, the second at most half of the last place of the first: about 106 bits.</summary>
/// <remarks>
/// Sums and products by error-free transforms (Dekker 1971; Knuth; the algorithms of Joldes, Muller and Popescu 2017), without fused operations, so that the bits are
/// the same everywhere. An operation errs by a few parts in 2^104 of its result, sums of numbers that cancel too. Sizes stay between 2^-400 and 2^400, or are 0.
/// </remarks>
internal readonly struct TwoDoubles
{
    private const double Splitter = (1 << 27) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TwoDoubles(double high, double low) => (High, Low) = (high, low);

    /// <summary>Gets the number as one double, rounded.</summary>
    internal double High { get; }

    /// <summary>Gets what the rounding left out.</summary>
    internal double Low { get; }

    /// <summary>A whole number; exact where it has no more than 106 bits.</summary>
    /// <param name="whole">The number, of a size below 2^126.</param>
    internal static TwoDoubles Of(Int128 whole)
    {
        double high = (double)whole;
        return Sum(high, (double)(whole - (Int128)high));
    }

    /// <summary>A whole number, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TwoDoubles Of(long whole)
    {
        const long low = (1L << 32) - 1;
        return Sum(whole & ~low, whole & low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoDoubles operator +(TwoDoubles one, TwoDoubles other)
    {
        TwoDoubles high = Sum(one.High, other.High);
        TwoDoubles low = Sum(one.Low, other.Low);
        TwoDoubles sum = OrderedSum(high.High, high.Low + low.High);
        return OrderedSum(sum.High, low.Low + sum.Low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoDoubles operator -(TwoDoubles one, TwoDoubles other) => one + new TwoDoubles(-other.High, -other.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoDoubles operator *(TwoDoubles one, TwoDoubles other)
    {
        TwoDoubles high = Product(one.High, other.High);
        return OrderedSum(high.High, high.Low + ((one.High * other.Low) + (one.Low * other.High)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoDoubles operator /(TwoDoubles one, TwoDoubles other)
    {
        double quotient = one.High / other.High;
        TwoDoubles product = other * new TwoDoubles(quotient, 0);
        return OrderedSum(quotient, ((one.High - product.High) + (one.Low - product.Low)) / other.High);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator >(TwoDoubles one, TwoDoubles other) => one.High > other.High || (one.High == other.High && one.Low > other.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool operator <(TwoDoubles one, TwoDoubles other) => other > one;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TwoDoubles Sum(double one, double other)
    {
        double sum = one + other;
        double ofOther = sum - one;
        return new(sum, (one - (sum - ofOther)) + (other - ofOther));
    }

    // The first is the larger one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TwoDoubles OrderedSum(double one, double other)
    {
        double sum = one + other;
        return new(sum, other - (sum - one));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TwoDoubles Product(double one, double other)
    {
        double product = one * other;
        var (oneHigh, oneLow) = Halves(one);
        var (otherHigh, otherLow) = Halves(other);
        return new(product, (oneLow * otherLow) - (((product - (oneHigh * otherHigh)) - (oneLow * otherHigh)) - (oneHigh * otherLow)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double High, double Low) Halves(double number)
    {
        double part = Splitter * number;
        double high = part - (part - number);
        return (high, number - high);
    }
}
