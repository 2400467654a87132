using Crm.Core.Cli.Files;
using Crm.Core.Histories;
using Crm.Core.Pyramids;
using NodaTime;

namespace Crm.Core.Cli.Pyramiding;

/// <summary>A base on a day: what each customer brought in the days up to it, and whether they are new or buy no more.</summary>
internal sealed class PyramidDay
{
    // Between these a sum of amounts is told by its fifteen digits, and the difference of two such sums has no rounding of its own.
    private const double LeastExact = 1e-9;
    private const double MostExact = 1e15;

    private PyramidDay(PurchaseHistories histories, LocalDate last, int days, double[] revenue)
    {
        (Histories, Last, Days, Revenue) = (histories, last, days, revenue);
        Layers = new CustomerLayer[revenue.Length];
        IsNew = new bool[revenue.Length];
        for (int row = 0; row < revenue.Length; row++)
        {
            double unit = histories.Unit.Days;
            Layers[row] = Math.Round((histories.Age[row] - histories.Recency[row]) * unit) < days ? CustomerLayer.Active : CustomerLayer.Inactive;
            IsNew[row] = Math.Round(histories.Age[row] * unit) < days;
        }
    }

    internal PurchaseHistories Histories { get; }

    internal LocalDate Last { get; }

    internal int Days { get; }

    /// <summary>Gets what each brought in the days, less what was given back.</summary>
    internal double[] Revenue { get; }

    /// <summary>Gets who bought in the days, and who before them only.</summary>
    internal CustomerLayer[] Layers { get; }

    /// <summary>Gets who first bought in the days.</summary>
    internal bool[] IsNew { get; }

    /// <summary>The base on a day; null where nobody had bought by then.</summary>
    internal static PyramidDay? Of(TransactionLog log, LocalDate last, int days, CancellationToken cancellationToken)
    {
        PurchaseHistories? now = Through(log, last, cancellationToken);
        if (now is null)
        {
            return null;
        }

        WithAmounts(log, now);
        PurchaseHistories? before = Through(log, last.PlusDays(-days), cancellationToken);
        var revenue = new double[now.Count];
        for (int row = 0; row < revenue.Length; row++)
        {
            double earlier = before is not null && before.TryGetRow(now.Ids[row], out int place) ? before.TotalSpend[place] : 0;
            double size = Math.Max(Math.Abs(now.TotalSpend[row]), Math.Abs(earlier));
            revenue[row] = size is >= LeastExact and < MostExact ? (double)((decimal)now.TotalSpend[row] - (decimal)earlier) : now.TotalSpend[row] - earlier;
        }

        return new(now, last, days, revenue);
    }

    /// <summary>Gives the histories back, if they have amounts.</summary>
    /// <exception cref="InputException">They have none.</exception>
    internal static PurchaseHistories WithAmounts(TransactionLog log, PurchaseHistories histories) => histories.TotalSpend.Length > 0 ? histories : throw new InputException(
        $"{log.Name}: the pyramid is one of money, and the file has no amounts. Name the column by --amount-column.");

    private static PurchaseHistories? Through(TransactionLog log, LocalDate last, CancellationToken cancellationToken)
    {
        if (log.Builder.EarliestDay > last)
        {
            return null;
        }

        PurchaseHistories histories = log.Builder.Build(Window.Through(last), cancellationToken);
        return histories.Count > 0 ? histories : null;
    }
}
