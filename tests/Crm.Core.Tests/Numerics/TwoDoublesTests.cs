using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

// Against whole numbers of any length.
public sealed class TwoDoublesTests
{
    private const int Bits = 104; // of each result

    private static Gen<Int128> Whole =>
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from shift in Gen.Choose(0, 88)
        select (((Int128)high << 62) + ((Int128)middle << 31) + low) >> shift;

    [Fact]
    public void Of_WholeNumbers_KeepEveryBit() => FixedSeed.ForAll(Whole, whole =>
    {
        Assert.Equal((BigInteger)whole, Exact(TwoDoubles.Of(whole)));
        long part = (long)(whole >> 40);
        Assert.Equal(part, Exact(TwoDoubles.Of(part)));
        Assert.Equal(long.MaxValue, Exact(TwoDoubles.Of(long.MaxValue)));
        Assert.Equal(long.MinValue, Exact(TwoDoubles.Of(long.MinValue)));
    });

    [Fact]
    public void Operators_AnyNumbers_ErrInTheLastBitsOnly() => FixedSeed.ForAll(Whole.Two(), pair =>
    {
        var (one, other) = ((BigInteger)pair.Item1, (BigInteger)pair.Item2);
        var (first, second) = (TwoDoubles.Of(pair.Item1), TwoDoubles.Of(pair.Item2));
        Near(one + other, first + second);
        Near(one - other, first - second);
        Near(one * other, first * second);
        Near(one - (other >> 60) - one, first - TwoDoubles.Of((Int128)(other >> 60)) - first, one);
        if (other != 0)
        {
            Near(one * other / other, first * second / second);
        }

        Assert.Equal(one > other, first > second);
        Assert.Equal(one < other, first < second);
    });

    private static void Near(BigInteger expected, TwoDoubles found, BigInteger? beside = null) =>
        Assert.True(BigInteger.Abs(Exact(found) - expected) << (Bits - 2) <= BigInteger.Max(BigInteger.Abs(expected), BigInteger.Abs(beside ?? 0)), $"{expected} and {Exact(found)}");

    // Rounded to a whole number: what is asked of it is below a part in 2^102 of numbers far below that.
    private static BigInteger Exact(TwoDoubles number) => new BigInteger(number.High) + new BigInteger(Math.Round(number.Low));
}
