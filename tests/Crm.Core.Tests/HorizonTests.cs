namespace Crm.Core.Tests;

// Examples of the documentation.
public sealed class HorizonTests
{
    [Theory]
    [InlineData("39w", 39, "week")]
    [InlineData("12m", 12, "month")]
    [InlineData("2y", 2, "year")]
    [InlineData("90d", 90, "day")]
    [InlineData("90D", 90, "day")]
    [InlineData("1.5y", 1.5, "year")]
    [InlineData("10", 10, "unnamed")]
    [InlineData("0w", 0, "week")]
    public void TryParse_NumberAndUnit_GivesBoth(string text, double length, string unit)
    {
        Assert.True(Horizon.TryParse(text, out var horizon));
        Assert.Equal(Horizon.Of(length, TimeUnit.Of(unit)), horizon);
        Assert.Equal((length, unit, true), (horizon.Length, horizon.Unit.Name, horizon.IsLimited));
    }

    [Theory]
    [InlineData("unlimited")]
    [InlineData("Unlimited")]
    public void TryParse_Unlimited_GivesIt(string text)
    {
        Assert.True(Horizon.TryParse(text, out var horizon));
        Assert.Equal(Horizon.Unlimited, horizon);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("w")]
    [InlineData("-1w")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("39 w")]
    [InlineData(" 39w")]
    [InlineData("39w ")]
    [InlineData("1,5y")]
    [InlineData("1,000d")]
    [InlineData("1e3d")]
    [InlineData("39weeks")]
    [InlineData("NaN")]
    [InlineData("NaNw")]
    [InlineData("Infinity")]
    [InlineData("Infinityw")]
    [InlineData("∞")]
    [InlineData("0x10")]
    [InlineData(".w")]
    public void TryParse_Junk_IsFalse(string? text) => Assert.False(Horizon.TryParse(text, out _));

    [Fact]
    public void Parse_AsPeopleWriteIt_IsWhatTryParseGives() => Assert.Equal(Horizon.Weeks(39), Horizon.Parse("39w"));

    [Fact]
    public void Parse_Junk_IsRefusedWithWhatIsAccepted()
    {
        var refusal = Assert.Throws<FormatException>(() => Horizon.Parse("39 weeks"));
        Assert.Contains("a number and a unit (90d, 39w, 12m, 2y), a bare number, or 'unlimited'", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("text", Assert.Throws<ArgumentNullException>(() => Horizon.Parse(null!)).ParamName);
    }

    [Fact]
    public void TryParse_NumberBeyondADouble_IsFalse() => Assert.False(Horizon.TryParse(new string('9', 400) + "d", out _));

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_NotAFiniteLength_IsRefused(double length)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Horizon.Of(length, TimeUnit.Week));
        Assert.Equal("length", refusal.ParamName);
        Assert.Contains("Must be a number from 0 to 1000000000000000", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Horizon.Unlimited", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_AnotherUnit_ConvertsByDays()
    {
        Assert.Equal(273, Horizon.Weeks(39).In(TimeUnit.Day));
        Assert.Equal(24, Horizon.Years(2).In(TimeUnit.Month));
        Assert.Equal(1, Horizon.Months(12).In(TimeUnit.Year));
        Assert.Equal(52, Horizon.Days(364).In(TimeUnit.Week));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(38.857142857142854)]
    [InlineData(1e15)]
    public void In_ItsOwnUnit_KeepsTheBits(double length) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(length), BitConverter.DoubleToInt64Bits(Horizon.Months(length).In(TimeUnit.Month)));

    [Fact]
    public void In_UnnamedUnit_IsRefusedBothWaysNamingBoth()
    {
        var toUnnamed = Assert.Throws<UnitMismatchException>(() => Horizon.Weeks(39).In(TimeUnit.Unnamed));
        Assert.Equal((TimeUnit.Unnamed, TimeUnit.Week), (toUnnamed.Expected, toUnnamed.Found));
        var fromUnnamed = Assert.Throws<UnitMismatchException>(() => Horizon.Of(39, TimeUnit.Unnamed).In(TimeUnit.Week));
        Assert.Contains("the unit 'week' was needed and the unit 'unnamed' came", fromUnnamed.Message, StringComparison.Ordinal);
        Assert.Contains("Name the unit of the data", fromUnnamed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_UnnamedHorizonAndUnit_IsTheLength() => Assert.Equal(39, Horizon.Of(39, TimeUnit.Unnamed).In(TimeUnit.Unnamed));

    [Fact]
    public void Default_IsUnlimitedInAnyUnit()
    {
        Assert.Equal(Horizon.Unlimited, default);
        Assert.Equal(double.PositiveInfinity, default(Horizon).Length);
        Assert.Equal(double.PositiveInfinity, Horizon.Unlimited.In(TimeUnit.Week));
        Assert.NotEqual(Horizon.Unlimited, Horizon.Of(0, TimeUnit.Unnamed));
    }

    [Theory]
    [InlineData("39w", "39 weeks")]
    [InlineData("1.5y", "1.5 years")]
    [InlineData("10", "10 units of the data")]
    [InlineData("unlimited", "unlimited")]
    public void ToString_OfWhatWasParsed_SaysIt(string text, string words)
    {
        Assert.True(Horizon.TryParse(text, out var horizon));
        Assert.Equal(words, horizon.ToString());
    }
}
