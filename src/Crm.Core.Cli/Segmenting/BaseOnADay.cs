using Crm.Core.Histories;

namespace Crm.Core.Cli.Segmenting;

/// <summary>What histories say of each customer in the units people think in: days, days with a purchase, money.</summary>
internal sealed class BaseOnADay
{
    internal BaseOnADay(PurchaseHistories histories)
    {
        Histories = histories;
        double days = histories.Unit.Days;
        int count = histories.Count;
        (DaysSinceLast, PurchaseDays) = (new double[count], new int[count]);
        for (int row = 0; row < count; row++)
        {
            DaysSinceLast[row] = Math.Round((histories.Age[row] - histories.Recency[row]) * days);
            PurchaseDays[row] = histories.Frequency[row] + 1;
        }

        Spent = histories.TotalSpend.ToArray();
    }

    internal PurchaseHistories Histories { get; }

    internal double[] DaysSinceLast { get; }

    internal int[] PurchaseDays { get; }

    /// <summary>Gets what each has spent, less what was given back; empty where there are no amounts.</summary>
    internal double[] Spent { get; }
}
