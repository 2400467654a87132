using System.IO.Compression;

namespace Crm.Core.Cli.Files;

/// <summary>What gzip packed, one member or several after each other, with nothing lost in silence.</summary>
/// <remarks>
/// The runtime stops without a word at a member whose first bytes are damaged, and with it go all rows from there on. It is therefore
/// fed so few bytes at a time that what it leaves unread shows: fewer than the shortest member has.
/// </remarks>
internal sealed class PackedStream : ForwardStream
{
    private readonly Feed _feed;
    private readonly GZipStream _unpacked;

    // Without it an archive that was cut short reads as one that ends there, and its last customers are lost in silence.
    static PackedStream() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    internal PackedStream(Stream packed)
    {
        _feed = new(packed);
        _unpacked = new(_feed, CompressionMode.Decompress);
    }

    /// <summary>Reads what was packed.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, cut short, or followed by something else.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _unpacked.Read(buffer);
        if (read == 0 && buffer.Length > 0 && !_feed.EndsInZeros())
        {
            throw new InvalidDataException("After the packed data comes something that is not gzip: the archive is damaged there. Pack the file again.");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The packed bytes, a few at a time. A member of gzip has 20 bytes or more.</summary>
    private sealed class Feed(Stream packed) : ForwardStream
    {
        private const int AtATime = 16;

        private readonly byte[] _block = new byte[1 << 16];
        private int _start;
        private int _end;

        public override int Read(Span<byte> buffer)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = packed.Read(_block);
            }

            int count = Math.Min(Math.Min(buffer.Length, AtATime), _end - _start);
            _block.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }

        /// <summary>Whether nothing follows but zeros, with which tapes and some tools fill up.</summary>
        internal bool EndsInZeros()
        {
            var rest = new byte[AtATime];
            for (int read = Read(rest); read > 0; read = Read(rest))
            {
                if (rest.AsSpan(0, read).ContainsAnyExcept((byte)0))
                {
                    return false;
                }
            }

            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                packed.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
