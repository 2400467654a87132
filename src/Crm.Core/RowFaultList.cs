namespace Crm.Core;

/// <summary>Collects the faults of one input: the first 20 by name, all by number.</summary>
internal sealed class RowFaultList
{
    private readonly List<RowFault> _named = [];
    private long _total;

    internal bool IsEmpty => _total == 0;

    internal void Add(long row, string column, FormattableString found, string expected)
    {
        _total++;
        if (_named.Count < RowFaultsException.MaxNamed)
        {
            _named.Add(new(row, column, FormattableString.Invariant(found), expected));
        }
    }

    internal void ThrowIfAny(string paramName)
    {
        if (!IsEmpty)
        {
            throw new RowFaultsException(_named, _total, paramName);
        }
    }
}
