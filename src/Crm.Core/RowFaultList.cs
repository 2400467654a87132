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
        if (_named.Count < RowFaultsException.MaxNamed)
        {
            _named.Add(new(row, column, FormattableString.Invariant(found), expected));
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
