using NodaTime;

namespace Crm.Core.Histories;

/// <summary>What the customers of a window did, day by day: how many came, and how many repeat occasions there were.</summary>
/// <remarks>
/// The customers are those with an occasion in the window; the days go on through its test period. Immutable and thread-safe.
/// </remarks>
public sealed class PurchaseTimeline
{
    private readonly int[] _newCustomers;
    private readonly int[] _repeats;

    private PurchaseTimeline(Window window, LocalDate firstDay, int[] newCustomers, int[] repeats)
    {
        Window = window;
        FirstDay = firstDay;
        _newCustomers = newCustomers;
        _repeats = repeats;
    }

    /// <summary>Gets the window, with its test period if there is one.</summary>
    public Window Window { get; }

    /// <summary>Gets the day of the first occasion: day 0 of the columns.</summary>
    public LocalDate FirstDay { get; }

    /// <summary>Gets the number of days.</summary>
    public int Days => _newCustomers.Length;

    /// <summary>Gets how many of the days lie in the window; the rest is the test period.</summary>
    public int WindowDays => Days - Window.HoldoutDays;

    /// <summary>Gets how many customers had their first occasion on each day; 0 in the test period.</summary>
    public ReadOnlySpan<int> NewCustomers => _newCustomers;

    /// <summary>Gets how many repeat occasions fell on each day.</summary>
    public ReadOnlySpan<int> RepeatOccasions => _repeats;

    internal static PurchaseTimeline Of(
        Window window, int firstDay, int endDay, IReadOnlyDictionary<int, int> newCustomers, IReadOnlyDictionary<int, int> repeats, Func<int, LocalDate> date)
    {
        var came = new int[endDay - firstDay + 1];
        var again = new int[came.Length];
        for (int day = 0; day < came.Length; day++)
        {
            came[day] = newCustomers.GetValueOrDefault(firstDay + day);
            again[day] = repeats.GetValueOrDefault(firstDay + day);
        }

        return new(window, date(firstDay), came, again);
    }
}
