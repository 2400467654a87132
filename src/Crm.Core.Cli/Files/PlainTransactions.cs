using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Crm.Core.Histories;
using NodaTime;

namespace Crm.Core.Cli.Files;

/// <summary>Reads transactions of a plain file block by block, on every core.</summary>
/// <remarks>
/// Programs write nearly all large files so: see <see cref="PlainRows"/>. Of a file in which anything is otherwise, be it one quote or one row
/// at fault, nothing is kept: it is read from its start by what knows every form and names every fault. What a plain file gives is the same.
/// </remarks>
internal sealed class PlainTransactions
{
    // A longer row is none of a table of transactions.
    private const int LongestRow = 1 << 16;

    // With the byte before it and the end of its last row a block fills two megabytes.
    private const int UsualBlockBytes = (1 << 21) - LongestRow - 1;

    // Blocks are read ahead so far, for each core; so many take a hundred megabytes, whatever the number of cores.
    private const int BlocksAhead = 2;
    private const int MostAhead = 16;

    private readonly InputFile _file;
    private readonly PlainLayout _layout;
    private readonly int _blockBytes;
    private readonly Stack<PlainRows> _free = new();
    private readonly HashRepeats _repeats = new();
    private long _rows;

    private PlainTransactions(InputFile file, PlainLayout layout, int blockBytes) => (_file, _layout, _blockBytes) = (file, layout, blockBytes);

    /// <summary>Reads a file that is plain throughout, and has a purchase.</summary>
    /// <returns>What it holds; null where it is not plain, or more is asked for than every row counted once.</returns>
    /// <exception cref="InputException">The header is at fault, or the file was written to meanwhile.</exception>
    internal static TransactionLog? Read(
        InputFile file, TransactionFormat format, IClock clock, Work progress, CancellationToken cancellationToken, int blockBytes = UsualBlockBytes)
    {
        bool asksMore = format.DropsDuplicates || format.Only is not null || format.Events is not null;
        if (asksMore || format.DateFormat is not null || file.ContentStart is not { } start)
        {
            return null;
        }

        var beginning = new byte[LongestRow];
        beginning = beginning[..file.ReadAt(start, beginning)];
        int end = beginning.AsSpan().IndexOf((byte)'\n');
        if (end < 0 || beginning.AsSpan(0, end).Contains((byte)'"'))
        {
            return null;
        }

        using var csv = CsvInput.Open(file, content: new MemoryStream(beginning));
        LogFrame log = LogFrame.Of(file, format);
        var columns = TransactionColumns.In(csv, format);
        if (!csv.HasHeaders(Encoding.UTF8.GetString(beginning.AsSpan(0, end)).TrimStart('\uFEFF')))
        {
            return null;
        }

        byte point = (byte)(format.HasDecimalComma ? ',' : '.');
        var plain = new PlainTransactions(file, new((byte)csv.Separator, csv.ColumnCount, columns, point, DayRange.Of(format, log.Zone, clock)), blockBytes);
        return plain.ReadRows(log, format.WithDigest ? start : null, start + end + 1, progress, cancellationToken);
    }

    private TransactionLog? ReadRows(LogFrame log, long? digestFrom, long firstRow, Work progress, CancellationToken cancellationToken)
    {
        // Whether a file is plain shows in its first rows, nearly always: nothing else is begun before these have been read.
        PlainRows first = new(_layout);
        if (!TryRead(firstRow, first))
        {
            return null;
        }

        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<string?> digest = Task.Run(() => digestFrom is { } from ? DigestFrom(from, stopped.Token) : null, CancellationToken.None);
        try
        {
            Take(first, log.Builder);
            if (!TryAddFrom(firstRow + _blockBytes, log.Builder, progress, cancellationToken))
            {
                progress.Report("reading again, row by row");
                return null;
            }

            // The rows and the digest are of the same bytes only if nobody wrote until both were done.
            string? taken = digest.GetAwaiter().GetResult();
            _file.CheckUnchanged();
            return log.Builder.Purchases == 0 || (digestFrom is not null && taken is null)
                ? null
                : log.Read(_rows) with { Duplicates = new(_repeats.Count(), Dropped: false), Digest = taken };
        }
        finally
        {
            // Nobody may read from a file that has been closed.
            stopped.Cancel();
            ((IAsyncResult)digest).AsyncWaitHandle.WaitOne();
        }
    }

    private string? DigestFrom(long start, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[UsualBlockBytes];
        try
        {
            while (start < _file.Length && !cancellationToken.IsCancellationRequested)
            {
                int read = _file.ReadAt(start, block.AsSpan(0, (int)Math.Min(block.Length, _file.Length - start)));
                if (read == 0)
                {
                    return null; // it is shorter now than it was
                }

                hash.AppendData(block.AsSpan(0, read));
                start += read;
            }
        }
        catch (IOException)
        {
            return null; // whoever reads the file from its start meets it too, and names it
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private bool TryAddFrom(long next, PurchaseHistoryBuilder builder, Work progress, CancellationToken cancellationToken)
    {
        var reading = new Queue<Task<PlainRows?>>();
        int ahead = Math.Min(BlocksAhead * Environment.ProcessorCount, MostAhead);
        try
        {
            while (next < _file.Length || reading.Count > 0)
            {
                while (next < _file.Length && reading.Count < ahead)
                {
                    (long start, PlainRows rows) = (next, _free.TryPop(out PlainRows? used) ? used : new(_layout));
                    reading.Enqueue(Task.Run(() => TryRead(start, rows) ? rows : null, CancellationToken.None));
                    next += _blockBytes;
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (reading.Dequeue().GetAwaiter().GetResult() is not { } read)
                {
                    return false;
                }

                Take(read, builder);
                progress.Done(Math.Min((double)(next - (reading.Count * (long)_blockBytes)) / _file.Length, 1));
            }

            return true;
        }
        finally
        {
            ((IAsyncResult)Task.WhenAll(reading)).AsyncWaitHandle.WaitOne();
        }
    }

    private void Take(PlainRows read, PurchaseHistoryBuilder builder)
    {
        _rows += read.Count;
        read.MoveTo(builder, _repeats);
        _free.Push(read);
    }

    // The rows that start in a block, wherever the last of them ends.
    private bool TryRead(long start, PlainRows rows)
    {
        // The byte before tells whether a row starts with the block.
        int most = 1 + _blockBytes + LongestRow;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, _file.ReadAt(start - 1, buffer.AsSpan(0, most)));
            int first = bytes.IndexOf((byte)'\n') + 1;
            if (first == 0 || first > _blockBytes)
            {
                return true; // a row that starts before reaches through: whoever reads that one sees whether it ends
            }

            int end = bytes.Length <= _blockBytes ? -1 : bytes[_blockBytes..].IndexOf((byte)'\n');
            return (end >= 0 || bytes.Length < most) && rows.TryRead(end < 0 ? bytes[first..] : bytes[first..(_blockBytes + end)]);
        }
        catch (IOException)
        {
            return false; // as above
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
