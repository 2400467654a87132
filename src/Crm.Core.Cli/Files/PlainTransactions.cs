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
    private const int UsualBlockBytes = 1 << 21;

    // A longer row is none of a table of transactions.
    private const int LongestRow = 1 << 16;

    // Blocks are read ahead so far, for each core.
    private const int BlocksAhead = 2;

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
        TransactionLog log = TransactionLog.Of(file, format);
        var columns = TransactionColumns.In(csv, format);
        if (!csv.HasHeaders(Encoding.UTF8.GetString(beginning.AsSpan(0, end)).TrimStart('\uFEFF')))
        {
            return null;
        }

        byte point = (byte)(format.HasDecimalComma ? ',' : '.');
        var plain = new PlainTransactions(file, new((byte)csv.Separator, csv.ColumnCount, columns, point, DayRange.Of(format, log.Zone, clock)), blockBytes);
        using Task<string?> digest = Task.Run(() => format.WithDigest ? DigestFrom(file, start) : null, CancellationToken.None);
        try
        {
            bool isPlain = plain.TryAddTo(log.Builder, start + end + 1, progress, cancellationToken)
                && log.Builder.Purchases > 0
                && (!format.WithDigest || digest.GetAwaiter().GetResult() is not null);
            return !isPlain ? null : log with
            {
                Rows = plain._rows,
                Duplicates = new(plain._repeats.Count(), Dropped: false),
                Digest = digest.GetAwaiter().GetResult(),
            };
        }
        finally
        {
            // Nobody may read from a file that has been closed.
            ((IAsyncResult)digest).AsyncWaitHandle.WaitOne();
        }
    }

    private static string? DigestFrom(InputFile file, long start)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[UsualBlockBytes];
        try
        {
            for (int read = file.ReadAt(start, block); read > 0; read = file.ReadAt(start, block))
            {
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

    private bool TryAddTo(PurchaseHistoryBuilder builder, long firstRow, Work progress, CancellationToken cancellationToken)
    {
        var reading = new Queue<Task<PlainRows?>>();
        try
        {
            for (long next = firstRow; next < _file.Length || reading.Count > 0;)
            {
                while (next < _file.Length && reading.Count < BlocksAhead * Environment.ProcessorCount)
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

                _rows += read.Count;
                read.MoveTo(builder, _repeats);
                _free.Push(read);
                progress.Done(Math.Min((double)(next - (reading.Count * (long)_blockBytes)) / _file.Length, 1));
            }

            _file.CheckUnchanged();
            return true;
        }
        finally
        {
            ((IAsyncResult)Task.WhenAll(reading)).AsyncWaitHandle.WaitOne();
        }
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
