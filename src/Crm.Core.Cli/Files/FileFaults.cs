using System.Globalization;
using Crm.Core.Cli.Output;

namespace Crm.Core.Cli.Files;

/// <summary>Collects what is wrong with a file: the first 20 by line and column, all by number.</summary>
/// <param name="file">What messages call the file.</param>
/// <param name="skips">Whether rows at fault are left out and counted by reason; otherwise they end the work.</param>
internal sealed class FileFaults(string file, bool skips = false)
{
    private const int Named = 20;

    private readonly List<string> _lines = [];
    private readonly Dictionary<(string? Column, string Reason), (long Rows, long FirstLine)> _reasons = [];
    private long _total;
    private long _skipped;
    private long _lastSkipped;

    /// <summary>Gets a value indicating whether nothing was found that ends the work.</summary>
    internal bool IsEmpty => skips || _total == 0;

    /// <summary>Gets the rows that were left out, by reason.</summary>
    internal SkippedRows Skipped => _skipped == 0 ? SkippedRows.None : new(
        _skipped,
        [
            .. _reasons.Select(found => new SkippedReason(found.Key.Column, found.Key.Reason, found.Value.Rows, found.Value.FirstLine))
                .OrderByDescending(reason => reason.Rows).ThenBy(reason => reason.FirstLine),
        ]);

    /// <summary>Adds a fault in one field.</summary>
    internal void Add(long line, string column, string found, string accepted, string reason)
    {
        if (Counts(line, column, reason))
        {
            Keep(line, $", column {column}: {(found.Length == 0 ? "nothing" : $"'{Masked.Text(found)}'")}; accepted: {accepted}.");
        }
    }

    /// <summary>Adds a fault in one field, in words of its own.</summary>
    internal void AddWords(long line, string column, string message, string reason)
    {
        if (Counts(line, column, reason))
        {
            Keep(line, $", column {column}: {message}");
        }
    }

    /// <summary>Adds a fault of a whole line.</summary>
    internal void Add(long line, string message, string reason)
    {
        if (Counts(line, null, reason))
        {
            Keep(line, $": {message}");
        }
    }

    /// <summary>Adds what ends the reading of the file.</summary>
    internal void Add(string text)
    {
        _total++;
        if (_lines.Count < Named)
        {
            _lines.Add(text);
        }
    }

    /// <summary>Ends the work, if anything was wrong that ends it.</summary>
    /// <exception cref="InputException">There are faults: the first 20 by name, with their total.</exception>
    internal void ThrowIfAny()
    {
        if (!IsEmpty)
        {
            throw All("nothing was written");
        }
    }

    /// <summary>Ends the work, if rows were left out and none is left.</summary>
    /// <exception cref="InputException">So it is; the faults are in the message, as if none had been left out.</exception>
    internal void ThrowIfNoneIsLeft(long left)
    {
        if (left == 0 && _skipped > 0)
        {
            throw All("no row is left");
        }
    }

    private InputException All(string outcome)
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"{file} has {_total:N0} {Plural.Of(_total, "fault")}; {outcome}:");
        string more = _total > _lines.Count ? string.Create(CultureInfo.InvariantCulture, $"\n  … and {_total - _lines.Count:N0} more") : "";
        return new(count + "\n  " + string.Join("\n  ", _lines) + more);
    }

    // Whether the fault is among those that are told. A file may have millions: no text is made of the others.
    private bool Counts(long line, string? column, string reason)
    {
        _total++;
        if (skips && line != _lastSkipped)
        {
            _lastSkipped = line;
            _skipped++;
            var (rows, firstLine) = _reasons.GetValueOrDefault((column, reason), (0, line));
            _reasons[(column, reason)] = (rows + 1, firstLine);
        }

        return _lines.Count < Named;
    }

    private void Keep(long line, string rest) => _lines.Add(string.Create(CultureInfo.InvariantCulture, $"line {line}{rest}"));
}
