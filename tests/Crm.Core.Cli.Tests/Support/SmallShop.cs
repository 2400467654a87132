using System.Globalization;
using System.Text;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Tests.Support;

/// <summary>Fifteen hundred simulated customers as a CSV file: the same in every run, and large enough to fit.</summary>
internal static class SmallShop
{
    internal static string[] Lines { get; } = Make(1_500);

    internal static byte[] Csv { get; } = Encoding.UTF8.GetBytes(string.Join('\n', Lines) + "\n");

    private static string[] Make(int customers)
    {
        var buying = new MbgNbd(0.8, 6, 0.6, 1.2, TimeUnit.Week);
        var spend = new GammaGamma(5, 4, 15);
        List<string> lines = ["customer_id,date,amount"];
        var firstDay = new DateOnly(2025, 1, 1);
        for (int customer = 0; customer < customers; customer++)
        {
            int start = customer % 60;
            var times = buying.SimulatePurchases(Horizon.Weeks(50), 7, (ulong)customer);
            var amounts = spend.SimulateSpend(times.Count + 1, 7, (ulong)customer);
            for (int i = 0; i <= times.Count; i++)
            {
                int day = start + (i == 0 ? 0 : (int)(times[i - 1] * 7) + 1);
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{customer + 1},{firstDay.AddDays(day):yyyy-MM-dd},{amounts[i]:F2}"));
            }
        }

        return [.. lines];
    }
}
