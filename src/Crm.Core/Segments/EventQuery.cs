namespace Crm.Core.Segments;

/// <summary>An event signal made ready to be read from rows.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed class EventQuery
{
    private readonly EventSignal _signal;
    private readonly double[] _ends;

    internal EventQuery(EventSignal signal, int filter, IEnumerable<SignalTest> tests)
    {
        (_signal, Filter) = (signal, filter);
        _ends = [.. tests.OfType<NumberTest>().SelectMany(test => (double[])[test.Least, test.Greatest]).Where(double.IsFinite).Distinct().Order()];
    }

    /// <summary>Gets the place of the filter.</summary>
    internal int Filter { get; }

    /// <summary>The value on a day, NaN where it is not known, and the first later day on which an answer can be another, if nothing happens till then.</summary>
    internal double Value(EventClasses classes, ReadOnlySpan<EventRow> rows, int today, out int nextDay)
    {
        int first = _signal.FirstDay(today);
        var (count, days, oldest, newest, sum, isMixed) = (0, 0, 0, 0, 0m, false);
        nextDay = int.MaxValue;
        for (int place = rows.Length - 1; place >= 0; place--)
        {
            ref readonly EventRow row = ref rows[place];
            if (row.Day < first)
            {
                break;
            }

            if (!classes.Fits(row.Class, Filter))
            {
                continue;
            }

            if (row.Day > today)
            {
                nextDay = row.Day; // the rows are in the order of their days, so the last one met is the first to come
                continue;
            }

            days += count == 0 || row.Day != oldest ? 1 : 0;
            newest = count == 0 ? row.Day : newest;
            oldest = row.Day;
            count++;
            if (_signal.Measure == EventMeasure.Money)
            {
                isMixed |= classes.CurrencyOf(row.Class) != _signal.Currency || !EventSignal.TryAdd(ref sum, row.Paid);
            }
        }

        if (count > 0)
        {
            nextDay = Math.Min(nextDay, NextDay(today, oldest, newest));
        }

        return _signal.Measure switch
        {
            EventMeasure.Count => count,
            EventMeasure.Days => days,
            EventMeasure.Money => isMixed ? double.NaN : SignalValue.NumberOf(sum),
            EventMeasure.DaysSinceLast => count == 0 ? double.NaN : today - newest,
            EventMeasure.DaysSinceFirst => count == 0 ? double.NaN : today - oldest,
            _ => days < 2 ? double.NaN : EventSignal.MeanGap(oldest, newest, days),
        };
    }

    private int NextDay(int today, int oldest, int newest)
    {
        // The oldest is the first that is no more among the last days, unless an earlier day than that is asked for anyhow.
        int leaves = _signal.LastDays is { } last ? oldest + last : int.MaxValue;
        return _signal.Measure switch
        {
            EventMeasure.DaysSinceLast => Math.Min(leaves, Reaches(today, newest)),
            EventMeasure.DaysSinceFirst => Math.Min(leaves, Reaches(today, oldest)),
            _ => leaves,
        };
    }

    /// <summary>The first later day on which the days since a day reach the end of a test, or pass it.</summary>
    private int Reaches(int today, int since) => Reached(_ends, today, since);

    internal static int Reached(ReadOnlySpan<double> ends, int today, int since)
    {
        foreach (double end in ends)
        {
            double whole = Math.Ceiling(end);
            for (int passed = 0; passed <= 1; passed++)
            {
                double day = since + whole + passed;
                if (day > today && day < int.MaxValue)
                {
                    return (int)day;
                }
            }
        }

        return int.MaxValue;
    }
}
