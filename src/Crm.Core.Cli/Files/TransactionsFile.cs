using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Reads transactions: customer_id, date and, where there is one, amount. An amount below 0 is a return.</summary>
internal static class TransactionsFile
{
    /// <summary>Reads a file whole. Every row is checked; nothing is kept of a file with faults, unless rows at fault are to be left out.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal static TransactionLog Read(
        string path, TransactionFormat format, Terminal terminal, Work progress, CancellationToken cancellationToken)
    {
        using var file = InputFile.Open(path, terminal);
        return PlainTransactions.Read(file, format, terminal.Clock, progress, cancellationToken)
            ?? ReadAnyForm(file, format, terminal.Clock, progress, cancellationToken);
    }

    private static TransactionLog ReadAnyForm(
        InputFile file, TransactionFormat format, IClock clock, Work progress, CancellationToken cancellationToken)
    {
        using DigestStream? digest = format.WithDigest ? new(file.Content) : null;
        using var csv = CsvInput.Open(file, format.SkipsBadRows, digest);
        LogFrame log = LogFrame.Of(file, format);
        var columns = TransactionColumns.In(csv, format);
        if (format.Events is { } events)
        {
            (events.HasProducts, events.HasChannels) = (columns.Product >= 0, columns.Channel >= 0);
        }

        var dates = new DateColumn(new DayReader(log.Zone, format.DateFormat), columns.Date, format, DayRange.Of(format, log.Zone, clock));
        var repeats = new RowRepeats(format.DropsDuplicates);
        using var feed = new PurchaseFeed(log.Builder);
        var rows = new TransactionRows(columns, format, feed, dates, repeats);
        long read = 0;
        while (csv.Read())
        {
            if (++read % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.ReportTo(progress);
            }

            rows.Add(csv);
        }

        csv.Faults.ThrowIfAny();
        dates.CheckDecided(file.Name, csv.Header(columns.Date));
        feed.Complete();
        if (format.Only is null)
        {
            csv.Faults.ThrowIfNoneIsLeft(log.Builder.Purchases);
        }

        return log.Builder.Purchases > 0 || format.MayBeEmpty || format.Only is not null
            ? log.Read(read) with
            {
                Digest = digest?.Digest(),
                Skipped = csv.Faults.Skipped,
                Duplicates = repeats.Count(),
            }
            : throw new InputException(read == 0
                ? $"{file.Name} has a header and no rows. Each row is one purchase."
                : $"{file.Name} has no purchase: every amount is below 0. Amounts below 0 are returns; purchases have amounts of 0 or more.");
    }
}
