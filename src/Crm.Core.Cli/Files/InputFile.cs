using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Crm.Core.Cli.Files;

/// <summary>A file, or standard input, opened for reading: unpacked if it is gzip, its metadata line read, the rest ready for the CSV reader.</summary>
internal sealed class InputFile : IDisposable
{
    private const int MaxMetadataLine = 4096;

    private readonly Stream _source;

    // Taken once: asking a stream for it is no matter for several threads.
    private readonly SafeFileHandle? _file;
    private readonly (long Length, DateTime Written) _opened;

    private InputFile(string name, Stream source, PeekedStream content, bool isPlain, FileMetadata metadata, int linesRead)
    {
        Name = name;
        _source = source;
        _file = source is FileStream { CanSeek: true } file ? file.SafeFileHandle : null;
        _opened = StateOf(_file);
        Content = content;
        Metadata = metadata;
        LinesRead = linesRead;
        ContentStart = isPlain && _file is not null ? content.Taken : null;
    }

    /// <summary>Gets what messages call it.</summary>
    internal string Name { get; }

    /// <summary>Gets what follows the metadata line.</summary>
    internal Stream Content { get; }

    internal FileMetadata Metadata { get; }

    /// <summary>Gets how many lines were read before <see cref="Content"/>.</summary>
    internal int LinesRead { get; }

    /// <summary>Gets where in the file its content begins, in bytes; null where it is not there as it is, but packed or in another encoding, or no file.</summary>
    internal long? ContentStart { get; }

    /// <summary>Gets the length of the file when it was opened, in bytes.</summary>
    internal long Length => _opened.Length;

    /// <summary>Reads bytes of a file that has a <see cref="ContentStart"/>, from any place and by any thread; what <see cref="Content"/> reads stays what it is.</summary>
    /// <returns>How many were read: fewer than there is room for only where the file ends.</returns>
    internal int ReadAt(long place, Span<byte> buffer)
    {
        int all = 0;
        for (int read = -1; read != 0 && all < buffer.Length; all += read)
        {
            read = RandomAccess.Read(_file!, buffer[all..], place + all);
        }

        return all;
    }

    /// <summary>Opens a file, or standard input for "-".</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be read.</exception>
    internal static InputFile Open(string path, Terminal terminal)
    {
        string name = path == "-" ? "standard input" : path;
        Stream source = path == "-" ? terminal.OpenInput() : OpenFile(path);
        try
        {
            var peeked = new PeekedStream(source);
            bool isPlain = true;
            if (peeked.Peek(2) is [0x1F, 0x8B])
            {
                peeked = new PeekedStream(new PackedStream(peeked));
                isPlain = false;
            }

            // Spreadsheets save "Unicode text" so. From here on there is UTF-8 only.
            if (EncodingOf(peeked.Peek(2)) is { } encoding)
            {
                peeked = new PeekedStream(Encoding.CreateTranscodingStream(peeked, encoding, Encoding.UTF8));
                isPlain = false;
            }

            if (peeked.Peek(1).Length == 0)
            {
                throw new InputException($"{name} is empty. A CSV file with a header line was expected.");
            }

            if (IsBinary(peeked.Peek(MaxMetadataLine)))
            {
                throw new InputException($"{name} is no text file. A CSV file, plain or gzip, in UTF-8 was expected.");
            }

            string? line = peeked.TakeLine("# crm:", MaxMetadataLine);
            return new(name, source, peeked, isPlain, line is null ? new() : FileMetadata.Parse(name, line), line is null ? 0 : 1);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            source.Dispose();
            throw new InputException($"{name} cannot be read: {exception.Message}", exception);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>What the file says of itself and what the user says must agree; either may be silent.</summary>
    /// <exception cref="InputException">They do not agree; the message names both.</exception>
    internal T Agreed<T>(string option, T? own, T? stated, T unlessNamed)
        where T : class =>
        own is not null && stated is not null && !own.Equals(stated) ? throw Disagree(option, own, stated) : stated ?? own ?? unlessNamed;

    /// <inheritdoc cref="Agreed{T}(string, T, T, T)"/>
    internal T Agreed<T>(string option, T? own, T? stated, T unlessNamed)
        where T : struct =>
        own is { } ofFile && !ofFile.Equals(unlessNamed) && stated is { } ofUser && !ofFile.Equals(ofUser)
            ? throw Disagree(option, ofFile, ofUser)
            : stated ?? own ?? unlessNamed;

    private InputException Disagree(string option, object own, object stated) =>
        new($"{Name} says of itself that its {option} is {own}, and --{option} says {stated}. Leave --{option} out, or correct the file.");

    /// <summary>Says what share of the file has been read, where that is known.</summary>
    internal void ReportTo(Work progress)
    {
        if (_source.CanSeek && _source.Length > 0)
        {
            progress.Done((double)_source.Position / _source.Length);
        }
    }

    /// <summary>Makes sure that the file is at its end what it was at its beginning: its last row may have been read half-written.</summary>
    /// <exception cref="InputException">Somebody wrote to it meanwhile.</exception>
    internal void CheckUnchanged()
    {
        if (StateOf(_file) != _opened)
        {
            throw new InputException($"{Name} was written to while it was read. Wait until it is whole, or read a copy.");
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        _source.Dispose();
    }

    // A pipe or a device has no state: it ends when it ends.
    private static (long Length, DateTime Written) StateOf(SafeFileHandle? file) =>
        file is null ? default : (RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));

    private static Encoding? EncodingOf(ReadOnlySpan<byte> start) =>
        start.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode
        : start.StartsWith(Encoding.BigEndianUnicode.Preamble) ? Encoding.BigEndianUnicode
        : null;

    // Text has no zero bytes once it is UTF-8.
    private static bool IsBinary(ReadOnlySpan<byte> start) => start.Contains((byte)0);

    /// <summary>Opens a file as it is.</summary>
    /// <exception cref="InputException">There is no such file, or it cannot be opened.</exception>
    internal static FileStream OpenFile(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException($"The name of a file is blank: '{path}'. Name the file.");
        }

        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a directory. Name the file in it.");
        }

        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InputException($"There is no file {path}. Check the path; relative paths start at {Directory.GetCurrentDirectory()}.", exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{path} cannot be opened: {exception.Message}", exception);
        }
    }
}
