using System.Security.Cryptography;

namespace Crm.Core.Histories;

/// <summary>Writes states: a beginning that says what it is, rows of small numbers, a SHA-256 of all before it.</summary>
/// <remarks>
/// Whole numbers stand in seven bits a byte, the low ones first; those that may be negative zigzag. Of an id only what differs from the one before
/// is written, character by character, since the library never looks inside and a text need not be one of Unicode.
/// </remarks>
internal sealed class HistoryStateWriter
{
    /// <summary>How each state begins, before the number of the schema.</summary>
    internal static ReadOnlySpan<byte> Beginning => "crm.histories.state\n"u8;

    private const int BufferBytes = 1 << 16;

    // The longest that is written without looking whether there is room: an id of 128 characters of three bytes, and numbers.
    private const int MostBytes = 512;

    private readonly Stream _stream;
    private readonly IncrementalHash _hash;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _used;
    private string _last = "";

    private HistoryStateWriter(Stream stream, IncrementalHash hash)
    {
        _stream = stream;
        _hash = hash;
    }

    internal static void Write(HistoryState state, Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writer = new HistoryStateWriter(stream, hash);
        Beginning.CopyTo(writer._buffer);
        writer._used = Beginning.Length;
        writer.Number(HistoryState.Schema);
        writer.Text(typeof(HistoryState).Assembly.GetName().Version!.ToString());
        writer.Frame(state);
        writer.Rows(state);
        writer.Rest(state);
        writer.Flush();
        stream.Write(hash.GetHashAndReset());
    }

    private void Frame(HistoryState state)
    {
        Text(state.Frame.Unit.Name);
        Text(state.Frame.Zone.Id);
        Text(state.Frame.Currency.Code);
        Signed(DayNumber.Of(state.LastDay));
        Number(state.AmountsKnown ? 1 : 0);
        Number(state.RepeatedPurchases);
        Number(state.Deliveries.Count);
        foreach (string mark in state.Deliveries)
        {
            Text(mark);
        }
    }

    private void Rows(HistoryState state)
    {
        Number(state.Customers);
        int lastDay = DayNumber.Of(state.LastDay);
        for (int i = 0; i < state.Customers; i++)
        {
            ref readonly StateRow row = ref state.Rows[i];
            Id(state.Ids[i]);
            Signed(row.Occasions);
            Signed((long)lastDay - row.LatestDay);
            Signed((long)row.LatestDay - row.FirstDay);
            Signed((long)row.SettledThrough - row.LatestDay + 1);
            Amount(row.FirstAmount);
            Amount(row.LaterAmount);
        }
    }

    private void Rest(HistoryState state)
    {
        _last = "";
        Number(state.Pending.Length);
        foreach (PendingDay day in state.Pending)
        {
            Id(day.Customer);
            Signed(day.Day);
            Number(day.Purchases);
            Number(day.Returns);
            Amount(day.Amount);
        }

        _last = "";
        Number(state.Unmatched.Length);
        foreach (UnmatchedReturns of in state.Unmatched)
        {
            Id(of.Customer);
            Number(of.Count);
            Amount(of.Amount);
        }
    }

    private void Id(CustomerId id)
    {
        string text = id.ToString();
        int shared = text.AsSpan().CommonPrefixLength(_last);
        Number(shared);
        Text(text.AsSpan(shared));
        _last = text;
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Number(text.Length);
        foreach (char character in text)
        {
            Number(character);
        }
    }

    // What has no ordinary form follows a number of bytes; nearly always that is 0.
    private void Amount(ExactAmount amount)
    {
        var (ordinary, fine) = amount.Parts;
        Signed(ordinary);
        byte[] bytes = fine.IsZero ? [] : fine.ToByteArray();
        Number(bytes.Length);
        MakeRoom(bytes.Length);
        bytes.CopyTo(_buffer, _used);
        _used += bytes.Length;
    }

    private void Signed(long number) => Unsigned(unchecked((ulong)((number << 1) ^ (number >> 63))));

    private void Number(long number) => Unsigned((ulong)number);

    private void Unsigned(ulong number)
    {
        MakeRoom(MostBytes);
        while (number >= 0x80)
        {
            _buffer[_used++] = unchecked((byte)(number | 0x80));
            number >>= 7;
        }

        _buffer[_used++] = (byte)number;
    }

    private void MakeRoom(int bytes)
    {
        if (_used + bytes > _buffer.Length)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
