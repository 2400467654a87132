using Crm.Core.Segments;
using Crm.Core.Tests.Support;
using NodaTime;
using NodaTime.Text;

namespace Crm.Core.Tests.Segments;

// Real data: the CDNOW sample to 30 September 1997, against figures counted from the file by a script that shares no code with the library.
public sealed class RfmCdnowTests
{
    private static readonly LocalDate _lastDay = new(1997, 9, 30);

    [SharedDataFact]
    public void Score_CdnowSample_GivesTheCountedFacts()
    {
        RfmTable table = RfmScheme.Quintiles.Score(Customers());

        // 1,411 of 2,357 bought on one day, 439 on two, 214 on three, 100 on four, 193 on more.
        Assert.Equal([1_411, 439, 214, 100, 193], Counts(table.Frequency));
        Assert.Equal([2.0, 3, 4, 5], table.Scheme.Frequency.Points);

        // 471.4, 942.8, … of them are nearest to 466, 941, 1,417 and 1,884, where last days change.
        Assert.Equal([466, 941 - 466, 1_417 - 941, 1_884 - 1_417, 2_357 - 1_884], Counts(table.Recency));
        Assert.Equal([99.0, 197, 219, 242], table.Scheme.Recency.Points);
        Assert.Equal([480, 942 - 480, 1_414 - 942, 1_886 - 1_414, 2_357 - 1_886], Counts(table.Money));
        Assert.Equal([14.97, 27.99, 46.04, 94.0], table.Scheme.Money.Points);
        Assert.Equal(2_357, table.All.Customers);
        Assert.Equal(2_357, RfmSegments.Default.Assign(table).Sizes.Sum(size => size.Totals.Customers));
    }

    [SharedDataFact]
    public void Score_CdnowSample_MoneyOfCellsIsExactToTheCent()
    {
        List<RfmCustomer> customers = Customers();
        RfmTable table = RfmScheme.Quintiles.Score(customers);
        Assert.Equal((double)customers.Sum(customer => customer.Spent.Amount), table.All.Money, 1e-9);
        Assert.All(table.Cells, cell => Assert.Equal(
            (double)customers.Where(customer => table[customer.Id] == cell.Score).Sum(customer => customer.Spent.Amount), cell.Totals.Money, 1e-9));
    }

    private static List<RfmCustomer> Customers() =>
    [
        .. from row in CsvRows.Read(SharedData.Data("cdnow_sample.csv"))
           let day = LocalDatePattern.Iso.Parse(row["date"]).Value
           where day <= _lastDay
           group (Day: day, Amount: row.Amount("amount")) by row["customer_id"] into purchases
           select new RfmCustomer(
               CustomerId.Of(purchases.Key),
               Period.DaysBetween(purchases.Max(purchase => purchase.Day), _lastDay),
               purchases.Select(purchase => purchase.Day).Distinct().Count(),
               Money.Of(purchases.Sum(purchase => purchase.Amount), Currency.Usd)),
    ];

    private static int[] Counts(ReadOnlySpan<byte> scores)
    {
        byte[] all = scores.ToArray();
        return [.. Enumerable.Range(1, 5).Select(score => all.Count(each => each == score))];
    }
}
