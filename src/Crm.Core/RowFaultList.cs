namespace Crm.Core;

/// <summary>Collects the faults of one input: the first 20 by name, all by number.</summary>
internal sealed class RowFaultList
{
    private List<RowFault>? _named; // made for the first fault: most inputs have none

    internal bool IsEmpty => Total == 0;

    internal IReadOnlyList<RowFault> Named => _named ?? [];

    internal long Total { get; private set; }

    internal void Add(long row, string column, FormattableString found, string expected)
    {
        Total++;
        _named ??= [];
        int place = _named.Count;
        while (place > 0 && _named[place - 1].Row > row)
        {
            place--;
        }

        // Rows mostly come in their order; where they do not, the first of them stay named all the same.
        if (place < RowFaultsException.MaxNamed)
        {
            _named.Insert(place, new(row, column, FormattableString.Invariant(found), expected));
            if (_named.Count > RowFaultsException.MaxNamed)
            {
                _named.RemoveAt(RowFaultsException.MaxNamed);
            }
        }
    }

    /// <summary>Takes over the faults of other rows, whichever come first: those of the first rows stay named.</summary>
    internal void Add(RowFaultList others)
    {
        Total += others.Total;
        _named = [.. Named.Concat(others.Named).OrderBy(fault => fault.Row).Take(RowFaultsException.MaxNamed)];
    }

    internal void ThrowIfAny(string paramName) => RowFaults.Of(this).ThrowIfAny(paramName);
}
