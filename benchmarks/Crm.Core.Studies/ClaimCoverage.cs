using System.Globalization;
using Crm.Core.Pyramids;

namespace Crm.Core.Studies;

/// <summary>How often the intervals of the self-check hold the truth: of bases drawn from distributions whose figures are known, light tails and heavy ones.</summary>
internal static class ClaimCoverage
{
    private const int Bases = 400;
    private const double Moved = 0.02;

    // The share of the top p, E[X; X > q] / E[X], in closed form; and a draw of a uniform number.
    private static readonly (string Name, Func<Random, double> Draw, Func<double, double> ShareOfTop)[] _truths =
    [
        ("exponential", random => -Math.Log(1 - random.NextDouble()), top => top * (1 - Math.Log(top))),
        ("lognormal, sigma 1.0", random => Math.Exp(Normal(random)), top => LognormalShare(top, 1.0)),
        ("lognormal, sigma 1.5", random => Math.Exp(1.5 * Normal(random)), top => LognormalShare(top, 1.5)),
        ("Pareto, index 1.5", random => Math.Pow(1 - random.NextDouble(), -1 / 1.5), top => Math.Pow(top, 1 - (1 / 1.5))),
        ("Pareto, index 1.16", random => Math.Pow(1 - random.NextDouble(), -1 / 1.16), top => Math.Pow(top, 1 - (1 / 1.16))),
    ];

    /// <summary>Writes the table of docs/models/pyramid.md.</summary>
    internal static void Write(TextWriter output)
    {
        output.WriteLine("| revenue of a customer | customers | share of the top 20 % | effect of 2 % | cautioned |");
        output.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (name, draw, shareOfTop) in _truths)
        {
            foreach (int customers in (int[])[100, 500, 2_000])
            {
                var (share, effect, cautioned) = Covered(draw, customers, shareOfTop(0.20), EffectOf(shareOfTop));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {customers:N0} | {share:0} % | {effect:0} % | {cautioned:0} % |"));
            }
        }
    }

    private static (double Share, double Effect, double Cautioned) Covered(Func<Random, double> draw, int customers, double share, double effect)
    {
        var (shares, effects, cautions) = (0, 0, 0);
        Parallel.For(0, Bases, sample =>
        {
            var random = new Random((sample * 7_919) + customers);
            double[] revenue = [.. Enumerable.Range(0, customers).Select(_ => draw(random))];
            CustomerId[] ids = [.. Enumerable.Range(0, customers).Select(row => CustomerId.Of(row.ToString(CultureInfo.InvariantCulture)))];
            PyramidSelfCheck check = PyramidSelfCheck.Of(PyramidScheme.Curry.Rank(ids, revenue), new() { Revenue = revenue });
            Interlocked.Add(ref shares, Holds(check[CurryClaim.TopFifthBringsRevenue], share));
            Interlocked.Add(ref effects, Holds(check[CurryClaim.MovesRaiseRevenue], effect));
            Interlocked.Add(ref cautions, check.Caution is null ? 0 : 1);
        });
        return (100.0 * shares / Bases, 100.0 * effects / Bases, 100.0 * cautions / Bases);
    }

    private static int Holds(ClaimCheck claim, double truth) => claim.Low <= truth && truth <= claim.High ? 1 : 0;

    // Of Curry's tiers each customer moved brings the mean of the tier above; shares of revenue over shares of customers are means.
    private static double EffectOf(Func<double, double> shareOfTop)
    {
        double[] through = [0.01, 0.05, 0.20, 1];
        double[] means = [.. through.Select((top, tier) =>
            ((tier == 3 ? 1 : shareOfTop(top)) - (tier == 0 ? 0 : shareOfTop(through[tier - 1]))) / (top - (tier == 0 ? 0 : through[tier - 1])))];
        return Enumerable.Range(1, 3).Sum(tier => Moved * (through[tier] - through[tier - 1]) * (means[tier - 1] - means[tier]));
    }

    // What lies above z − σ, where top lies above z.
    private static double LognormalShare(double top, double sigma)
    {
        var (low, high) = (-8.0, 8.0);
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = Above(middle) > top ? (middle, high) : (low, middle);
        }

        return Above(low - sigma);
    }

    // Simpson's rule over twelve standard deviations.
    private static double Above(double z)
    {
        const int steps = 2_000;
        const double width = 12.0 / steps;
        double sum = 0;
        for (int step = 0; step <= steps; step++)
        {
            double at = z + (step * width);
            sum += (step == 0 || step == steps ? 1 : step % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * at * at);
        }

        return sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
