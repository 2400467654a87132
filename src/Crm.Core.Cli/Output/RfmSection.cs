using System.Text.Json;
using Crm.Core.Segments;

namespace Crm.Core.Cli.Output;

/// <summary>The RFM scores of a base.</summary>
internal sealed record RfmSection
{
    /// <summary>Gets how the scores were made, with all points, as <see cref="RfmScheme.ToJson"/> writes it: what --scheme reads.</summary>
    public required JsonElement Scheme { get; init; }

    public required int RecencyBins { get; init; }

    public required int FrequencyBins { get; init; }

    /// <summary>Gets the cells that have a customer.</summary>
    public required IReadOnlyList<RfmSquare> Squares { get; init; }

    /// <summary>Gets the scheme itself.</summary>
    internal RfmScheme Cuts => RfmScheme.FromJson(Scheme.GetRawText());

    internal static RfmSection Of(RfmTable table)
    {
        using var scheme = JsonDocument.Parse(table.Scheme.ToJson());
        return new()
        {
            Scheme = scheme.RootElement.Clone(),
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
}
