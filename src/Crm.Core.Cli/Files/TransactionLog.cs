using Crm.Core.Cli.Output;
using Crm.Core.Histories;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>A file of transactions that was read whole and found good.</summary>
internal sealed record TransactionLog
{
    internal required string Name { get; init; }

    internal required PurchaseHistoryBuilder Builder { get; init; }

    internal DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    internal Currency Currency { get; init; }

    /// <summary>Gets the SHA-256 of the content after the line of metadata, if it was asked for.</summary>
    internal string? Digest { get; init; }

    /// <summary>Gets the number of rows, the header not counted.</summary>
    internal required long Rows { get; init; }

    /// <summary>Gets the rows that were left out because of faults.</summary>
    internal SkippedRows Skipped { get; init; } = SkippedRows.None;

    /// <summary>Gets the rows that repeat an earlier one.</summary>
    internal DuplicateCount Duplicates { get; init; } = DuplicateCount.None;

    /// <summary>The window of these histories, with a test period after a day if one is given.</summary>
    /// <exception cref="InputException">The day is not before the window's end, or no customer bought by it.</exception>
    internal Window SplitAt(LocalDate? calibrateUntil, PurchaseHistories whole)
    {
        Window window = whole.Frame.Window!.Value;
        if (calibrateUntil is not { } day)
        {
            return window;
        }

        if (day >= window.LastDay || Builder.EarliestDay > day)
        {
            throw new InputException(
                $"{Name}: --calibrate-until is {LocalDatePattern.Iso.Format(day)}; it must lie from the first purchase, {LocalDatePattern.Iso.Format(Builder.EarliestDay!.Value)}, to before the last day that counts, {LocalDatePattern.Iso.Format(window.LastDay)}.");
        }

        return Window.Through(day).HoldingOutThrough(window.LastDay);
    }

    /// <summary>Makes the histories through a day, or through the last day of the data.</summary>
    /// <exception cref="InputException">No customer bought by that day, or the test period ends before it begins.</exception>
    internal PurchaseHistories Histories(LocalDate? until, LocalDate? holdoutUntil, CancellationToken cancellationToken)
    {
        LocalDate lastDay = until ?? Builder.LatestDay!.Value;
        var window = Window.Through(lastDay);
        if (holdoutUntil is { } end)
        {
            window = end > lastDay
                ? window.HoldingOutThrough(end)
                : throw new InputException($"The test period must end after {LocalDatePattern.Iso.Format(lastDay)}; --holdout-until is {LocalDatePattern.Iso.Format(end)}.");
        }

        return NotEmpty(Builder.Build(window, cancellationToken), lastDay);
    }

    /// <summary>Gives the histories back, if there are any.</summary>
    /// <exception cref="InputException">No customer bought by that day.</exception>
    internal PurchaseHistories NotEmpty(PurchaseHistories histories, LocalDate lastDay) => histories.Count > 0 ? histories : throw new InputException(
        $"{Name}: no customer has a purchase left by {LocalDatePattern.Iso.Format(lastDay)}. Check --until against the dates of the file, and the amounts below 0, which are returns.");
}
