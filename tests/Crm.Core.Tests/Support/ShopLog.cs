using Crm.Core.Interactions;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Tests.Support;

/// <summary>The till of a shop whose customers buy as a known model says, for a year.</summary>
internal static class ShopLog
{
    internal static LocalDate FirstDay { get; } = new(2025, 1, 1);

    /// <summary>Gives the purchases in the order of time.</summary>
    internal static IReadOnlyList<Interaction> Purchases(int customers, int days = 365)
    {
        var buying = new MbgNbd(0.8, 5, 0.7, 2.5, TimeUnit.Week);
        var spend = new GammaGamma(6, 4, 15, Currency.Eur);
        var rows = new List<Interaction>();
        for (int customer = 0; customer < customers; customer++)
        {
            int first = customer * days / (3 * customers);
            double[] times = [0, .. buying.SimulatePurchases(Horizon.Days(days - first), 7, (ulong)customer)];
            IReadOnlyList<double> amounts = spend.SimulateSpend(times.Length, 8, (ulong)customer);
            rows.AddRange(times.Select((time, place) => Purchase(
                $"{customer}-{place}", customer + "", FirstDay.PlusDays(first + (int)(7 * time)), Math.Round((decimal)amounts[place], 2))));
        }

        return [.. rows.OrderBy(row => row.At)];
    }

    internal static Interaction Purchase(string id, string customer, LocalDate day, decimal amount) => new()
    {
        Id = InteractionId.Of(id),
        Customer = CustomerId.Of(customer),
        At = (day + LocalTime.Noon).InUtc().ToInstant(),
        RecordedAt = (day + LocalTime.Noon).InUtc().ToInstant(),
        Source = SourceId.Of("till"),
        Channel = Channel.Store,
        Detail = new PurchaseDetail { Amount = Money.Of(amount, Currency.Eur) },
    };
}
