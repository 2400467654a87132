using System.Globalization;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Docs.Tests;

/// <summary>A folder with the files that the pages speak of, which is the current one until it is gone.</summary>
internal sealed class SampleFolder : IDisposable
{
    private static readonly string[] _purchases = Purchases();

    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("crm-docs-").FullName;

    internal SampleFolder()
    {
        Environment.CurrentDirectory = _folder;
        File.WriteAllLines("purchases.csv", _purchases);
        File.WriteAllLines("names.csv", ["customer_id,name", .. Enumerable.Range(1, 1_500).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},Customer {id}"))]);
        File.WriteAllText("offers.csv", "offer_id,utility,brand,relationship,cost,time\nnovel,60,5,8,39,2\ne-book,50,5,4,19,0\n");
        File.WriteAllText("customers.csv", "customer_id,segment\n42,students\n43,\n");
        File.WriteAllText("weights.json", """
            {
              "schema": 1,
              "default": { "utility": 1, "brand": 0.4, "relationship": 0.6, "cost": 1.2, "time": 0.5 },
              "segments": [{ "segment": "students", "cost": 2 }]
            }
            """);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Purchases()
    {
        var buying = new MbgNbd(0.8, 6, 0.6, 1.2, TimeUnit.Week);
        var spend = new GammaGamma(5, 4, 15);
        List<string> lines = ["customer_id,date,amount"];
        var firstDay = new DateOnly(2025, 1, 1);
        for (int customer = 0; customer < 1_500; customer++)
        {
            int start = customer % 60;
            var times = buying.SimulatePurchases(Horizon.Weeks(43), 7, (ulong)customer);
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
