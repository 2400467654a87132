using System.Globalization;
using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Numerics;

// Against the digits that .NET writes of a double, all of them, and the doubles it reads from digits.
public sealed class ExactDoubleTests
{
    private const int Decimals = 1_074;

    private static readonly Gen<double> _doubles = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Zip(Gen.Choose(int.MinValue, int.MaxValue))
            .Select(halves => BitConverter.Int64BitsToDouble(((long)halves.Item1 << 32) | unchecked((uint)halves.Item2))).Where(double.IsFinite),
        Gen.Elements(0, 1, -1, 0.1, 19.99, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014E-308, 2.225073858507201E-308));

    [Fact]
    public void Of_AnyDouble_IsAllItsDigits() => FixedSeed.ForAll(_doubles, value =>
    {
        BigInteger digits = BigInteger.Parse(value.ToString("F" + Decimals, CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        Assert.Equal(digits * ExactDouble.One, ExactDouble.Of(value) * BigInteger.Pow(10, Decimals));
    }, 300);

    [Fact]
    public void Nearest_OfADouble_IsTheDouble() =>
        FixedSeed.ForAll(_doubles, value => Assert.Equal(value, ExactDouble.Nearest(ExactDouble.Of(value), ExactDouble.One)), 300);

    [Fact]
    public void Nearest_OfASumOfThree_IsWhatItsDigitsRead() => FixedSeed.ForAll(_doubles.Three(), values =>
    {
        BigInteger sum = ExactDouble.Of(values.Item1) + ExactDouble.Of(values.Item2) + ExactDouble.Of(values.Item3);
        BigInteger digits = sum * BigInteger.Pow(10, Decimals) / ExactDouble.One;
        Assert.Equal(double.Parse($"{digits}e-{Decimals}", CultureInfo.InvariantCulture), ExactDouble.Nearest(sum, ExactDouble.One));
    }, 300);

    [Fact]
    public void Nearest_OfAQuotient_IsWhatItsDigitsRead() => FixedSeed.ForAll(_doubles.Zip(_doubles.Where(value => value != 0)), pair =>
    {
        BigInteger denominator = BigInteger.Abs(ExactDouble.Of(pair.Item2));
        BigInteger scaled = BigInteger.DivRem(ExactDouble.Of(pair.Item1) * BigInteger.Pow(10, 2_000), denominator, out BigInteger rest);
        string below = rest.IsZero ? "0" : "1"; // what is left decides a tie
        Assert.Equal(double.Parse($"{scaled}{below}e-2001", CultureInfo.InvariantCulture), ExactDouble.Nearest(ExactDouble.Of(pair.Item1), denominator));
    }, 300);

    [Fact]
    public void BelowAndAbove_OfAQuotient_AreItsNeighbours() => FixedSeed.ForAll(_doubles.Zip(_doubles.Where(value => value != 0)), pair =>
    {
        BigInteger numerator = ExactDouble.Of(pair.Item1);
        BigInteger denominator = BigInteger.Abs(ExactDouble.Of(pair.Item2));
        double below = ExactDouble.Below(numerator, denominator);
        double above = ExactDouble.Above(numerator, denominator);
        Assert.True(Compare(below, numerator, denominator) <= 0 && Compare(Math.BitIncrement(below), numerator, denominator) > 0, $"below {below:R}");
        Assert.True(Compare(above, numerator, denominator) >= 0 && Compare(Math.BitDecrement(above), numerator, denominator) < 0, $"above {above:R}");
    }, 300);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(-1, 3)]
    [InlineData(9007199254740993, 1)]
    [InlineData(9007199254740995, 1)]
    [InlineData(1, 9007199254740993)]
    public void Nearest_OfWholeNumbers_IsOneDivision(long numerator, long denominator) =>
        Assert.Equal(double.Parse(((decimal)numerator / denominator).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), ExactDouble.Nearest(numerator, denominator), 1e-15);

    [Fact]
    public void Nearest_BeyondTheGreatestDouble_IsInfinite()
    {
        BigInteger twice = 2 * ExactDouble.Of(double.MaxValue);
        Assert.Equal(double.PositiveInfinity, ExactDouble.Nearest(twice, ExactDouble.One));
        Assert.Equal(double.MaxValue, ExactDouble.Below(twice, ExactDouble.One));
        Assert.Equal(double.PositiveInfinity, ExactDouble.Above(twice, ExactDouble.One));
        Assert.Equal(double.NegativeInfinity, ExactDouble.Below(-twice, ExactDouble.One));
        Assert.Equal(double.MinValue, ExactDouble.Above(-twice, ExactDouble.One));
    }

    private static int Compare(double value, BigInteger numerator, BigInteger denominator) => double.IsInfinity(value)
        ? Math.Sign(value)
        : (ExactDouble.Of(value) * denominator).CompareTo(numerator * ExactDouble.One);
}
