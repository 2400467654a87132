namespace Crm.Core.Hosting;

/// <summary>Exact sums of money, one a currency. A customer has one or two currencies, so a list is the fastest table.</summary>
internal sealed class CurrencySums
{
    private readonly List<Money> _sums = [];

    internal void Add(Money money)
    {
        for (int i = 0; i < _sums.Count; i++)
        {
            if (_sums[i].Currency == money.Currency)
            {
                _sums[i] += money;
                return;
            }
        }

        _sums.Add(money);
    }

    internal IReadOnlyList<Money> InOrder() =>
        ValueList<Money>.Of(_sums.OrderBy(sum => sum.Currency.Code, StringComparer.Ordinal).ToArray(), nameof(InOrder));
}
