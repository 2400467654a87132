using Crm.Core.Histories;
using Crm.Core.LifetimeValue;
using NodaTime;

namespace Crm.Core.Benchmarks;

/// <summary>Purchases of a simulated base like CDNOW's: the same in every run.</summary>
public sealed class SimulatedBase
{
    public static readonly LocalDate FirstDay = new(1997, 1, 1);
    public static readonly LocalDate LastDay = new(1997, 9, 30);

    private static readonly BgNbd _buying = new(0.243, 4.414, 0.793, 2.426, TimeUnit.Week);
    private static readonly GammaGamma _spend = new(6.25, 3.74, 15.44);

    public SimulatedBase(int customers)
    {
        int days = Period.DaysBetween(FirstDay, LastDay);
        for (int customer = 0; customer < customers; customer++)
        {
            var id = CustomerId.Of(FormattableString.Invariant($"{customer + 1}"));
            int start = customer % 84;
            var times = _buying.SimulatePurchases(Horizon.Days(days - start), 1, (ulong)customer);
            var amounts = _spend.SimulateSpend(times.Count + 1, 1, (ulong)customer);
            Add(id, start, amounts[0]);
            for (int i = 0; i < times.Count; i++)
            {
                Add(id, start + (int)(7 * times[i]), amounts[i + 1]);
            }
        }

        Histories = Build();
    }

    public List<CustomerId> Customers { get; } = [];

    public List<LocalDate> Days { get; } = [];

    public List<decimal> Amounts { get; } = [];

    public PurchaseHistories Histories { get; }

    public PurchaseHistories Build()
    {
        var builder = new PurchaseHistoryBuilder(TimeUnit.Week);
        for (int i = 0; i < Customers.Count; i++)
        {
            builder.Add(Customers[i], Days[i], Amounts[i]);
        }

        return builder.Build(Window.Through(LastDay));
    }

    private void Add(CustomerId id, int day, double amount)
    {
        Customers.Add(id);
        Days.Add(FirstDay.PlusDays(day));
        Amounts.Add(Math.Round((decimal)amount, 2));
    }
}
