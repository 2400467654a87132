using NodaTime;

namespace Crm.Core.Tests;

public sealed class DayNumberTests
{
    // Against NodaTime, for every day that it has.
    [Fact]
    public void Of_EveryDay_IsThatOfNodaTime()
    {
        LocalDate day = LocalDate.MinIsoValue;
        int number = Period.DaysBetween(new LocalDate(1970, 1, 1), day);
        for (; day < LocalDate.MaxIsoValue; day = day.PlusDays(1), number++)
        {
            if (DayNumber.Of(day) != number)
            {
                Assert.Fail($"{day} is {number}, not {DayNumber.Of(day)}");
            }
        }

        Assert.Equal(number, DayNumber.Of(day));
        Assert.Equal(day, DayNumber.ToDate(number));
    }

    [Fact]
    public void Of_DayOfAnotherCalendar_IsThatDay()
    {
        LocalDate day = new(2026, 1, 1);
        Assert.All([CalendarSystem.Julian, CalendarSystem.IslamicBcl, CalendarSystem.PersianSimple], calendar =>
            Assert.Equal(DayNumber.Of(day), DayNumber.Of(day.WithCalendar(calendar))));
    }
}
