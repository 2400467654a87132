using System.Globalization;

namespace Crm.Core.Cli.Files;

/// <summary>Collects what is wrong with a file: the first 20 by line and column, all by number.</summary>
internal sealed class FileFaults(string file)
{
    private const int Named = 20;

    private readonly List<string> _lines = [];
    private long _total;

    internal bool IsEmpty => _total == 0;

    /// <summary>Adds a fault in one field.</summary>
    internal void Add(long line, string column, string found, string accepted) =>
        Add(string.Create(CultureInfo.InvariantCulture,
            $"line {line}, column {column}: {(found.Length == 0 ? "nothing" : $"'{Masked.Text(found)}'")}; accepted: {accepted}."));

    /// <summary>Adds a fault in one field, in words of its own.</summary>
    internal void AddWords(long line, string column, string message) =>
        Add(string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: {message}"));

    /// <summary>Adds a fault of a whole line.</summary>
    internal void Add(long line, string message) => Add(string.Create(CultureInfo.InvariantCulture, $"line {line}: {message}"));

    /// <summary>Ends the reading, if anything was wrong.</summary>
    /// <exception cref="InputException">There are faults: the first 20 by name, with their total.</exception>
    internal void ThrowIfAny()
    {
        if (IsEmpty)
        {
            return;
        }

        string count = string.Create(CultureInfo.InvariantCulture, $"{file} has {_total:N0} fault{(_total == 1 ? "" : "s")}; nothing was written:");
        string more = _total > _lines.Count ? string.Create(CultureInfo.InvariantCulture, $"\n  … and {_total - _lines.Count:N0} more") : "";
        throw new InputException(count + "\n  " + string.Join("\n  ", _lines) + more);
    }

    /// <summary>Adds a fault of the file.</summary>
    internal void Add(string text)
    {
        _total++;
        if (_lines.Count < Named)
        {
            _lines.Add(text);
        }
    }
}
