using Crm.Core.Benefits;

namespace Crm.Core.Tests.Benefits;

// Worked by hand.
public sealed class FactorScaleTests
{
    [Fact]
    public void LinearRange_EndsAndBeyond_LieOnOneLine()
    {
        FactorScale scale = FactorScale.LinearRange(20, 60);
        Assert.Equal([0, 1, 0.5, -0.5, 2], new[] { 20.0, 60, 40, 0, 100 }.Select(scale.Scale));
        Assert.Equal([false, false, false, true, true, false], new[] { 20.0, 60, 40, 0, 100, double.NaN }.Select(scale.IsBeyond));
        Assert.Equal((20.0, 40.0, 20.0, 60.0), (scale.Origin, scale.Step, scale.Low, scale.High));
    }

    [Fact]
    public void StandardScore_OfAMeanAndDeviation_CountsDeviations()
    {
        FactorScale scale = FactorScale.StandardScore(10, 4);
        Assert.Equal([-2.5, 0, 1], new[] { 0.0, 10, 14 }.Select(scale.Scale));
        Assert.False(scale.IsBeyond(1e9));
    }

    [Fact]
    public void FitStandardScore_APopulation_HasItsMeanAndDeviation()
    {
        // Mean 5, squares 9+1+1+1+0+0+4+16 = 32 over 7.
        FactorScale scale = FactorScale.FitStandardScore([2, 4, 4, double.NaN, 4, 5, 5, 7, 9]);
        Assert.Equal((5.0, Math.Sqrt(32 / 7.0), 2.0, 9.0), (scale.Origin, scale.Step, scale.Low, scale.High));
    }

    [Fact]
    public void Fit_APopulationInAnyOrder_HasTheSameBits()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 999).Select(_ => random.NextDouble() * Math.Pow(10, random.Next(6)))];
        FactorScale scale = FactorScale.FitStandardScore(values);
        random.Shuffle(values);
        Assert.Equal(scale, FactorScale.FitStandardScore(values));
        Assert.Equal(FactorScale.LinearRange(values.Min(), values.Max()), FactorScale.FitLinearRange(values));
    }

    [Fact]
    public void Fit_NothingToTellApart_IsRefused()
    {
        Assert.Contains("there are 0.", Assert.Throws<ArgumentException>(() => FactorScale.FitLinearRange([])).Message, StringComparison.Ordinal);
        Assert.Contains("there are 1, all of them 3", Assert.Throws<ArgumentException>(() => FactorScale.FitLinearRange([double.NaN, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("there are 2, all of them 3", Assert.Throws<ArgumentException>(() => FactorScale.FitStandardScore([3, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_InfiniteValues_AreNamed()
    {
        var refusal = Assert.Throws<RowFaultsException>(() => FactorScale.FitLinearRange([1, double.PositiveInfinity, 2, double.NegativeInfinity]));
        Assert.Equal([1L, 3], refusal.Faults.Select(fault => fault.Row));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(0, 5e-324)]
    public void LinearRange_NoRange_IsRefused(double low, double high) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorScale.LinearRange(low, high));

    [Fact]
    public void Money_AmountsOfItsCurrency_AreCounted()
    {
        FactorScale scale = FactorScale.Money(Currency.Eur, 100);
        Assert.Equal(0.39, scale.Scale(Money.Of(39m, "EUR")), 15);
        var refusal = Assert.Throws<CurrencyMismatchException>(() => scale.Scale(Money.Of(39m, "USD")));
        Assert.Contains("EUR", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("USD", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => FactorScale.Money(Currency.Eur, 0));
    }

    [Fact]
    public void Missing_StandIn_TakesItsPlace()
    {
        FactorScale scale = FactorScale.LinearRange(0, 10);
        Assert.Equal(double.NaN, scale.Scale(double.NaN));
        Assert.Equal(0.5, scale.WithMissing(5).Scale(double.NaN));
        Assert.Equal(0.7, scale.WithMissing(5).Scale(7), 15);
        Assert.Equal(3, FactorScale.Identity.WithMissing(3).Scale(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => scale.WithMissing(double.NaN));
    }

    [Fact]
    public void ToString_Kinds_SayWhatTheyCount()
    {
        Assert.Equal("as it is", FactorScale.Identity.ToString());
        Assert.Equal("0 at 1.5, 1 at 3", FactorScale.LinearRange(1.5, 3).ToString());
        Assert.Equal("standard deviations of 2 above 10", FactorScale.StandardScore(10, 2).ToString());
        Assert.Equal("in amounts of 100 EUR", FactorScale.Money(Currency.Eur, 100).ToString());
    }

    [Fact]
    public void Scales_NoScale_IsRefused() => Assert.Throws<ArgumentNullException>(() => new FactorScales { Brand = null! });
}
