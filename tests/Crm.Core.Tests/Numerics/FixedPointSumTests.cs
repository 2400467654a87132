using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

/// <summary>Slow oracle: the exact sum in whole multiples of the smallest double. Properties: order and sharing change no bit.</summary>
public sealed class FixedPointSumTests
{
    private const int SmallestExponent = -1074;

    public static TheoryData<double, double[]> Extremes => new()
    {
        { 0, [0.0, -0.0] },
        { 1e-323, [5e-324, 5e-324] },
        { 3e-323, [1e-323, 1e-323, 1e-323] },
        { 0, [1e308, -1e308, 1e308, -1e308] },
        { 1.5e308, [0.5e308, 0.5e308, 0.5e308] },
        { 1e16, [1e16, 1, -1] },
        { 2, [1e16, 1, 1, -1e16] },
    };

    // Terms of one magnitude, of all magnitudes of a double, and whole ones; each with how often it counts.
    private static Gen<(double Term, int Customers)[]> Rows =>
        from widest in Gen.Elements(0, 10, 300)
        from centre in Gen.Elements(-300, -20, 0, 6, 290)
        from rows in (
            from whole in Gen.Choose(-1_000_000, 1_000_000)
            from magnitude in Gen.Choose(-widest, 0)
            from customers in Gen.Frequency((6, Gen.Choose(1, 9)), (1, Gen.Constant(int.MaxValue)))
            select (whole / 3.0 * Math.Pow(10, centre + magnitude), customers)).ListOf()
        select rows.ToArray();

    [Fact]
    public void Of_AnyTerms_IsTheExactSumWithinItsPromise() => FixedSeed.ForAll(Rows, rows =>
    {
        double sum = FixedPointSum.Of(Terms(rows), Customers(rows));
        BigInteger exact = rows.Aggregate(BigInteger.Zero, (total, row) => total + (Exact(row.Term) * row.Customers));
        BigInteger largest = rows.Select(row => BigInteger.Abs(Exact(row.Term))).DefaultIfEmpty().Max();
        long customers = rows.Sum(row => (long)row.Customers);

        // 1e-18 of the largest for each, and the rounding of the sum to a double.
        BigInteger promised = (largest * customers / BigInteger.Pow(10, 18)) + (BigInteger.Abs(exact) >> 53) + 1;
        Assert.True(BigInteger.Abs(Exact(sum) - exact) <= promised, $"{sum:R} is off by {(double)BigInteger.Abs(Exact(sum) - exact) / (double)promised} of what is promised.");
    }, 1000);

    [Fact]
    public void Of_RowsInAnotherOrder_HasTheSameBits()
    {
        var pairs = from rows in Rows from shuffled in Gen.Shuffle(rows) select (rows, shuffled);
        FixedSeed.ForAll(pairs, pair => Assert.Equal(
            BitConverter.DoubleToInt64Bits(FixedPointSum.Of(Terms(pair.rows), Customers(pair.rows))),
            BitConverter.DoubleToInt64Bits(FixedPointSum.Of(Terms(pair.shuffled), Customers(pair.shuffled)))), 500);
    }

    [Fact]
    public void Of_SharedRows_HasTheBitsOfAsManyRows() => FixedSeed.ForAll(Rows, rows =>
    {
        (double Term, int Customers)[] few = Array.ConvertAll(rows, row => (row.Term, Customers: 1 + (row.Customers % 9)));
        double[] repeated = [.. few.SelectMany(row => Enumerable.Repeat(row.Term, row.Customers))];
        Assert.Equal(FixedPointSum.Of(repeated, []), FixedPointSum.Of(Terms(few), Customers(few)));
    }, 500);

    [Fact]
    public void Of_WholeNumbers_IsExact() => FixedSeed.ForAll(Gen.Choose(-1_000_000, 1_000_000).ListOf(), terms => Assert.Equal(
        terms.Sum(term => (long)term), FixedPointSum.Of([.. terms.Select(term => (double)term)], [])));

    [Fact]
    public void Of_NoTerms_IsNothing() => Assert.Equal(0, FixedPointSum.Of([], []));

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Of_ExtremeMagnitudes_IsTheSum(double sum, double[] terms) => Assert.Equal(sum, FixedPointSum.Of(terms, []));

    [Fact]
    public void Of_TermsFarBelowTheLargest_DoNotCount() => Assert.Equal(1e300, FixedPointSum.Of([1e300, 1e-300, 3e-310], [1, int.MaxValue, 2]));

    private static double[] Terms((double Term, int Customers)[] rows) => Array.ConvertAll(rows, row => row.Term);

    private static int[] Customers((double Term, int Customers)[] rows) => Array.ConvertAll(rows, row => row.Customers);

    // As a multiple of the smallest double.
    private static BigInteger Exact(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent > 0 ? 1L << 52 : 0);
        BigInteger whole = mantissa << (Math.Max(1, exponent) - 1075 - SmallestExponent);
        return bits < 0 ? -whole : whole;
    }
}
