namespace Crm.Core.Histories;

/// <summary>The returns by customer, and the purchases that they may name.</summary>
internal sealed class ReturnBook
{
    private readonly ILookup<int, ReturnRow>? _returns;

    internal ReturnBook(List<ReturnRow> returns, PurchaseNames? named)
    {
        _returns = returns.Count == 0 ? null : returns.ToLookup(row => row.Customer);
        Named = named;
    }

    internal PurchaseNames? Named { get; }

    /// <summary>Whether a customer has any.</summary>
    internal bool Has(int customer) => _returns is not null && _returns.Contains(customer);

    /// <summary>The returns of a customer; null where nobody has any.</summary>
    internal IEnumerable<ReturnRow>? Of(int customer) => _returns?[customer];
}
