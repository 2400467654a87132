using System.Text;

namespace Crm.Core.Cli.Files;

/// <summary>Writes files aside and gives them their names only when all of them are whole: nothing is ever half-written.</summary>
internal sealed class OutputFiles : IDisposable
{
    private readonly List<(string Aside, string Final)> _files = [];
    private readonly string? _madeFolder;
    private readonly bool _isSynced;
    private readonly EventHandler _atExit;

    /// <summary>Initializes a new instance of the <see cref="OutputFiles"/> class.</summary>
    /// <param name="folder">A folder to make if it is not there; null where the files name their own.</param>
    /// <param name="isSynced">Whether files are on the disk before they get their names, so that a power cut finds them whole.</param>
    /// <exception cref="InputException">The folder cannot be made.</exception>
    internal OutputFiles(string? folder = null, bool isSynced = false)
    {
        _isSynced = isSynced;

        // A shell may end the process while files are half-written; they go with it.
        _atExit = (_, _) => RemoveAsides();
        AppDomain.CurrentDomain.ProcessExit += _atExit;
        if (folder is not null && !Directory.Exists(folder))
        {
            Guarded(folder, () => Directory.CreateDirectory(folder));
            _madeFolder = folder;
        }
    }

    /// <summary>Writes one file, UTF-8 without byte order mark.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    internal void Write(string path, Action<TextWriter> write) => WriteBytes(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>Writes one file of bytes.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    internal void WriteBytes(string path, Action<Stream> write)
    {
        if (Directory.Exists(path))
        {
            throw new InputException($"{path} is a directory. Name a file.");
        }

        // A link keeps pointing where it points: what it points to is written.
        path = File.Exists(path) && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target ? target.FullName : path;
        string aside = path + FormattableString.Invariant($".{Environment.ProcessId}.part");
        _files.Add((aside, path));
        Guarded(path, aside, () =>
        {
            using var stream = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
            write(stream);
            stream.Flush(flushToDisk: _isSynced);
        });
    }

    /// <summary>Writes files into a folder: all of them, or none.</summary>
    /// <exception cref="InputException">The folder or a file cannot be written.</exception>
    internal static void WriteAll(string folder, CancellationToken cancellationToken, params IReadOnlyList<(string Name, Action<TextWriter> Write)> files)
    {
        if (File.Exists(folder))
        {
            throw new InputException($"{folder} is a file. Name a folder by -o.");
        }

        using var output = new OutputFiles(folder);
        foreach (var (name, write) in files)
        {
            output.Write(Path.Combine(folder, name), write);
        }

        cancellationToken.ThrowIfCancellationRequested();
        output.Commit();
    }

    /// <summary>Gives all files their names, or none: where one cannot be replaced, those before it are put back.</summary>
    /// <exception cref="InputException">One cannot be replaced; the message says what became of the others.</exception>
    internal void Commit()
    {
        // A process that is told to end meanwhile ends after it.
        lock (_files)
        {
            var named = new NamedFiles();
            try
            {
                for (int i = 0; i < _files.Count; i++)
                {
                    var (aside, final) = _files[i];
                    bool mayBePutBack = i < _files.Count - 1;
                    Guarded(final, aside, () => named.Name(aside, final, mayBePutBack));
                }
            }
            catch (InputException exception) when (named.PutBack() is { Length: > 0 } outcome)
            {
                throw new InputException($"{exception.Message} {outcome}", exception);
            }

            named.Keep();
            _files.Clear();
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= _atExit;
        RemoveAsides();
    }

    private void RemoveAsides()
    {
        lock (_files)
        {
            bool failed = _files.Count > 0;
            foreach (var (aside, _) in _files)
            {
                if (File.Exists(aside))
                {
                    File.Delete(aside);
                }
            }

            _files.Clear();
            RemoveFolder(failed);
        }
    }

    private void RemoveFolder(bool failed)
    {
        if (failed && _madeFolder is not null && Directory.Exists(_madeFolder) && !Directory.EnumerateFileSystemEntries(_madeFolder).Any())
        {
            Directory.Delete(_madeFolder);
        }
    }

    /// <summary>Writes one file and names it, or writes to standard output for "-".</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    internal static void WriteOne(string path, Terminal terminal, Action<TextWriter> write)
    {
        if (path == "-")
        {
            write(terminal.Output);
            return;
        }

        // A device cannot be replaced by a file of its name.
        if (IsDevice(path))
        {
            Guarded(path, () =>
            {
                using var writer = new StreamWriter(path, append: true) { NewLine = "\n" };
                write(writer);
            });
            return;
        }

        using var files = new OutputFiles();
        files.Write(path, write);
        files.Commit();
    }

    /// <summary>Writes one file whose making may fail half-way: standard output and devices, too, get it only when it is whole.</summary>
    /// <exception cref="InputException">It cannot be written.</exception>
    internal static void WriteWhole(string path, Terminal terminal, Action<TextWriter> write)
    {
        if (path != "-" && !IsDevice(path))
        {
            WriteOne(path, terminal, write);
            return;
        }

        string aside = Path.GetTempFileName(); // readable by its owner only: there may be customers in it
        FileStream? stream = null;
        try
        {
            Guarded("A temporary file", aside, () =>
            {
                stream = new(aside, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
                if (!OperatingSystem.IsWindows())
                {
                    File.Delete(aside); // it lives until it is closed, and even a process that is ended leaves nothing behind
                }

                using var writer = new StreamWriter(stream, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
                write(writer);
            });
            stream!.Position = 0;
            using var reader = new StreamReader(stream, leaveOpen: true);
            WriteOne(path, terminal, output => Copy(reader, output));
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private static void Copy(StreamReader reader, TextWriter output)
    {
        var block = new char[1 << 16];
        for (int read = reader.ReadBlock(block); read > 0; read = reader.ReadBlock(block))
        {
            output.Write(block, 0, read);
        }
    }

    /// <summary>Whether a path is that of a device, which is written to and never replaced.</summary>
    internal static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static void Guarded(string path, Action work) => Guarded(path, path, work);

    // What the file is called until it is whole is of no use to the user.
    private static void Guarded(string path, string aside, Action work)
    {
        try
        {
            work();
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new InputException($"{path} cannot be written: there is no folder {Path.GetDirectoryName(Path.GetFullPath(path))}. Make it first.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InputException($"{path} cannot be written: {exception.Message.Replace(aside, path, StringComparison.Ordinal)}", exception);
        }
    }
}
