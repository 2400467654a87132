namespace Crm.Core;

/// <summary>Collects the faults of one input: the first 20 by name, all by number.</summary>
internal sealed class RowFaultList
{
    private List<RowFault>? _named; // made for the first fault: most inputs have none
    private long _total;

    internal bool IsEmpty => _total == 0;

    internal IReadOnlyList<RowFault> Named => _named ?? [];

    internal void Add(long row, string column, FormattableString found, string expected)
    {
        _total++;
        _named ??= [];
        if (_named.Count < RowFaultsException.MaxNamed)
        {
            _named.Add(new(row, column, FormattableString.Invariant(found), expected));
        }
    }

    /// <summary>Takes over the faults of other rows, whichever come first: those of the first rows stay named.</summary>
    internal void Add(RowFaultList others)
    {
        _total += others._total;
        _named = [.. Named.Concat(others.Named).OrderBy(fault => fault.Row).Take(RowFaultsException.MaxNamed)];
    }

    internal RowFaults ToFaults() => IsEmpty ? RowFaults.None : new(Named, _total);

    internal void ThrowIfAny(string paramName)
    {
        if (!IsEmpty)
        {
            throw new RowFaultsException(ToFaults(), paramName);
        }
    }
}
