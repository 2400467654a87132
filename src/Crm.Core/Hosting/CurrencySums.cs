using System.Runtime.InteropServices;

namespace Crm.Core.Hosting;

/// <summary>Exact sums of money, one a currency. A customer has one or two currencies, so a list is the fastest table.</summary>
internal sealed class CurrencySums
{
    private readonly List<Money> _sums = [];

    internal void Add(Money money)
    {
        foreach (ref Money sum in CollectionsMarshal.AsSpan(_sums))
        {
            if (sum.Currency == money.Currency)
            {
                sum += money;
                return;
            }
        }

        _sums.Add(money);
    }

    internal IReadOnlyList<Money> InOrder() =>
        ValueList<Money>.Of(_sums.OrderBy(sum => sum.Currency.Code, StringComparer.Ordinal).ToArray(), nameof(InOrder));
}
