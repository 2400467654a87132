using System.Text;
using Crm.Core.Cli.Files;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Tests;

/// <summary>Which texts are days, and which day a moment is in a zone.</summary>
public sealed class DayReaderTests
{
    [Theory]
    [InlineData("1997-09-30", "1997-09-30")]
    [InlineData("1997/09/30", "1997-09-30")]
    [InlineData("19970930", "1997-09-30")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("1997-09-30T23:30:00", "1997-09-30")]
    [InlineData("1997-09-30 23:30", "1997-09-30")]
    [InlineData("1997-09-30T23:30:00Z", "1997-10-01")]
    [InlineData("1997-09-30T23:30:00.123+02:00", "1997-09-30")]
    [InlineData("1997-09-30 21:59:59.9999999Z", "1997-09-30")]
    [InlineData("1997-09-30 22:00:00Z", "1997-10-01")]
    public void TryRead_Iso_GivesTheDayInBerlin(string text, string day)
    {
        var reader = new DayReader(DateTimeZoneProviders.Tzdb["Europe/Berlin"], null);
        Assert.True(reader.TryRead(Encoding.UTF8.GetBytes(text), out LocalDate found));
        Assert.Equal(day, LocalDatePattern.Iso.Format(found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1997-9-30")]
    [InlineData("1997-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("1997-09/30")]
    [InlineData("30.09.1997")]
    [InlineData("01/02/1997")]
    [InlineData("1997-09-30T25:00:00")]
    [InlineData("today")]
    public void TryRead_AnythingElse_IsNoDay(string text) =>
        Assert.False(new DayReader(DateTimeZone.Utc, null).TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("dd/MM/uuuu", "01/02/1997", "1997-02-01")]
    [InlineData("dd/MM/yyyy", "01/02/1997", "1997-02-01")]
    [InlineData("M/d/uuuu", "1/2/1997", "1997-01-02")]
    public void TryRead_StatedFormat_IsTheOnlyOne(string format, string text, string day)
    {
        var reader = new DayReader(DateTimeZone.Utc, format);
        Assert.True(reader.TryRead(Encoding.UTF8.GetBytes(text), out LocalDate found));
        Assert.Equal(day, LocalDatePattern.Iso.Format(found));
        Assert.False(reader.TryRead("1997-02-01"u8, out _));
    }
}
