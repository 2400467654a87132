using Crm.Core.Segments;

namespace Crm.Core.Cli.Output;

/// <summary>The RFM scores of a base.</summary>
internal sealed record RfmSection
{
    /// <summary>Gets the points that cut days since the last purchase, days with a purchase, and money.</summary>
    public required IReadOnlyList<double> RecencyPoints { get; init; }

    public required IReadOnlyList<double> FrequencyPoints { get; init; }

    public required IReadOnlyList<double> MoneyPoints { get; init; }

    public required int RecencyBins { get; init; }

    public required int FrequencyBins { get; init; }

    /// <summary>Gets the cells that have a customer.</summary>
    public required IReadOnlyList<RfmSquare> Squares { get; init; }

    internal static RfmSection Of(RfmTable table) => new()
    {
        RecencyPoints = table.Scheme.Recency.Points,
        FrequencyPoints = table.Scheme.Frequency.Points,
        MoneyPoints = table.Scheme.Money.Points,
        RecencyBins = table.Grid.RecencyBins,
        FrequencyBins = table.Grid.FrequencyBins,
        Squares =
        [
            .. from recency in Enumerable.Range(1, table.Grid.RecencyBins)
               from frequency in Enumerable.Range(1, table.Grid.FrequencyBins)
               let totals = table.Grid[recency, frequency]
               where totals.Customers > 0
               select new RfmSquare(recency, frequency, totals.Customers, totals.Money, totals.MeanRecency),
        ],
    };
}
