using NodaTime;

namespace Crm.Core.Tests;

// Examples of the documentation.
public sealed class WindowTests
{
    private static readonly LocalDate _last = new(1997, 9, 30);

    [Fact]
    public void Through_ADay_HasNoTestPeriod()
    {
        Window window = Window.Through(_last);
        Assert.Equal((_last, null, 0), (window.LastDay, window.HoldoutLastDay, window.HoldoutDays));
        Assert.Equal("through 1997-09-30", window.ToString());
    }

    [Fact]
    public void HoldingOutThrough_ALaterDay_CountsItsDays()
    {
        Window window = Window.Through(_last).HoldingOutThrough(new(1998, 6, 30));
        Assert.Equal(39 * 7, window.HoldoutDays);
        Assert.Equal("through 1997-09-30, held out through 1998-06-30", window.ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void HoldingOutThrough_NotALaterDay_IsRefusedNamingBothDays(int days)
    {
        LocalDate day = _last.PlusDays(days);
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Window.Through(_last).HoldingOutThrough(day));
        Assert.Equal("holdoutLastDay", refusal.ParamName);
        Assert.Contains($"after the window's last day, 1997-09-30; it was to end on 1997-09-{day.Day}.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equals_SameDays_IsTrue() => Assert.Equal(Window.Through(_last), Window.Through(_last));
}
