using NodaTime;

namespace Crm.Core.Histories;

/// <summary>What a model is tested on: histories that end before a test period, and what happened in it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class HoldoutSample
{
    /// <summary>How many customers who bought again the calibration of a default split keeps at least.</summary>
    public const int LeastRepeatBuyers = 200;

    /// <summary>How many purchases by its customers the test period of a default split has at least.</summary>
    public const int LeastPurchases = 100;

    private readonly int[] _lastPeriod;

    private HoldoutSample(PurchaseHistories histories, PurchaseTimeline? timeline, int[] lastPeriod)
    {
        Histories = histories;
        Timeline = timeline;
        _lastPeriod = lastPeriod;
    }

    /// <summary>Gets the histories of the calibration, with the occasions of the test period.</summary>
    public PurchaseHistories Histories { get; }

    /// <summary>Gets the days of calibration and test period, or null where the histories came without dates.</summary>
    public PurchaseTimeline? Timeline { get; }

    /// <summary>
    /// Gets the repeat occasions of each row in the last days of the calibration, as many days as the test period has; empty where the
    /// histories came without dates.
    /// </summary>
    public ReadOnlySpan<int> LastPeriodFrequency => _lastPeriod;

    /// <summary>Holds out the test period of a window.</summary>
    /// <param name="purchases">The purchases and returns.</param>
    /// <param name="window">A window with a test period.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The sample.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="purchases"/> is null.</exception>
    /// <exception cref="ArgumentException">The window has no test period, or nobody bought before it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HoldoutSample From(PurchaseHistoryBuilder purchases, Window window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (window.HoldoutDays == 0)
        {
            throw new ArgumentException($"The window {window} has no test period. Hold one out by HoldingOutThrough(lastDay).", nameof(window));
        }

        PurchaseTimeline timeline = purchases.Timeline(window, cancellationToken);
        PurchaseHistories histories = purchases.Build(window, cancellationToken);
        return new(histories, timeline, LastPeriod(purchases, histories, window, cancellationToken));
    }

    /// <summary>Takes histories that carry a test period, from a summary table, say.</summary>
    /// <param name="histories">Histories with <see cref="PurchaseHistories.HoldoutFrequency"/>.</param>
    /// <returns>The sample, without dates.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="histories"/> is null.</exception>
    /// <exception cref="ArgumentException">The histories have no test period, or nobody has said how long it is.</exception>
    public static HoldoutSample Of(PurchaseHistories histories)
    {
        ArgumentNullException.ThrowIfNull(histories);
        return CanBeOf(histories) ? new(histories, null, []) : throw new ArgumentException(
            "The histories have no customers or no test period. Give HoldoutFrequency, and in the frame the window with its test period and a named unit.", nameof(histories));
    }

    /// <summary>
    /// Holds out the last third of the days, from the first purchase to the window's end, if that leaves enough to learn from and to test on.
    /// </summary>
    /// <param name="purchases">The purchases and returns.</param>
    /// <param name="window">The window of the whole, without a test period of its own.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>
    /// The sample; or null where the calibration would keep fewer than <see cref="LeastRepeatBuyers"/> or the test period fewer than
    /// <see cref="LeastPurchases"/>.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="purchases"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="window"/> is the default value.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static HoldoutSample? LastThird(PurchaseHistoryBuilder purchases, Window window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(purchases);
        if (window == default)
        {
            throw new ArgumentException("The window has no last day. Make it by Window.Through(lastDay).", nameof(window));
        }

        if (purchases.EarliestDay is not { } first || first > window.LastDay)
        {
            return null;
        }

        if (LastThirdOf(first, window.LastDay) is not { } split)
        {
            return null;
        }

        PurchaseHistories histories = purchases.Build(split, cancellationToken);
        return IsEnough(histories) ? new(histories, purchases.Timeline(split, cancellationToken), LastPeriod(purchases, histories, split, cancellationToken)) : null;
    }

    /// <summary>Holds out the last third of the days of a source's purchases, as <see cref="LastThird"/> does, without the dates of purchases.</summary>
    internal static async Task<HoldoutSample?> LastThirdAsync(IHistorySource source, PurchaseHistories whole, CancellationToken cancellationToken)
    {
        HistoryFrame frame = whole.Frame;
        LocalDate last = frame.Window!.Value.LastDay;
        int age = whole.Count == 0 ? 0 : (int)Math.Round(whole.AgeColumn.Max() * frame.Unit.Days);
        if (whole.Count == 0 || LastThirdOf(last.PlusDays(-age), last) is not { } split)
        {
            return null;
        }

        PurchaseHistories histories = await source.ReadInOrderAsync(split, frame.Unit, frame.Zone, cancellationToken).ConfigureAwait(false);
        return !IsEnough(histories) ? null : new(histories, null, LastPeriod(
            await source.ReadInOrderAsync(BeforeLastPeriod(split), frame.Unit, frame.Zone, cancellationToken).ConfigureAwait(false), histories));
    }

    private static Window? LastThirdOf(LocalDate first, LocalDate last)
    {
        int held = (Period.DaysBetween(first, last) + 2) / 3;
        return held == 0 ? null : Window.Through(last.PlusDays(-held)).HoldingOutThrough(last);
    }

    private static bool IsEnough(PurchaseHistories histories)
    {
        int repeatBuyers = 0;
        long bought = 0;
        for (int row = 0; row < histories.Count; row++)
        {
            repeatBuyers += histories.Frequency[row] > 0 ? 1 : 0;
            bought += histories.HoldoutFrequency[row];
        }

        return repeatBuyers >= LeastRepeatBuyers && bought >= LeastPurchases;
    }

    /// <summary>Whether histories carry a test period of known length.</summary>
    internal static bool CanBeOf(PurchaseHistories histories) =>
        histories.Count > 0 && histories.HoldoutFrequency.Length > 0 && histories.Frame.HoldoutLength > 0;

    private static Window BeforeLastPeriod(Window window) => Window.Through(window.LastDay.PlusDays(-window.HoldoutDays)).HoldingOutThrough(window.LastDay);

    private static int[] LastPeriod(PurchaseHistoryBuilder purchases, PurchaseHistories histories, Window window, CancellationToken cancellationToken) =>
        LastPeriod(purchases.Build(BeforeLastPeriod(window), cancellationToken), histories);

    // Who came in the last period bought again in it as often as ever.
    private static int[] LastPeriod(PurchaseHistories before, PurchaseHistories histories)
    {
        var counts = new int[histories.Count];
        for (int row = 0; row < counts.Length; row++)
        {
            counts[row] = before.TryGetRow(histories.Ids[row], out int earlier)
                ? Math.Min(before.HoldoutFrequency[earlier], histories.Frequency[row])
                : histories.Frequency[row];
        }

        return counts;
    }
}
