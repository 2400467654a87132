namespace Crm.Core.Tests;

// Examples of the documentation.
public sealed class TimeUnitTests
{
    [Theory]
    [InlineData("day", 1)]
    [InlineData("week", 7)]
    [InlineData("month", 30.4375)]
    [InlineData("year", 365.25)]
    public void Of_Name_GivesItsDays(string name, double days)
    {
        Assert.Equal(days, TimeUnit.Of(name).Days);
        Assert.Equal(name, TimeUnit.Of(name.ToUpperInvariant() + "S").ToString());
        Assert.True(TimeUnit.Of(name).IsNamed);
    }

    [Fact]
    public void Default_IsUnnamed()
    {
        Assert.Equal(TimeUnit.Of("unnamed"), default);
        Assert.Equal(("unnamed", 0, false), (default(TimeUnit).Name, default(TimeUnit).Days, default(TimeUnit).IsNamed));
    }

    [Theory]
    [InlineData("fortnight")]
    [InlineData("")]
    [InlineData(null)]
    public void Of_OtherName_IsRefused(string? name)
    {
        var refusal = Assert.Throws<ArgumentException>(() => TimeUnit.Of(name!));
        Assert.Equal("name", refusal.ParamName);
        Assert.Contains($"A time unit is day, week, month or year; it was '{name}'.", refusal.Message, StringComparison.Ordinal);
        Assert.False(TimeUnit.TryOf(name, out var unit) || unit != TimeUnit.Unnamed);
    }

    [Fact]
    public void Year_HasTwelveMonths() => Assert.Equal(TimeUnit.Year.Days, 12 * TimeUnit.Month.Days);
}
