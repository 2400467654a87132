using Crm.Core.Customers;
using NodaTime;

namespace Crm.Core.Segments;

/// <summary>What the columns of a ladder must be: looked at before anything is computed, and all that is wrong is named by row.</summary>
internal static class LadderColumnRules
{
    private const double MostStage = 5;

    /// <exception cref="ArgumentException">The columns do not fit together.</exception>
    /// <exception cref="RowFaultsException">A value is wrong; the first 20 are named, with their total.</exception>
    internal static void Check(LadderColumns columns, string name)
    {
        ArgumentNullException.ThrowIfNull(columns, name);
        ArgumentNullException.ThrowIfNull(columns.Ids, name);
        int events = columns.Days.Length;
        Guard.SameLength(columns.Ids.Count + 1, columns.Starts.Length, "customers, and one more", nameof(columns.Starts));
        OptionalLength(columns.Kinds.Length, events, nameof(columns.Kinds));
        OptionalLength(columns.Amounts.Length, events, nameof(columns.Amounts));
        OptionalLength(columns.DiscountShares.Length, events, nameof(columns.DiscountShares));
        OptionalLength(columns.Purchases.Length, events, nameof(columns.Purchases));
        OptionalLength(columns.By.Length, events, nameof(columns.By));
        OptionalLength(columns.Values.Length, events, nameof(columns.Values));
        var faults = new RowFaultList();
        CheckCustomers(columns, events, faults);
        CheckEvents(columns, faults);
        faults.ThrowIfAny(name);
    }

    private static void OptionalLength(int length, int events, string name)
    {
        if (length > 0)
        {
            Guard.SameLength(events, length, "events, or none", name);
        }
    }

    private static void CheckCustomers(LadderColumns columns, int events, RowFaultList faults)
    {
        ReadOnlySpan<int> starts = columns.Starts.Span;
        var rows = new Dictionary<CustomerId, int>(columns.Ids.Count);
        for (int row = 0; row < columns.Ids.Count; row++)
        {
            CustomerId id = columns.Ids[row];
            if (id == CustomerId.None)
            {
                faults.Add(row, "id", $"none", "the id of a customer");
            }
            else if (!rows.TryAdd(id, row))
            {
                faults.Add(row, "id", $"that of row {rows[id]} again", "each customer once");
            }

            if (starts[row] > starts[row + 1] || starts[row] < 0 || starts[row + 1] > events)
            {
                faults.Add(row, "start", $"{starts[row]} to {starts[row + 1]}", "an event, and none before those of the row above");
            }
        }

        if (starts[0] != 0 || starts[^1] != events)
        {
            faults.Add(columns.Ids.Count, "start", $"{starts[0]} and {starts[^1]}", "0 at first, and at last the number of events");
        }
    }

    private static void CheckEvents(LadderColumns columns, RowFaultList faults)
    {
        ReadOnlySpan<LocalDate> days = columns.Days.Span;
        ReadOnlySpan<LadderEventKind> kinds = columns.Kinds.Span;
        ReadOnlySpan<decimal> amounts = columns.Amounts.Span;
        ReadOnlySpan<double> shares = columns.DiscountShares.Span;
        ReadOnlySpan<int> by = columns.By.Span;
        ReadOnlySpan<double> values = columns.Values.Span;
        for (int row = 0; row < days.Length; row++)
        {
            LadderEventKind kind = kinds.IsEmpty ? LadderEventKind.Purchase : kinds[row];
            if (days[row].Calendar != CalendarSystem.Iso)
            {
                faults.Add(row, "day", $"a day of the calendar {days[row].Calendar.Id}", "a day of the ISO calendar");
            }

            if (!amounts.IsEmpty && amounts[row] < 0)
            {
                faults.Add(row, "amount", $"{amounts[row]}", "an amount of 0 or more");
            }
            else if (kind == LadderEventKind.Return && amounts.IsEmpty)
            {
                faults.Add(row, "amount", $"none", "amounts, since there is a return");
            }

            if (!shares.IsEmpty && shares[row] is < 0 or > 1)
            {
                faults.Add(row, "discount share", $"{shares[row]}", "a share from 0 to 1, or NaN where unknown");
            }

            if (!by.IsEmpty && (by[row] < LadderColumns.SomebodyElse || by[row] >= columns.Ids.Count))
            {
                faults.Add(row, "by", $"{by[row]}", "the row of a customer, Nobody or SomebodyElse");
            }

            CheckValue(kind, values.IsEmpty ? null : values[row], row, faults);
        }
    }

    private static void CheckValue(LadderEventKind kind, double? value, int row, RowFaultList faults)
    {
        string? expected = kind switch
        {
            LadderEventKind.Sentiment when !(value is >= -1 and <= 1) => "a number from −1 to 1",
            LadderEventKind.Satisfaction or LadderEventKind.Alive when !(value is >= 0 and <= 1) => "a number from 0 to 1",
            LadderEventKind.Membership when value is not (0 or 1) => "1 for a member, 0 for none",
            LadderEventKind.Liking when !(value is >= -1 and <= 1 or double.NaN) => "a number from −1 to 1, or NaN where unknown",
            LadderEventKind.StatedStage when !(value is double.NaN || IsStage(value)) => "the value of a stage, or NaN for none",
            > LadderEventKind.StatedStage => "one of the kinds",
            _ => null,
        };
        if (expected is not null)
        {
            faults.Add(row, kind > LadderEventKind.StatedStage ? "kind" : $"value of {kind}", value is { } found ? $"{found}" : (FormattableString)$"none", expected);
        }
    }

    private static bool IsStage(double? value) => value is >= 0 and <= MostStage && Math.Floor(value.Value) == value && LifecycleStage.All.Count > value;
}
