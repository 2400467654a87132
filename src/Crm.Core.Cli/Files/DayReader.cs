using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>Reads the days of a file: ISO 8601 dates and times, or one format that the user states.</summary>
/// <remarks>A time with an offset is a moment, and its day is that of the zone; a time without one is already in the zone.</remarks>
internal sealed class DayReader
{
    internal const string Accepted = "a day such as 1997-09-30, or a moment such as 1997-09-30T18:00:00Z; for another order use --date-format, such as d/M/yyyy";

    // Outside these years a date is a typing error, and the ends of the calendar are near.
    private const int FirstYear = 1;
    private const int LastYear = 9998;

    private static readonly LocalDateTimePattern _minutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private static readonly LocalTimePattern _minutesOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private const int MomentLength = 19;
    private const int HoursOfDay = 24;
    private const int MinutesOfHour = 60;

    private readonly DateTimeZone _zone;
    private readonly LocalDatePattern? _stated;
    private readonly string? _statedText;
    private readonly byte[] _lastField = new byte[MomentLength];
    private int _lastLength;
    private LocalDate _lastDay;

    /// <summary>Initializes a new instance of the <see cref="DayReader"/> class.</summary>
    /// <exception cref="UsageException">The format is none.</exception>
    internal DayReader(DateTimeZone zone, string? format)
    {
        _zone = zone;
        _statedText = format;
        if (format is not null && !NamesADay(format))
        {
            throw new UsageException($"--date-format '{format}' names no day. Use d, M and four letters of the year: dd/MM/yyyy.");
        }

        try
        {
            _stated = format is null ? null : LocalDatePattern.CreateWithInvariantCulture(format.Replace('y', 'u'));
        }
        catch (InvalidPatternException exception)
        {
            throw new UsageException($"--date-format '{format}' is no date format: {exception.Message} Use d, M and four letters of the year: dd/MM/yyyy.");
        }
    }

    /// <summary>Gets a value indicating whether the user stated a format.</summary>
    internal bool HasFormat => _stated is not null;

    /// <summary>What is accepted, in words.</summary>
    internal string Expected => _statedText is null ? Accepted : $"a day as --date-format has it, {_statedText}";

    internal bool TryRead(ReadOnlySpan<byte> field, out LocalDate day)
    {
        // Logs are mostly in the order of time.
        if (_lastLength > 0 && field.SequenceEqual(_lastField.AsSpan(0, _lastLength)))
        {
            day = _lastDay;
            return true;
        }

        if (_stated is null && TryIso(field, out day))
        {
            field.CopyTo(_lastField);
            (_lastLength, _lastDay) = (field.Length, day);
            return true;
        }

        return TryText(Encoding.UTF8.GetString(field), out day);
    }

    /// <summary>Reads 1997-09-30, 1997/09/30, 19970930 or 1997-09-30T18:00:00, the T a space or not: nearly every row of nearly every file.</summary>
    /// <returns>Whether it is one; what is none may still be a day.</returns>
    internal static bool TryIso(ReadOnlySpan<byte> field, out LocalDate day) =>
        field.Length == MomentLength ? TryIsoMoment(field, out day) : TryIsoDay(field, out day);

    /// <summary>Reads a date with the year at its end, 3/4/2026, 03.04.2026 or 03-04-2026, a time of day after it or not, in both ways.</summary>
    internal static bool TryYearLast(string text, out DayForm form, out DayReadings readings)
    {
        form = default;
        readings = default;
        string date = WithoutTime(text);
        int first = date.AsSpan().IndexOfAny('/', '.', '-');
        int second = first < 0 ? -1 : date.IndexOf(date[first], first + 1);
        if (first is < 1 or > 2 || second - first is < 2 or > 3 || date.Length - second != 5)
        {
            return false;
        }

        byte[] digits = Encoding.UTF8.GetBytes(date);
        if (!TryNumber(digits.AsSpan(0, first), out int one) || !TryNumber(digits.AsSpan(first + 1, second - first - 1), out int other)
            || !TryNumber(digits.AsSpan(second + 1), out int year))
        {
            return false;
        }

        form = new(date[first]);
        readings = new(DayOf(year, other, one), DayOf(year, one, other));
        return readings.DayFirst is not null || readings.MonthFirst is not null;
    }

    private static LocalDate? DayOf(int year, int month, int day) =>
        year is >= FirstYear and <= LastYear && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month)
            ? new LocalDate(year, month, day) : null;

    // A time without an offset is one of the zone, and does not move the day.
    private static string WithoutTime(string text)
    {
        int gap = text.AsSpan().IndexOfAny(' ', 'T');
        return gap > 0 && (_minutesOfDay.Parse(text[(gap + 1)..].Trim()).Success || LocalTimePattern.ExtendedIso.Parse(text[(gap + 1)..].Trim()).Success)
            ? text[..gap] : text;
    }

    // A year of two digits would be one of the first century, and a day without a month or a year would be filled in.
    private static bool NamesADay(string format)
    {
        int Letters(char letter) => format.Count(c => c == letter);
        return Letters('d') is 1 or 2 && Letters('M') is >= 1 and <= 4 && Letters('y') + Letters('u') == 4;
    }

    // A time without an offset is one of the zone, and does not move the day.
    private static bool TryIsoMoment(ReadOnlySpan<byte> field, out LocalDate day)
    {
        day = default;
        return field[4] == '-' && field[10] is (byte)'T' or (byte)' ' && field[13] == ':' && field[16] == ':'
            && TryNumber(field.Slice(11, 2), out int hours) && TryNumber(field.Slice(14, 2), out int minutes) && TryNumber(field.Slice(17, 2), out int seconds)
            && hours < HoursOfDay && minutes < MinutesOfHour && seconds < MinutesOfHour
            && TryIsoDay(field[..10], out day);
    }

    private static bool TryIsoDay(ReadOnlySpan<byte> field, out LocalDate day)
    {
        day = default;
        bool separated = field.Length == 10 && field[4] == field[7] && field[4] is (byte)'-' or (byte)'/';
        if (!separated && field.Length != 8)
        {
            return false;
        }

        int gap = separated ? 1 : 0;
        if (!TryNumber(field[..4], out int year) || !TryNumber(field.Slice(4 + gap, 2), out int month) || !TryNumber(field.Slice(6 + (2 * gap), 2), out int date)
            || year is < FirstYear or > LastYear || month is < 1 or > 12 || date < 1 || date > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }

        day = new(year, month, date);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    private bool TryText(string text, out LocalDate day)
    {
        if (_stated is not null)
        {
            bool isDay = _stated.Parse(text).TryGetValue(default, out day) || _stated.Parse(WithoutTime(text)).TryGetValue(default, out day);
            return isDay && day.Year is >= FirstYear and <= LastYear;
        }

        string iso = text.Length > 10 && text[10] == ' ' ? string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11)) : text;
        if (OffsetDateTimePattern.ExtendedIso.Parse(iso).TryGetValue(default, out var moment))
        {
            bool inRange = moment.Year is >= FirstYear and <= LastYear;
            day = inRange ? moment.ToInstant().InZone(_zone).Date : default;
            return inRange;
        }

        bool isLocal = LocalDateTimePattern.ExtendedIso.Parse(iso).TryGetValue(default, out var local) || _minutes.Parse(iso).TryGetValue(default, out local);
        day = local.Date;
        return isLocal && day.Year is >= FirstYear and <= LastYear;
    }
}
