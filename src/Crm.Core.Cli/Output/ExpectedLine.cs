using Crm.Core.Portfolio;

namespace Crm.Core.Cli.Output;

/// <summary>How many a model expected, the interval in which their number was to lie, and how many there were.</summary>
internal sealed record ExpectedLine(double Expected, double Low, double High, long Actual, bool Within)
{
    internal static ExpectedLine Of(ComparedCount count) => new(count.Expected.Expected, count.Interval.Low, count.Interval.High, count.Actual, count.IsWithin);
}
