using System.Globalization;
using System.Text.Json;
using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using NodaTime.Text;

namespace Crm.Core.Cli.Output;

/// <summary>What was read and what came of it: the answer of <c>crm summarize</c>, and the first part of that of <c>crm analyze</c>.</summary>
internal sealed record SummaryDocument
{
    public int Schema { get; init; } = 1;

    public required string File { get; init; }

    public required long Rows { get; init; }

    /// <summary>Gets the rows that were left out because of faults, by reason; they are among <see cref="Rows"/>.</summary>
    public required SkippedRows Skipped { get; init; }

    /// <summary>Gets the rows that repeat an earlier one in every field, and whether they were left out.</summary>
    public required DuplicateCount Duplicates { get; init; }

    public required long Purchases { get; init; }

    public required long Returns { get; init; }

    public required string Unit { get; init; }

    public required string Until { get; init; }

    public required string? HoldoutUntil { get; init; }

    public required string Zone { get; init; }

    public required string Currency { get; init; }

    public required long Customers { get; init; }

    public required long RepeatBuyers { get; init; }

    public required long RepeatOccasions { get; init; }

    public required decimal? TotalSpend { get; init; }

    public required LeftOut LeftOut { get; init; }

    internal static SummaryDocument Of(TransactionLog log, PurchaseHistories histories) => new()
    {
        File = log.Name,
        Rows = log.Rows,
        Skipped = log.Skipped,
        Duplicates = log.Duplicates,
        Purchases = log.Builder.Purchases,
        Returns = log.Builder.Returns,
        Unit = histories.Unit.Name,
        Until = LocalDatePattern.Iso.Format(histories.Frame.Window!.Value.LastDay),
        HoldoutUntil = histories.Frame.Window!.Value.HoldoutLastDay is { } last ? LocalDatePattern.Iso.Format(last) : null,
        Zone = histories.Frame.Zone.Id,
        Currency = histories.Currency.Code,
        Customers = histories.CustomerCount,
        RepeatBuyers = histories.Frequency.ToArray().Count(x => x > 0),
        RepeatOccasions = histories.Frequency.ToArray().Sum(x => (long)x),
        TotalSpend = histories.TotalSpend.Length == 0 ? null : SpendTotal.Of(histories.TotalSpend),
        LeftOut = histories.LeftOut,
    };

    /// <summary>What counts, and not as one might think, in words, one line each; empty where there is no such thing.</summary>
    internal IEnumerable<string> CountedInWords()
    {
        foreach (string words in Duplicates.Words(dropped: false))
        {
            yield return words;
        }

        if (Returns > 0)
        {
            yield return $"Rows with an amount below 0, taken as returns: {Count(Returns)}.";
        }
    }

    /// <summary>What did not count, in words, one line each; empty when all did.</summary>
    internal IEnumerable<string> LeftOutInWords()
    {
        string end = HoldoutUntil ?? Until;
        foreach (string words in Skipped.Words().Concat(Duplicates.Words(dropped: true)))
        {
            yield return words;
        }

        if (LeftOut.PurchasesAfterWindow > 0)
        {
            yield return $"Purchases dated after {end}, which do not count: {Count(LeftOut.PurchasesAfterWindow)}.";
        }

        if (LeftOut.CustomersAfterWindow > 0)
        {
            yield return $"Customers who first bought after {Until}, left out: {Count(LeftOut.CustomersAfterWindow)}.";
        }

        if (LeftOut.ReturnsAfterWindow > 0)
        {
            yield return $"Returns dated after {end}, which do not count: {Count(LeftOut.ReturnsAfterWindow)}.";
        }

        if (LeftOut.UnmatchedReturns > 0)
        {
            yield return FormattableString.Invariant(
                $"Returns that found no earlier purchase to take back: {LeftOut.UnmatchedReturns:N0}, over an amount of {LeftOut.UnmatchedReturnAmount:N2} {Currency}, which does not count.");
        }

        if (LeftOut.CustomersFullyReturned > 0)
        {
            yield return $"Customers who returned all they bought, left out: {Count(LeftOut.CustomersFullyReturned)}.";
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal string ToJson() => JsonSerializer.Serialize(this, DocumentJson.Default.SummaryDocument);
}
