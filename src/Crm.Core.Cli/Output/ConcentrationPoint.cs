using Crm.Core.Pyramids;

namespace Crm.Core.Cli.Output;

/// <summary>A point of the concentration curve: the most valuable customers, as a share of all, and what part of the value they hold.</summary>
internal sealed record ConcentrationPoint(double ShareOfCustomers, double ShareOfValue)
{
    // By hundredths, and finer at the top, where the curve is steep.
    private static readonly decimal[] _shares =
        [0, .001m, .0025m, .005m, .0075m, .01m, .015m, .02m, .025m, .03m, .035m, .04m, .045m, .. Enumerable.Range(5, 96).Select(i => i / 100m)];

    /// <summary>The curve from 0 to 1; empty where the values do not sum to more than 0.</summary>
    internal static IReadOnlyList<ConcentrationPoint> Curve(Concentration concentration, long customers) =>
    [
        .. _shares.Select(share => (Count: CustomersIn(share, customers), OfValue: concentration.ShareOfTop(share)))
            .Where(point => point.OfValue is not null)
            .DistinctBy(point => point.Count)
            .Select(point => new ConcentrationPoint(point.Count / (double)customers, point.OfValue!.Value)),
    ];

    /// <summary>How many customers a share of them is: whole ones, halves up.</summary>
    internal static long CustomersIn(decimal share, long customers) => (long)Math.Floor((share * customers) + 0.5m);
}
