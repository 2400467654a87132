using Crm.Core.Hosting;

namespace Crm.Core.Cli.Output;

/// <summary>One of the most valuable customers, as the report shows them.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Tier">The tier of the pyramid.</param>
/// <param name="RepeatPurchases">How often they bought again.</param>
/// <param name="Alive">P(alive).</param>
/// <param name="ExpectedPurchases12Months">Expected purchases in the next 12 months.</param>
/// <param name="ExpectedSpend">Expected spend of a purchase, or null without amounts.</param>
/// <param name="Value">What customers are ranked by.</param>
internal sealed record TopCustomer(
    CustomerId Id, string Tier, int RepeatPurchases, double Alive, double ExpectedPurchases12Months, double? ExpectedSpend, double Value)
{
    private const int Most = 20;

    /// <summary>The most valuable, in order; of equal ones the lesser id first.</summary>
    internal static IReadOnlyList<TopCustomer> Of(CustomerBase customers, CustomerColumns columns)
    {
        // A heap of the best seen, the worst of them on top: the base is not sorted for twenty.
        ReadOnlySpan<double> values = columns.RankedBy;
        var best = new PriorityQueue<int, (double Value, CustomerId Id)>(
            Comparer<(double Value, CustomerId Id)>.Create((a, b) => a.Value != b.Value ? a.Value.CompareTo(b.Value) : b.Id.CompareTo(a.Id)));
        for (int row = 0; row < values.Length; row++)
        {
            if (best.Count < Most)
            {
                best.Enqueue(row, (values[row], customers.Histories.Ids[row]));
            }
            else
            {
                best.EnqueueDequeue(row, (values[row], customers.Histories.Ids[row]));
            }
        }

        var ranked = new TopCustomer[best.Count];
        while (best.TryDequeue(out int row, out var key))
        {
            ranked[best.Count] = new(
                key.Id,
                customers.Pyramid!.Tiers[customers.Pyramid.TierOfRow[row]].Tier.Name,
                customers.Histories.Frequency[row],
                columns.Alive[row],
                columns.ExpectedPurchases12Months[row],
                customers.Values?.ExpectedSpend[row],
                key.Value);
        }

        return ranked;
    }
}
