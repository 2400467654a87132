using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Crm.Core.Numerics;

/// <summary>e^x, e^x − 1 and ln(1 + x) of four numbers at a time, with the same bits on every machine.</summary>
/// <remarks>
/// Four lanes whatever the machine has: where its vectors are shorter, the runtime works in halves. Multiplied and added apart, since a
/// fused step would round differently by machine. Relative errors are a few units in the last place, also where x is small. What is
/// no number stays none. Beyond 708, a little before a double ends, e^x counts as infinite, and below -708 as 0.
/// </remarks>
internal static class ElementaryVectors
{
    // A mantissa from √½ to √2 has the exponent that is left once √½ counts as 1.
    private const long OneBits = 0x3FF0000000000000;
    private const long RootOfHalfBits = 0x3FE6A09E667F3BCD;
    private const long Mantissa = 0x000FFFFFFFFFFFFF;
    private const double Rounder = 6755399441055744; // 1.5 * 2^52: a whole number added to its bits is added to it

    /// <summary>e^x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Exp(Vector256<double> x)
    {
        Vector256<double> value = VectorExp.Of<Vector256<double>, Lanes256<double>>(x);
        return WhereInRange(x, value);
    }

    /// <summary>e^x − 1, for x of 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> ExpM1(Vector256<double> x)
    {
        Vector256<double> lessOne = VectorExp.LessOne<Vector256<double>, Lanes256<double>>(x, out Vector256<double> power);
        return WhereInRange(x, (lessOne * power) + (power - Vector256<double>.One));
    }

    /// <summary>ln(1 + x), for x of 0 or more.</summary>
    /// <remarks>
    /// 1 + x = 2^k m with m = 1 + f from √½ to √2, and ln m = f − f²/2 + t (f²/2 + R) with t = f / (2 + f), where R = 2 t²/3 + 2 t⁴/5 + …
    /// ends at t²² (t is at most 0.172): the series of 2 artanh t. What the sum 1 + x rounded away comes back as its part of u.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Log1P(Vector256<double> x)
    {
        Vector256<double> one = Vector256<double>.One;
        Vector256<double> u = one + x;
        Vector256<long> bits = unchecked(u.AsInt64() + Vector256.Create(OneBits - RootOfHalfBits));
        Vector256<long> exponent = unchecked((bits >>> 52) - Vector256.Create(OneBits >>> 52));
        Vector256<double> k = unchecked(exponent + Vector256.Create(Rounder).AsInt64()).AsDouble() - Vector256.Create(Rounder);
        Vector256<double> f = unchecked((bits & Vector256.Create(Mantissa)) + Vector256.Create(RootOfHalfBits)).AsDouble() - one;

        // Below 2 it is 1 that went in whole, above it is x.
        Vector256<double> lost = Vector256.ConditionalSelect(Vector256.GreaterThan(x, one), one - (u - x), x - (u - one)) / u;
        Vector256<double> half = Vector256.Create(0.5) * f * f;
        Vector256<double> t = f / (Vector256.Create(2d) + f);
        Vector256<double> value = (k * Vector256.Create(VectorExp.Ln2High))
            + (f - (half - ((t * (half + Rest(t * t))) + ((k * Vector256.Create(VectorExp.Ln2Low)) + lost))));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(double.PositiveInfinity)), value, x);
    }

    /// <summary>The sum of the lanes, always in the same order.</summary>
    internal static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);

    // 2z/3 + 2z²/5 + … + 2z¹¹/23, in lots of four terms that do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Rest(Vector256<double> z)
    {
        Vector256<double> square = z * z;
        Vector256<double> fourth = square * square;
        Vector256<double> low = Four(z, square, 2 / 3d, 2 / 5d, 2 / 7d, 2 / 9d);
        Vector256<double> middle = Four(z, square, 2 / 11d, 2 / 13d, 2 / 15d, 2 / 17d);
        Vector256<double> high = (((Vector256.Create(2 / 23d) * z) + Vector256.Create(2 / 21d)) * z) + Vector256.Create(2 / 19d);
        return z * (low + (fourth * (middle + (fourth * high))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Four(Vector256<double> z, Vector256<double> square, double c0, double c1, double c2, double c3) =>
        ((z * Vector256.Create(c1)) + Vector256.Create(c0)) + (square * ((z * Vector256.Create(c3)) + Vector256.Create(c2)));

    // Beyond 708 it is infinite; what is no number compares with nothing and comes out as it came.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> WhereInRange(Vector256<double> x, Vector256<double> value)
    {
        Vector256<double> otherwise = Vector256.ConditionalSelect(
            Vector256.GreaterThan(x, Vector256.Create(-VectorExp.Least)), Vector256.Create(double.PositiveInfinity), x);
        return Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256.Create(-VectorExp.Least)), value, otherwise);
    }
}
