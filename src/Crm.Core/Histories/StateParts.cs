namespace Crm.Core.Histories;

/// <summary>Rows of a state while it is made, customer after customer in any order, with what stands beside the rows.</summary>
internal sealed class StateParts
{
    private readonly List<CustomerId> _ids = [];
    private readonly List<StateRow> _rows = [];

    internal int Count => _ids.Count;

    /// <summary>Gets what waits for a later window.</summary>
    internal List<PendingDay> Pending { get; } = [];

    internal List<UnmatchedReturns> Unmatched { get; } = [];

    internal void Add(CustomerId customer, in StateRow row)
    {
        _ids.Add(customer);
        _rows.Add(row);
    }

    internal void Add(StateParts others)
    {
        _ids.AddRange(others._ids);
        _rows.AddRange(others._rows);
        Pending.AddRange(others.Pending);
        Unmatched.AddRange(others.Unmatched);
    }

    /// <summary>The rows by id; each customer stands there once.</summary>
    internal (CustomerId[] Ids, StateRow[] Rows) ByIds(ParallelOptions options)
    {
        CustomerId[] ids = [.. _ids];
        int[] places = IdOrder.Of(ids, options);
        return (Array.ConvertAll(places, place => ids[place]), Array.ConvertAll(places, place => _rows[place]));
    }
}
