using System.Globalization;
using System.Numerics;
using Crm.Core.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests;

// Slow oracle: whole numbers of 1e-28, and quotients that are read from their decimal digits.
public sealed class ExactAmountTests
{
    private static Gen<decimal> Amounts => Gen.OneOf(
        Gen.Choose(0, int.MaxValue).Select(cents => cents / 100m),
        Gen.Elements(
            0m, 21_474_836.47m, 21_474_836.48m, 42_949_672.96m, 1e-28m, 7e27m, decimal.MaxValue, 900_719_925_474.0992m, 900_719_925_474.0993m, 0.00001m, 0.1m),
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(0, int.MaxValue)
        from words in Gen.Choose(1, 3)
        from scale in Gen.Choose(0, 28)
        select new decimal(low, words > 1 ? middle : 0, words > 2 ? high : 0, false, (byte)scale));

    [Fact]
    public void DividedBy_AnySumAndCount_IsTheNearestDouble()
    {
        var cases = from amounts in Amounts.NonEmptyListOf() from count in Gen.Choose(1, 1_000_000) select (amounts, count);
        FixedSeed.ForAll(cases, pair => Assert.Equal(
            ExactNumbers.Nearest(Sum(pair.amounts), pair.count), Exact(pair.amounts).DividedBy(pair.count)), 400);
    }

    [Fact]
    public void DividedBy_CentsAndASmallCount_IsTheNearestDouble()
    {
        var cases = from cents in Gen.Choose(0, int.MaxValue).NonEmptyListOf() from count in Gen.Choose(1, 100) select (cents, count);
        FixedSeed.ForAll(cases, pair =>
        {
            decimal[] amounts = [.. pair.cents.Select(c => c / 100m)];
            Assert.Equal(ExactNumbers.Nearest(Sum(amounts), pair.count), Exact(amounts).DividedBy(pair.count));
        }, 400);
    }

    [Fact]
    public void DividedBy_HalfWayBetweenTwoDoubles_GoesToTheEvenOneAndAHairAboveItUp()
    {
        Assert.Equal(9007199254740992.0, Exact([9007199254740993m]).DividedBy(1), 0.0);
        Assert.Equal(9007199254740994.0, Exact([9007199254740993m, 1e-28m]).DividedBy(1), 0.0);
    }

    [Fact]
    public void Absorb_AnyTwo_TakesTheLesserFromBoth() => FixedSeed.ForAll(Amounts.NonEmptyListOf().Zip(Amounts.NonEmptyListOf()), pair =>
    {
        ExactAmount amount = Exact(pair.Item1);
        ExactAmount rest = Exact(pair.Item2);
        BigInteger taken = BigInteger.Min(Sum(pair.Item1), Sum(pair.Item2));
        amount.Absorb(ref rest);
        Assert.Equal(ExactNumbers.Nearest(Sum(pair.Item1) - taken, 1), amount.DividedBy(1));
        Assert.Equal(ExactNumbers.Nearest(Sum(pair.Item2) - taken, 1), rest.DividedBy(1));
        Assert.Equal((Sum(pair.Item1) == taken, Sum(pair.Item2) == taken), (amount.IsZero, rest.IsZero));
        Assert.Equal((Sum(pair.Item1) - taken).Sign, amount.Sign);
    }, 400);

    [Fact]
    public void Add_ASum_IsTheSumOfAll() => FixedSeed.ForAll(Amounts.ListOf().Zip(Amounts.ListOf()), pair =>
    {
        ExactAmount sum = Exact(pair.Item1);
        sum.Add(Exact(pair.Item2));
        Assert.Equal(ExactNumbers.Nearest(Sum(pair.Item1) + Sum(pair.Item2), 7), sum.DividedBy(7));
    }, 500);

    [Theory]
    [InlineData("0", true, 0)]
    [InlineData("0.0000000000000000000000000000", true, 0)]
    [InlineData("12.5", true, 125_000)]
    [InlineData("12.500000000000000", true, 125_000)]
    [InlineData("21474836.48", true, 214_748_364_800)]
    [InlineData("900719925474.0992", true, 9_007_199_254_740_992)]
    [InlineData("-900719925474.0992", true, -9_007_199_254_740_992)]
    [InlineData("900719925474.0993", false, 0)]
    [InlineData("0.00001", false, 0)]
    [InlineData("79228162514264337593543950335", false, 0)]
    public void TryOrdinary_Amount_IsInTenThousandthsWhereThatIsExact(string amount, bool ordinary, long tenThousandths)
    {
        Assert.Equal(ordinary, ExactAmount.TryOrdinary(decimal.Parse(amount, CultureInfo.InvariantCulture), out long found));
        Assert.Equal(tenThousandths, found);
    }

    [Fact]
    public void ToDecimal_SumThatADecimalHolds_IsExact() =>
        Assert.Equal(7_000_000_000_000_000_000_000_000_000.5m, Exact([7e27m, 0.25m, 0.25m]).ToDecimal());

    private static ExactAmount Exact(IEnumerable<decimal> amounts)
    {
        var sum = default(ExactAmount);
        foreach (decimal amount in amounts)
        {
            sum.Add(amount);
        }

        return sum;
    }

    private static BigInteger Sum(IEnumerable<decimal> amounts) =>
        amounts.Aggregate(BigInteger.Zero, (sum, amount) => sum + ExactNumbers.Fine(amount));
}
