using NodaTime;

namespace Crm.Core;

/// <summary>Numbers days one after another, and works out only those that differ from the one before: logs are mostly in the order of time.</summary>
internal struct DayMemo
{
    private LocalDate _last;
    private int _number;

    internal static DayMemo Begin() => new() { _number = DayNumber.Of(default(LocalDate)) };

    internal int Of(LocalDate day)
    {
        if (day != _last)
        {
            (_last, _number) = (day, DayNumber.Of(day));
        }

        return _number;
    }
}
