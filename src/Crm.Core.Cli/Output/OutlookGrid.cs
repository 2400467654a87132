using Crm.Core.Histories;
using Crm.Core.LifetimeValue;

namespace Crm.Core.Cli.Output;

/// <summary>What is expected of customers by how often they bought again and how long ago that was: what the model makes of silence.</summary>
/// <param name="Age">For how long the customers are observed, in the unit; near the longest of the base.</param>
/// <param name="Unit">The unit of time.</param>
/// <param name="Frequencies">Numbers of repeat purchases, ascending: the rows.</param>
/// <param name="SinceLast">Times since the last purchase, ascending: the columns.</param>
/// <param name="Alive">P(alive) by row and column; null where no such customer can be.</param>
/// <param name="ExpectedPurchases12Months">Expected purchases in the next 12 months, in the same way.</param>
internal sealed record OutlookGrid(
    double Age,
    string Unit,
    IReadOnlyList<int> Frequencies,
    IReadOnlyList<double> SinceLast,
    IReadOnlyList<IReadOnlyList<double?>> Alive,
    IReadOnlyList<IReadOnlyList<double?>> ExpectedPurchases12Months)
{
    private const int Columns = 9;

    private static readonly int[] _rows = [0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100, 200, 500];

    /// <summary>The grid of a base; null where nobody has been observed for any time.</summary>
    internal static OutlookGrid? Of(PurchaseHistories histories, IPurchaseModel model)
    {
        double longest = histories.Age.ToArray().Max();
        if (!(longest > 0) || !histories.Unit.IsNamed)
        {
            return null;
        }

        double step = RoundNumbers.AtLeast(longest / (Columns - 1));
        double[] sinceLast = [.. Enumerable.Range(0, (int)Math.Floor(longest / step * (1 + 1e-12)) + 1).Select(i => i * step)];
        double age = sinceLast[^1];
        int most = UsualMost(histories);
        int[] frequencies = [.. _rows.Where(x => x <= Math.Max(1, most))];
        return new(
            age,
            histories.Unit.Name,
            frequencies,
            sinceLast,
            Cells(history => model.ProbabilityAlive(history)),
            Cells(history => model.ExpectedPurchases(history, Horizon.Years(1))));

        IReadOnlyList<IReadOnlyList<double?>> Cells(Func<PurchaseHistory, double> ask) =>
        [
            .. frequencies.Select(x => sinceLast.Select(ago => CanBe(x, ago, age) ? (double?)ask(PurchaseHistory.Of(x, age - ago, age, model.Unit)) : null).ToArray()),
        ];
    }

    // Who never bought again bought last on the first day; who did, after it.
    private static bool CanBe(int frequency, double sinceLast, double age) => frequency == 0 == (sinceLast == age);

    // What all but one customer in a thousand stay within.
    private static int UsualMost(PurchaseHistories histories)
    {
        int[] sorted = [.. histories.Frequency];
        Array.Sort(sorted);
        return sorted[(int)((sorted.Length - 1) * 0.999)];
    }
}
