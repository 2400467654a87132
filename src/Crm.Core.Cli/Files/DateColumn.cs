using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>The dates of a file, which has one form throughout: 03/04/2026 is a day only where another row says which number is the month.</summary>
internal sealed class DateColumn(DayReader days, int column, TransactionFormat format, DayRange range)
{
    private readonly List<UndecidedRow> _open = [];
    private DayForm? _form;
    private long _formLine;
    private bool? _dayFirst;
    private long _decidedLine;
    private string _decidedText = "";

    /// <summary>Takes the rows that waited, once a row has said what comes first.</summary>
    internal UndecidedRow[] TakeDecided()
    {
        if (_dayFirst is null || _open.Count == 0)
        {
            return [];
        }

        UndecidedRow[] decided = [.. _open];
        _open.Clear();
        return decided;
    }

    /// <summary>Reads the day of a row; what is none is a fault of the file.</summary>
    /// <param name="csv">The file, at the row.</param>
    /// <param name="day">The day; with the day first where that is open.</param>
    /// <param name="other">The day with the month first where it is open which it is, or null.</param>
    /// <exception cref="InputException">Another row says that the other number is the month.</exception>
    internal bool TryRead(CsvInput csv, out LocalDate day, out LocalDate? other)
    {
        other = null;
        if (days.TryRead(csv.Field(column), out day))
        {
            return HasForm(csv, days.HasFormat ? null : DayForm.YearFirst) && IsInRange(csv, day);
        }

        if (days.HasFormat || !DayReader.TryYearLast(csv.Text(column), out DayForm form, out DayReadings readings))
        {
            csv.Faults.Add(csv.Line, csv.Header(column), csv.Text(column), days.Expected, FaultReason.NoDay);
            return false;
        }

        return HasForm(csv, form) && TryDecide(csv, readings, out day, out other);
    }

    /// <summary>Keeps a row until its day is decided.</summary>
    internal void Keep(UndecidedRow row) => _open.Add(row);

    /// <summary>The day of a row that was open, now that it is decided.</summary>
    internal bool TryDay(CsvInput csv, UndecidedRow row, out LocalDate day)
    {
        day = _dayFirst!.Value ? row.DayFirst : row.MonthFirst;
        char separator = _form!.Value.Separator;
        return IsInRange(csv, day, row.Line, string.Create(
            CultureInfo.InvariantCulture, $"{row.DayFirst.Day:D2}{separator}{row.DayFirst.Month:D2}{separator}{row.DayFirst.Year:D4}"));
    }

    /// <summary>Makes sure that no row was left open.</summary>
    /// <exception cref="InputException">Nothing in the file says what comes first; the message names both readings.</exception>
    internal void CheckDecided(string file, string header)
    {
        if (_open.Count > 0 && _form is { } form)
        {
            UndecidedRow row = _open[0];
            throw new InputException(string.Create(CultureInfo.InvariantCulture,
                $"{file}, line {row.Line}, column {header}: this date is {Iso(row.DayFirst)} with the day first and {Iso(row.MonthFirst)} with the month first, and no date of the file says which. Say it by --date-format {form.Format(true)} or --date-format {form.Format(false)}."));
        }
    }

    // Spreadsheets that take day and month for each other leave such mixtures behind, and then the dates that look right are wrong.
    private bool HasForm(CsvInput csv, DayForm? form)
    {
        if (form is not { } found)
        {
            return true;
        }

        if (_form is null)
        {
            (_form, _formLine) = (found, csv.Line);
        }

        bool same = _form == found;
        if (!same)
        {
            csv.Faults.AddWords(csv.Line, csv.Header(column), string.Create(CultureInfo.InvariantCulture,
                $"'{Masked.Text(csv.Text(column))}' is written in another form than the date in line {_formLine}; a file writes all dates in one form. Write them as 1997-09-30."),
                FaultReason.OtherForm);
        }

        return same;
    }

    private bool TryDecide(CsvInput csv, DayReadings readings, out LocalDate day, out LocalDate? other)
    {
        other = null;
        if (_dayFirst is null && readings.DayFirst is null != readings.MonthFirst is null)
        {
            (_dayFirst, _decidedLine, _decidedText) = (readings.DayFirst is not null, csv.Line, Masked.Text(csv.Text(column)));
        }

        if (_dayFirst is not { } dayFirst)
        {
            day = readings.DayFirst!.Value;
            other = readings.IsOpen ? readings.MonthFirst : null;
            return other is not null || IsInRange(csv, day);
        }

        day = readings.Of(dayFirst) ?? throw new InputException(string.Create(CultureInfo.InvariantCulture,
            $"{csv.FileName}, column {csv.Header(column)}: the day comes first in line {(dayFirst ? _decidedLine : csv.Line)} ('{(dayFirst ? _decidedText : Masked.Text(csv.Text(column)))}') and the month in line {(dayFirst ? csv.Line : _decidedLine)} ('{(dayFirst ? Masked.Text(csv.Text(column)) : _decidedText)}'), so that other dates of the file can be either. Mend the file, or say which is right by --date-format {_form!.Value.Format(true)} or --date-format {_form.Value.Format(false)}."));
        return IsInRange(csv, day);
    }

    private bool IsInRange(CsvInput csv, LocalDate day, long? line = null, string? text = null)
    {
        if (day < range.Earliest)
        {
            csv.Faults.Add(line ?? csv.Line, csv.Header(column), text ?? csv.Text(column), $"a day from {Iso(range.Earliest)} on, since an earlier one is mostly a date that was never set; older data need --not-before", FaultReason.TooEarly);
            return false;
        }

        if (day > range.Latest)
        {
            csv.Faults.Add(line ?? csv.Line, csv.Header(column), text ?? csv.Text(column), $"a day up to {Iso(range.Latest)}{(format.NotAfter is null ? ", which is tomorrow; purchases to come need --not-after" : ", as --not-after says")}", FaultReason.TooLate);
            return false;
        }

        return true;
    }

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
