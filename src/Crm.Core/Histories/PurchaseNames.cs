namespace Crm.Core.Histories;

/// <summary>The purchases that have an id, for the return that names one, or a second delivery.</summary>
/// <remarks>
/// An id is one purchase's. Where a log has it of several all the same, a return takes from the earliest of its customer: that hangs neither on the order of the rows nor on
/// whose else are there.
/// </remarks>
internal sealed class PurchaseNames
{
    private readonly Dictionary<PurchaseId, NamedPurchase> _first = [];

    // Of the few ids that several have: the days of the others.
    private Dictionary<(PurchaseId Id, int Customer), int>? _others;

    /// <summary>Notes a purchase whose id nobody may have but itself; false where it was delivered before.</summary>
    /// <exception cref="ArgumentException">Another purchase has it.</exception>
    internal bool TryAdd(PurchaseId id, in NamedPurchase purchase)
    {
        if (_first.TryAdd(id, purchase))
        {
            return true;
        }

        return _first[id] == purchase ? false : throw new ArgumentException(
            $"The purchase id {id} came twice, with another content. Give each purchase an id of its own; lines of one order need one each.", nameof(purchase));
    }

    /// <summary>Notes a purchase, whoever else has its id.</summary>
    internal void Add(PurchaseId id, in NamedPurchase purchase)
    {
        if (!_first.TryAdd(id, purchase))
        {
            _others ??= [];
            _others[(id, purchase.Customer)] = Math.Min(purchase.Day, _others.GetValueOrDefault((id, purchase.Customer), int.MaxValue));
        }
    }

    /// <summary>Finds the day of the purchase that a customer's return names.</summary>
    internal bool TryDay(PurchaseId id, int customer, out int day)
    {
        bool isFirst = _first.TryGetValue(id, out NamedPurchase first) && first.Customer == customer;
        day = isFirst ? first.Day : int.MaxValue;
        if (_others is not null && _others.TryGetValue((id, customer), out int other))
        {
            day = Math.Min(day, other);
            return true;
        }

        return isFirst;
    }
}
