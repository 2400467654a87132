using Crm.Core.Benefits;

namespace Crm.Core.Cli.Files;

/// <summary>Reads customers and their segments row by row: nothing of a row is kept once it has gone by.</summary>
/// <remarks>Each row is answered by itself, so that a customer who stands in the file twice is answered twice.</remarks>
internal sealed class CustomersFile : IDisposable
{
    private readonly InputFile _file;
    private readonly CsvInput _csv;
    private readonly WeightBook _book;
    private readonly CustomerTally _tally;
    private readonly int _id;
    private readonly int _segment;
    private readonly int _relationship;
    private bool _refused;

    /// <summary>Initializes a new instance of the <see cref="CustomersFile"/> class.</summary>
    /// <exception cref="InputException">The file cannot be read, or has not the columns.</exception>
    internal CustomersFile(string path, WeightBook book, CustomerTally tally, bool skipsBadRows, Terminal terminal)
    {
        _book = book;
        _tally = tally;
        _file = InputFile.Open(path, terminal);
        try
        {
            _csv = CsvInput.Open(_file, skipsBadRows);
            _id = _csv.Find("customer_id");
            _segment = _csv.Find("segment");
            _relationship = _csv.Find("relationship");
            _csv.CheckHeader(
            [
                ("customer_id", _id, "It says who a row is about."),
                ("segment", _segment, "It says which weights a customer has; where it is empty, the default decides."),
            ]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows, as they go by. Those with faults are passed over, and told together at the end.</summary>
    /// <exception cref="InputException">The file is at fault; the message names every reason.</exception>
    internal IEnumerable<CustomerRow> Rows(Work progress, CancellationToken cancellationToken)
    {
        long rows = 0;
        while (_csv.Read())
        {
            if (++rows % 10_000 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _file.ReportTo(progress);
            }

            if (_csv.HasAllFields() && TryRow(out CustomerRow row, out List<SegmentId> segments))
            {
                _refused = false;
                yield return row;
                if (!_refused)
                {
                    Count(row, segments);
                }
            }
        }

        _csv.Faults.ThrowIfAny();
        _csv.Faults.ThrowIfNoneIsLeft(_tally.Count);
        _tally.Skipped = _csv.Faults.Skipped;
        if (rows == 0)
        {
            throw new InputException($"{_file.Name} has a header and no rows. Each row is one customer.");
        }
    }

    /// <summary>Says that the relationship of the current row is more than scores can hold.</summary>
    internal void RefuseRelationship()
    {
        _refused = true;
        _csv.Faults.Add(
            _csv.Line, _csv.Header(_relationship), _csv.Text(_relationship), "a number of ordinary size; with this one a benefit exceeds the range of numbers", FaultReason.TooLarge);
    }

    public void Dispose()
    {
        _csv?.Dispose();
        _file.Dispose();
    }

    private bool TryRow(out CustomerRow row, out List<SegmentId> segments)
    {
        double relationship = 0;
        bool good = TextField.TryCustomer(_csv, _id, out CustomerId id);
        good &= TrySegments(out segments);
        good &= _relationship < 0 || _csv.Field(_relationship).IsEmpty
            || NumberField.TryRead(_csv, _relationship, $"{NumberField.Accepted}, or nothing", out relationship);
        row = good ? new(id, _book.IndexOf(_book.Deciding(segments)), relationship) : default;
        return good;
    }

    private bool TrySegments(out List<SegmentId> segments)
    {
        segments = [];
        string text = TextField.Of(_csv, _segment);
        foreach (string part in text.Split(WeightsFile.SegmentSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!SegmentId.TryOf(part, out SegmentId segment) || !TextField.IsName(part))
            {
                _csv.Faults.Add(_csv.Line, _csv.Header(_segment), part, $"{TextField.AcceptedId}; {WeightsFile.SegmentSeparator} between several", FaultReason.NoName);
                return false;
            }

            segments.Add(segment);
        }

        return true;
    }

    private void Count(CustomerRow row, List<SegmentId> segments)
    {
        _tally.Add(row.Set);
        _tally.WithOwnRelationship += row.Relationship == 0 ? 0 : 1;
        if (segments.Exists(segment => !_book.Knows(segment) && segment.ToString() != WeightsFile.DefaultName))
        {
            _tally.WithUnknownSegments++;
            _tally.WithOnlyUnknownSegments += segments.Exists(_book.Knows) ? 0 : 1;
            _tally.FirstUnknownLine = _tally.FirstUnknownLine == 0 ? _csv.Line : _tally.FirstUnknownLine;
        }
    }
}
