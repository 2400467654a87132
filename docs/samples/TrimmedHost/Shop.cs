using Crm.Core;
using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using NodaTime;

/// <summary>Customers of a known kind, in the place of a host's own database.</summary>
internal static class Shop
{
    private const int Customers = 1_500;
    private const int Days = 540;
    private static readonly LocalDate _firstDay = new(2024, 1, 1);

    internal static LocalDate LastDay => _firstDay.PlusDays(Days - 1);

    internal static PurchaseHistoryBuilder Purchases()
    {
        var buying = new MbgNbd(0.8, 6, 0.6, 1.2, TimeUnit.Week);
        var spend = new GammaGamma(5, 4, 15);
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        builder.SetCurrency(Currency.Of("EUR"));
        for (int customer = 0; customer < Customers; customer++)
        {
            int came = customer % 90;
            var id = CustomerId.Of(FormattableString.Invariant($"{customer}"));
            var times = buying.SimulatePurchases(Horizon.Days(Days - 1 - came), seed: 11, customer: (ulong)customer);
            var amounts = spend.SimulateSpend(times.Count + 1, seed: 11, customer: (ulong)customer);
            builder.Add(id, _firstDay.PlusDays(came), Math.Round((decimal)amounts[0], 2));
            for (int i = 0; i < times.Count; i++)
            {
                builder.Add(id, _firstDay.PlusDays(came + (int)Math.Ceiling(7 * times[i])), Math.Round((decimal)amounts[i + 1], 2));
            }
        }

        return builder;
    }
}
