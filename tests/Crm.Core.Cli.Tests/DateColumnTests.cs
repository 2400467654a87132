using Crm.Core.Cli.Tests.Support;

namespace Crm.Core.Cli.Tests;

/// <summary>Dates of a whole file: one form, one order of day and month, in a range; and the day of a moment in a zone.</summary>
public sealed class DateColumnTests
{
    private const string Header = "customer_id,date,amount";

    // 3 and 4, 5 and 6 can be day or month; 25 and 13 cannot be months.
    [Theory]
    [InlineData("25/12/2025", "2026-06-05")]
    [InlineData("12/25/2025", "2026-05-06")]
    public void Summarize_OneDateThatIsClear_DecidesForAll(string clear, string until)
    {
        using var tool = new Tool();
        foreach (string[] rows in (string[][])
            [["1,03/04/2026,5", $"2,{clear},7", "1,05/06/2026,5"], [$"2,{clear},7", "1,03/04/2026,5", "1,05/06/2026,5"], ["1,3/4/2026,5", "1,5/6/2026,5", $"2,{clear},7"]])
        {
            var run = tool.Run("summarize", tool.File("file.csv", [Header, .. rows]), "--unit", "day", "-o", "-");
            Assert.True(run.ExitCode == 0, run.ToString());
            Assert.Contains($"until={until};", run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData('/')]
    [InlineData('.')]
    [InlineData('-')]
    public void Summarize_DayAndMonthUnclearThroughout_AsksByAnOptionNamingBothReadings(char separator)
    {
        using var tool = new Tool();
        string[] lines = [Header, .. new[] { "1,07/07/2026,5", "1,03/04/2026,5", "2,05/06/2026,7" }.Select(line => line.Replace('/', separator))];
        var run = tool.Run("summarize", tool.File("file.csv", lines), "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        string[] said = ["file.csv, line 3, column date", "2026-04-03 with the day first", "2026-03-04 with the month first", $"--date-format d{separator}M{separator}yyyy", $"--date-format M{separator}d{separator}yyyy"];
        Assert.All(said, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal(["file.csv"], tool.Names());
        foreach (var (format, until) in new[] { ($"d{separator}M{separator}yyyy", "2026-07-07"), ($"M{separator}d{separator}yyyy", "2026-07-07") })
        {
            var asked = tool.Run("summarize", tool.File("file.csv", lines), "--date-format", format, "-o", "-");
            Assert.Contains($"until={until};", asked.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Summarize_DayAndMonthTheSameThroughout_NeedsNoAnswer()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, "1,03/03/2026,5", "1,04/04/2026 18:00,5", "2,05/05/2026,7"), "-o", "-");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("until=2026-05-05;", run.Output, StringComparison.Ordinal);
    }

    // Whoever skips bad rows skips rows, not the question what all the others mean.
    [Theory]
    [InlineData("stop")]
    [InlineData("skip")]
    public void Summarize_TwoDatesThatContradict_IsAnErrorNamingBoth(string onBadRow)
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, "1,03/04/2026,5", "1,25/12/2025,5", "2,12/31/2025,7"), "-o", tool.At("s.csv"), "--on-bad-row", onBadRow);
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(["file.csv", "column date", "the day comes first in line 3", "the month in line 4", "--date-format d/M/yyyy"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        Assert.Equal(["file.csv"], tool.Names());
    }

    [Theory]
    [InlineData("1,2025-12-25,5", "1,26/12/2025,5")]
    [InlineData("1,26/12/2025,5", "1,2025-12-25,5")]
    [InlineData("1,26/12/2025,5", "1,26.12.2025,5")]
    public void Summarize_MixedForms_AreFaultsOfTheirLines(string first, string second)
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, first, second), "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.All(["1 fault;", "line 3, column date", "another form than the date in line 2"], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }

    // All forms with the year first are one: nothing in them can be taken for something else.
    [Fact]
    public void Summarize_YearFirstInAnyDress_IsOneForm()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, "1,2025-12-25,5", "1,20251226,5", "2,2025/12/27,5", "2,2025-12-28T10:00:00Z,5"), "-o", "-");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("until=2025-12-28;", run.Output, StringComparison.Ordinal);
    }

    // The clock of the tests shows noon of 2026-12-31 in UTC, which is 2027-01-01 in Kiritimati.
    [Theory]
    [InlineData("2027-01-01", 0)]
    [InlineData("2027-01-02", 1, "2027-01-01", "tomorrow", "--not-after")]
    [InlineData("2027-01-02", 0, "--zone", "Pacific/Kiritimati")]
    [InlineData("2027-01-02", 0, "--not-after", "2027-01-31")]
    [InlineData("2026-12-30", 1, "--not-after", "2026-12-29")]
    [InlineData("1970-01-01", 1, "1970-01-02", "never set", "--not-before")]
    [InlineData("1970-01-02", 0)]
    [InlineData("1899-12-30", 0, "--not-before", "1800-01-01")]
    [InlineData("2024-12-31", 1, "--not-before", "2025-01-01")]
    [InlineData("31/12/2024", 1, "--not-before", "2025-01-01")]
    public void Summarize_DateOutsideTheRange_IsAFaultOfItsLine(string date, int exitCode, params string[] more)
    {
        using var tool = new Tool();
        string other = date.Contains('/', StringComparison.Ordinal) ? "13/06/2026" : "2026-06-13";
        string[] options = more.Length > 0 && more[0].StartsWith("--", StringComparison.Ordinal) ? more : [];
        var run = tool.Run(["summarize", tool.File("file.csv", Header, $"1,{other},5", $"1,{date},5"), "-o", tool.At("s.csv"), .. options]);
        Assert.True(run.ExitCode == exitCode, run.ToString());
        if (exitCode != 0)
        {
            Assert.All(["file.csv has 1 fault;", "line 3, column date", .. more], part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
        }
    }

    // Rows whose day was open are checked once it is decided, and told with their line.
    [Fact]
    public void Summarize_OpenDateOutsideTheRange_IsAFaultOnceItIsDecided()
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, "1,03/04/1969,5", "1,25/12/2025,5"), "-o", tool.At("s.csv"));
        Assert.True(run.ExitCode == ExitCode.Data, run.ToString());
        Assert.Contains("line 2, column date: '03/04/19…'", run.Error, StringComparison.Ordinal);
    }

    // The row that decides is at fault twice itself, and those before it come between its faults.
    [Fact]
    public void Summarize_SkipWhereAFaultyRowDecides_CountsEveryRowOnce()
    {
        using var tool = new Tool();
        string[] rows = ["1,03/04/1969,5", "1,05/06/1969,5", ",25/12/2025,free", "1,03/04/2026,5", "2,05/06/2026,5"];
        var run = tool.Run("summarize", tool.File("file.csv", [Header, .. rows]), "-o", tool.At("s.csv"), "--on-bad-row", "skip", "--json");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal(3, run.Json.GetProperty("skipped").GetProperty("rows").GetInt32());
        Assert.Equal("2026-06-05", run.Json.GetProperty("until").GetString());
    }

    // In Berlin 02:30 of 2026-03-29 is skipped and 02:30 of 2026-10-25 comes twice; moments fall on the day that the clocks there show.
    [Theory]
    [InlineData("2026-03-29T02:30:00", "2026-03-29")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25")]
    [InlineData("2026-03-28T22:59:59Z", "2026-03-28")]
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29")]
    [InlineData("2026-03-29T21:59:59Z", "2026-03-29")]
    [InlineData("2026-03-29T22:00:00Z", "2026-03-30")]
    [InlineData("2026-10-25T23:00:00+01:00", "2026-10-25")]
    [InlineData("2026-10-24T12:30:00-10:00", "2026-10-25")]
    public void Summarize_TimesInAZone_FallOnTheDayOfItsClocks(string moment, string day)
    {
        using var tool = new Tool();
        var run = tool.Run("summarize", tool.File("file.csv", Header, "1,2026-01-01T08:00:00Z,5", $"1,{moment},5"), "--zone", "Europe/Berlin", "-o", "-");
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains($"until={day};", run.Output, StringComparison.Ordinal);
    }
}
