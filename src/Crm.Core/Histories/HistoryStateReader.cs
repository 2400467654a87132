using System.Numerics;
using System.Security.Cryptography;
using NodaTime;

namespace Crm.Core.Histories;

/// <summary>Reads what <see cref="HistoryStateWriter"/> has written, and believes nothing before the checksum is found right.</summary>
internal sealed class HistoryStateReader
{
    private const int BufferBytes = 1 << 16;

    // A count in a damaged file may be anything: room is made only as rows come.
    private const int FirstRoom = 1 << 16;

    // Far more than the digits of any sum of decimals.
    private const int MostAmountBytes = 64;
    private const int MostNameCharacters = 256;

    private readonly Stream _stream;
    private readonly IncrementalHash _hash;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly char[] _text = new char[Math.Max(IdText.MaxLength, MostNameCharacters)];
    private int _next;
    private int _have;
    private int _idLength;

    private HistoryStateReader(Stream stream, IncrementalHash hash)
    {
        _stream = stream;
        _hash = hash;
    }

    internal static HistoryState Read(Stream stream, IDateTimeZoneProvider zones)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var reader = new HistoryStateReader(stream, hash);
        reader.CheckBeginning();
        HistoryState state;
        string zone;
        try
        {
            state = reader.State(out zone);
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw Damaged(exception);
        }

        reader.CheckEnd();
        return Placed(state, zones.GetZoneOrNull(zone) ?? throw new InvalidDataException(
            $"The state counts days in the time zone {zone}, which this machine's time zone database does not have. Update it, or load the state with a provider that has it."));
    }

    private static HistoryState Placed(HistoryState state, DateTimeZone zone) => new HistoryState(state.Frame with { Zone = zone }, state.Ids, state.Rows)
    {
        Pending = state.Pending,
        Unmatched = state.Unmatched,
        AmountsKnown = state.AmountsKnown,
        RepeatedPurchases = state.RepeatedPurchases,
    }.WithDeliveries([.. state.Deliveries]);

    private void CheckBeginning()
    {
        foreach (byte expected in HistoryStateWriter.Beginning)
        {
            if (!TryByte(out byte found) || found != expected)
            {
                throw new InvalidDataException("This is no state of histories: it does not begin as one. Name the file that an earlier run has saved.");
            }
        }

        long schema = Number();
        if (schema > HistoryState.Schema)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The state has the schema {schema}, and this version reads schemas up to {HistoryState.Schema}. Load it with the version that saved it, or a later one."));
        }

        if (schema < 1)
        {
            throw Damaged();
        }
    }

    private HistoryState State(out string zone)
    {
        _ = Name(); // the version that wrote it, for whoever looks at the file
        TimeUnit unit = TimeUnit.TryOf(Name(), out TimeUnit named) && named.IsNamed ? named : throw Damaged();
        zone = Name();
        Currency currency = Currency.TryOf(Name(), out Currency known) ? known : throw Damaged();
        int lastDay = Day(Signed());
        bool amountsKnown = Number() == 1;
        long repeated = Number();
        string[] deliveries = Many(() => Name());
        var frame = new HistoryFrame { Unit = unit, Window = Window.Through(DayNumber.ToDate(lastDay)), Currency = currency };
        var (ids, rows) = Rows(lastDay);
        _idLength = 0;
        PendingDay[] pending = Many(() => new PendingDay(Id(), Day(Signed()), Count(), Count(), Amount()));
        _idLength = 0;
        UnmatchedReturns[] unmatched = Many(() => new UnmatchedReturns(Id(), Number(), Amount()));
        return new HistoryState(frame, ids, rows)
        {
            Pending = pending,
            Unmatched = unmatched,
            AmountsKnown = amountsKnown,
            RepeatedPurchases = repeated,
        }.WithDeliveries(deliveries);
    }

    private (CustomerId[] Ids, StateRow[] Rows) Rows(int lastDay)
    {
        int count = Count();
        var ids = new CustomerId[Math.Min(count, FirstRoom)];
        var rows = new StateRow[ids.Length];
        for (int i = 0; i < count; i++)
        {
            if (i == ids.Length)
            {
                int room = (int)Math.Min(2L * i, count);
                Array.Resize(ref ids, room);
                Array.Resize(ref rows, room);
            }

            ids[i] = Id();
            rows[i] = Row(lastDay);
            if (i > 0 && ids[i - 1] >= ids[i])
            {
                throw Damaged();
            }
        }

        return (ids, rows);
    }

    private StateRow Row(int lastDay)
    {
        int occasions = checked((int)Signed());
        int latest = checked((int)(lastDay - Signed()));
        int first = checked((int)(latest - Signed()));
        int settled = checked((int)(Signed() + latest - 1));
        return new()
        {
            Occasions = occasions,
            LatestDay = latest,
            FirstDay = first,
            SettledThrough = settled,
            FirstAmount = Amount(),
            LaterAmount = Amount(),
        };
    }

    private T[] Many<T>(Func<T> read)
    {
        int count = Count();
        var all = new List<T>(Math.Min(count, FirstRoom));
        for (int i = 0; i < count; i++)
        {
            all.Add(read());
        }

        return [.. all];
    }

    private CustomerId Id()
    {
        int shared = Count();
        int rest = Count();
        if (shared > _idLength || rest > IdText.MaxLength - shared)
        {
            throw Damaged();
        }

        Characters(_text.AsSpan(shared, rest));
        _idLength = shared + rest;
        return CustomerId.Of(new string(_text, 0, _idLength));
    }

    private string Name()
    {
        int length = Count();
        if (length > MostNameCharacters)
        {
            throw Damaged();
        }

        Characters(_text.AsSpan(0, length));
        return new(_text, 0, length);
    }

    private void Characters(Span<char> characters)
    {
        foreach (ref char character in characters)
        {
            // Nearly all are one byte.
            character = _next < _have && _buffer[_next] < 0x80 ? (char)_buffer[_next++] : checked((char)Number());
        }
    }

    private ExactAmount Amount()
    {
        long ordinary = Signed();
        int bytes = Count();
        if (Math.Abs(ordinary) > ExactAmount.MaxOrdinary || bytes > MostAmountBytes)
        {
            throw Damaged();
        }

        if (bytes == 0)
        {
            return ExactAmount.OfParts(ordinary, BigInteger.Zero);
        }

        Span<byte> fine = stackalloc byte[bytes];
        foreach (ref byte part in fine)
        {
            part = Byte();
        }

        return ExactAmount.OfParts(ordinary, new BigInteger(fine));
    }

    private int Count() => checked((int)Number());

    private long Number() => checked((long)Unsigned());

    private long Signed()
    {
        ulong number = Unsigned();
        return unchecked((long)(number >> 1) ^ -(long)(number & 1));
    }

    private static int Day(long day) => day is > -800_000 and < 3_000_000 ? (int)day : throw Damaged();

    private ulong Unsigned()
    {
        if (_next < _have && _buffer[_next] < 0x80)
        {
            return _buffer[_next++];
        }

        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Byte();
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        throw Damaged();
    }

    private byte Byte() => TryByte(out byte next) ? next : throw Damaged();

    private bool TryByte(out byte next)
    {
        if (_next == _have)
        {
            _hash.AppendData(_buffer, 0, _have);
            _next = 0;
            _have = _stream.Read(_buffer, 0, _buffer.Length);
        }

        next = _next < _have ? _buffer[_next] : (byte)0;
        return _next++ < _have;
    }

    private void CheckEnd()
    {
        _hash.AppendData(_buffer, 0, _next);
        byte[] found = _hash.GetHashAndReset();
        Span<byte> expected = stackalloc byte[found.Length];
        foreach (ref byte part in expected)
        {
            part = Byte();
        }

        if (!expected.SequenceEqual(found) || TryByte(out _))
        {
            throw Damaged();
        }
    }

    private static InvalidDataException Damaged(Exception? inner = null) => new(
        "The state is damaged or was cut short: its checksum does not fit. Take the last good one, or build it anew from all purchases.", inner);
}
