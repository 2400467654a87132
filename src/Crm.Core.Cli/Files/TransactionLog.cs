using Crm.Core.Histories;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Cli.Files;

/// <summary>A file of transactions that was read whole and found good.</summary>
internal sealed record TransactionLog
{
    internal required string Name { get; init; }

    internal required PurchaseHistoryBuilder Builder { get; init; }

    /// <summary>Gets the number of rows, the header not counted.</summary>
    internal required long Rows { get; init; }

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

        var histories = Builder.Build(window, cancellationToken);
        return histories.Count > 0 ? histories : throw new InputException(
            $"{Name}: no customer has a purchase left by {LocalDatePattern.Iso.Format(lastDay)}. Check --until against the dates of the file, and the amounts below 0, which are returns.");
    }
}
