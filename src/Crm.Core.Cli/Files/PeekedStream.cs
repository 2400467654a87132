using System.Text;

namespace Crm.Core.Cli.Files;

/// <summary>A forward stream whose first bytes can be looked at before they are read.</summary>
internal sealed class PeekedStream(Stream source) : ForwardStream
{
    private byte[] _ahead = [];
    private int _start;

    /// <summary>Gets how many bytes the line that was taken had.</summary>
    internal int Taken { get; private set; }

    /// <summary>The next bytes, fewer only where the stream ends.</summary>
    internal byte[] Peek(int count)
    {
        int have = _ahead.Length - _start;
        if (have < count)
        {
            var longer = new byte[count];
            _ahead.AsSpan(_start).CopyTo(longer);
            int read = source.ReadAtLeast(longer.AsSpan(have), count - have, throwOnEndOfStream: false);
            _ahead = longer[..(have + read)];
            _start = 0;
        }

        return _ahead[_start..Math.Min(_ahead.Length, _start + count)];
    }

    /// <summary>Takes the first line if it begins so, after a byte order mark at most; without its line end.</summary>
    internal string? TakeLine(string beginning, int maxLength)
    {
        byte[] ahead = Peek(maxLength);
        int mark = ahead.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (!ahead.AsSpan(mark).StartsWith(Encoding.UTF8.GetBytes(beginning)))
        {
            return null;
        }

        int end = ahead.AsSpan().IndexOfAny((byte)'\n', (byte)'\r');
        bool isPair = end >= 0 && end + 1 < ahead.Length && ahead[end] == '\r' && ahead[end + 1] == '\n';
        int taken = end < 0 ? ahead.Length : end + (isPair ? 2 : 1);
        _start += taken;
        Taken = taken;
        return Encoding.UTF8.GetString(ahead.AsSpan(mark, taken - mark)).TrimEnd('\r', '\n');
    }

    public override int Read(Span<byte> buffer)
    {
        if (_start == _ahead.Length)
        {
            return source.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _ahead.Length - _start);
        _ahead.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
