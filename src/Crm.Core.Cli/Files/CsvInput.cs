using CsvHelper;

namespace Crm.Core.Cli.Files;

/// <summary>A CSV file being read, row by row, with its line numbers and its faults.</summary>
/// <remarks>Comma, semicolon and tab are told apart by the reader; a byte order mark, CRLF and quoted fields are as RFC 4180 has them.</remarks>
internal sealed class CsvInput : IDisposable
{
    // A longer record is no row of a table but a quote that was never closed, or no text at all.
    private const int MaxRecordBytes = 1 << 20;

    private readonly InputFile _file;
    private readonly CsvReader _reader;
    private readonly Func<bool> _read;
    private readonly string[] _headers;

    private CsvInput(InputFile file, CsvReader reader, bool skipsBadRows)
    {
        _file = file;
        _reader = reader;
        _read = reader.Read;
        _headers = [.. reader.Headers.Select(header => header.Trim())];
        Faults = new(file.Name, skipsBadRows);
    }

    internal FileFaults Faults { get; }

    /// <summary>Gets what messages call the file.</summary>
    internal string FileName => _file.Name;

    /// <summary>Gets the line where the current row starts, counted from 1 over the whole file.</summary>
    internal long Line => _reader.LineNumber + _file.LinesRead;

    /// <summary>Opens the table in a file and reads its header.</summary>
    /// <param name="file">The file.</param>
    /// <param name="skipsBadRows">Whether rows at fault are left out, instead of ending the work.</param>
    /// <param name="content">What to read its content through; null for nothing.</param>
    /// <exception cref="InputException">There is no header, or the file is no text.</exception>
    internal static CsvInput Open(InputFile file, bool skipsBadRows = false, Stream? content = null)
    {
        CsvReader reader = CsvReader.Create(
            content ?? file.Content,
            new()
            {
                HasHeader = true,
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
                MaxRecordSize = MaxRecordBytes,
                IncludeValuesInExceptions = false,
            },
            leaveOpen: true);
        try
        {
            Guarded(file, () =>
            {
                reader.ReadHeader();
                return true;
            });
            return new(file, reader, skipsBadRows);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <exception cref="InputException">The file is broken from here on: a quote never closed, bytes that are no text, a cut archive.</exception>
    internal bool Read()
    {
        try
        {
            while (Guarded(_file, _read))
            {
                if (_reader.FieldCount > 1 || !_reader.IsEmpty(0))
                {
                    return true;
                }
            }

            _file.CheckUnchanged();
            return false;
        }
        catch (InputException exception) when (!Faults.IsEmpty)
        {
            // What was wrong up to here is told together with what ended the reading.
            Faults.Add(exception.Message);
            Faults.ThrowIfAny();
            throw;
        }
    }

    /// <summary>The place of the first column that has one of these names, in any case; -1 if none has.</summary>
    internal int Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            int index = Array.FindIndex(_headers, header => string.Equals(header, name, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Names what is wrong with the header: columns that are missing, or stand twice.</summary>
    /// <exception cref="InputException">Anything is.</exception>
    internal void CheckHeader(IEnumerable<(string Name, int Index, string Remedy)> needed)
    {
        var faults = new FileFaults(_file.Name);
        int line = 1 + _file.LinesRead;
        foreach (var (name, index, remedy) in needed)
        {
            if (index < 0)
            {
                faults.Add(line, $"there is no column {name}; there are {Shown()}. {remedy}", "");
            }
        }

        foreach (var twice in _headers.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            faults.Add(line, FormattableString.Invariant($"the column name '{Short(twice.Key)}' stands {twice.Count()} times. Rename or remove one."), "");
        }

        faults.ThrowIfAny();
    }

    /// <summary>Whether the row has as many fields as the header; if not, that is its fault.</summary>
    internal bool HasAllFields()
    {
        if (_reader.FieldCount == _headers.Length)
        {
            return true;
        }

        Faults.Add(Line, FormattableString.Invariant(
            $"{_reader.FieldCount} fields where the header has {_headers.Length}. Quote fields that contain the separator."), FaultReason.Fields);
        return false;
    }

    /// <summary>Gets the number of columns that the header names.</summary>
    internal int ColumnCount => _headers.Length;

    /// <summary>Gets what stands between two fields.</summary>
    internal char Separator => _reader.Separator;

    /// <summary>Gets how many fields the row has.</summary>
    internal int FieldCount => _reader.FieldCount;

    /// <summary>Whether a line has the names of the header, with nothing but a separator between them.</summary>
    internal bool HasHeaders(string line) => line.Split(Separator).Select(name => name.Trim()).SequenceEqual(_headers);

    internal string Header(int column) => Short(_headers[column]);

    internal ReadOnlySpan<byte> Field(int column) => _reader.GetSpan(column);

    internal string Text(int column) => _reader.GetString(column);

    /// <summary>Whether a field may be parsed as a number: the parsers of the runtime pass over zero bytes at the end.</summary>
    internal bool IsNumeric(int column) => !Field(column).Contains((byte)0);

    public void Dispose() => _reader.Dispose();

    private static T Guarded<T>(InputFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException exception)
        {
            throw new InputException(FormattableString.Invariant(
                $"{file.Name}, line {exception.LineNumber + file.LinesRead}: this is no CSV from here on: {exception.Message} Close every quote, and write a quote inside a quoted field twice."),
                exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new InputException($"{file.Name} cannot be read to its end: {exception.Message}", exception);
        }
    }

    // A file without a header line has data there, perhaps personal ones; only what can be a name of a column is shown as it is.
    private string Shown()
    {
        bool areNames = _headers.All(header => header.Length == 0 || (char.IsAsciiLetter(header[0]) && header.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ' ')));
        string names = string.Join(", ", _headers.Take(12).Select(header => areNames ? Short(header) : $"'{Masked.Text(header)}'"));
        return (_headers.Length == 0 ? "none" : names) + (_headers.Length > 12 ? ", …" : "") + (areNames ? "" : " (has the file a header line?)");
    }

    private static string Short(string name) => name.Length <= 30 ? name : name[..30] + "…";
}
