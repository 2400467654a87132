using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests;

// Property: one yearly rate discounts alike in every unit. Published: delta .0027 a week for 15 % a year (BTYD's manual).
public sealed class DiscountRateTests
{
    [Theory]
    [InlineData("day")]
    [InlineData("week")]
    [InlineData("month")]
    [InlineData("year")]
    public void Per_TenPercentAYear_DiscountsAYearByTenPercentInEveryUnit(string name)
    {
        TimeUnit unit = TimeUnit.Of(name);
        double delta = DiscountRate.PerYear(0.10).Per(unit);
        Assert.Equal(1 / 1.1, Math.Exp(-delta * 365.25 / unit.Days), 1e-15);
    }

    [Fact]
    public void Per_AnyRateAndLength_DiscountsAlikeInEveryUnit() => FixedSeed.ForAll(Gen.Choose(0, 10_000).Zip(Gen.Choose(0, 5_000)), pair =>
    {
        DiscountRate rate = DiscountRate.PerYear(pair.Item1 / 1000.0);
        double days = pair.Item2;
        double expected = Math.Pow(1 + (pair.Item1 / 1000.0), -days / 365.25);
        foreach (TimeUnit unit in new[] { TimeUnit.Day, TimeUnit.Week, TimeUnit.Month, TimeUnit.Year })
        {
            double factor = Math.Exp(-rate.Per(unit) * (days / unit.Days));
            Assert.InRange(factor, expected * (1 - 1e-13), expected * (1 + 1e-13));
        }
    });

    [Fact]
    public void Per_FifteenPercentInWeeks_IsThePublishedFigure() => Assert.Equal(0.0027, DiscountRate.PerYear(0.15).Per(TimeUnit.Week), 0.00005);

    [Fact]
    public void Per_ItsOwnUnit_KeepsTheBits() => Assert.Equal(0.1 / 52, DiscountRate.Continuous(0.1 / 52, TimeUnit.Week).Per(TimeUnit.Week), 0.0);

    [Fact]
    public void Per_UnnamedUnitOfAYearlyRate_IsRefusedNamingBoth()
    {
        var refusal = Assert.Throws<UnitMismatchException>(() => DiscountRate.PerYear(0.1).Per(TimeUnit.Unnamed));
        Assert.Equal((TimeUnit.Unnamed, TimeUnit.Year), (refusal.Expected, refusal.Found));
        Assert.Contains("'unnamed' was needed and the unit 'year' came", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Per_NamedUnitOfAnUnnamedRate_IsRefused() =>
        Assert.Throws<UnitMismatchException>(() => DiscountRate.Continuous(0.01, TimeUnit.Unnamed).Per(TimeUnit.Week));

    [Fact]
    public void Per_UnnamedUnitOfAnUnnamedRate_IsTheRate() =>
        Assert.Equal(0.01, DiscountRate.Continuous(0.01, TimeUnit.Unnamed).Per(TimeUnit.Unnamed));

    [Theory]
    [InlineData("unnamed")]
    [InlineData("week")]
    public void Per_Zero_IsZeroInAnyUnit(string unit)
    {
        Assert.Equal(0, DiscountRate.Zero.Per(TimeUnit.Of(unit)));
        Assert.Equal(0, DiscountRate.PerYear(0).Per(TimeUnit.Of(unit)));
        Assert.True(default(DiscountRate).IsZero && DiscountRate.PerYear(0).IsZero && !DiscountRate.PerYear(0.1).IsZero);
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(12)]
    [InlineData(double.NaN)]
    public void PerYear_NotFromZeroToTen_IsRefused(double annualRate)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => DiscountRate.PerYear(annualRate));
        Assert.Equal("annualRate", refusal.ParamName);
        Assert.Contains("Must be a number from 1E-12 to 10; it was ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("as a fraction: 0.10 for 10 %.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Continuous_NotAFiniteRate_IsRefused(double delta)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => DiscountRate.Continuous(delta, TimeUnit.Week));
        Assert.Equal("delta", refusal.ParamName);
        Assert.Contains("Must be a number from 1E-12 to 1000000; it was ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OfEachKind_SaysRateAndUnit()
    {
        Assert.Equal("10 % per year", DiscountRate.PerYear(0.10).ToString());
        Assert.Equal("10 % per year", DiscountRate.Continuous(Math.Log(1.1) / 12, TimeUnit.Month).ToString());
        Assert.Equal("0.01 per unit of the data, continuous", DiscountRate.Continuous(0.01, TimeUnit.Unnamed).ToString());
    }
}
