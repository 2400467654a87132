using Crm.Core.Numerics;
using Crm.Core.Segments;

namespace Crm.Core.Tests.Segments;

/// <summary>Bases with segments and without, drawn by name: what a search should find in them, and what it should not.</summary>
internal static class BaseKind
{
    /// <summary>What has no segments, though one or another rule takes it for some.</summary>
    internal static readonly string[] Noise =
    [
        "normal r=0", "normal r=0.5", "normal r=0.9", "normal r=0.97", "one normal feature", "even line", "even square", "Poisson(2)", "Poisson(2) and normal",
        "two counts, one in the other", "normal, rounded to half a deviation", "ages in whole years", "exponential", "lognormal, as it is", "Student's t, 3 degrees",
        "two flags", "two in five nothing, the others lognormal", "gross and net",
    ];

    /// <summary>What has segments: their number stands first.</summary>
    internal static readonly string[] Planted =
    [
        "2: two prices a litre", "2: long parallel ellipses", "2: parallel ellipses, one in twenty on one point", "2: one feature, 4 deviations apart",
        "2: three features, 4 deviations apart", "2: one in five, 5 deviations apart", "4: corners of a square, 4 deviations apart",
    ];

    internal static FeatureTable Draw(string name, int rows, ulong seed)
    {
        var random = new RandomStream(seed, 910, (ulong)rows);
        double[] Each(Func<double> draw) => [.. Enumerable.Range(0, rows).Select(_ => draw())];
        double[] Normal() => Each(() => random.NextNormal());
        double[] Even() => Each(() => random.NextDouble());
        double[][] Tied(double r)
        {
            double[] one = Normal();
            return [one, [.. one.Zip(Normal(), (own, other) => (r * own) + (Math.Sqrt(1 - (r * r)) * other))]];
        }

        double Poisson(double mean)
        {
            int count = 0;
            for (double product = random.NextDouble(); product > Math.Exp(-mean); product *= random.NextDouble())
            {
                count++;
            }

            return count;
        }

        double[] Apart(double distance, Func<int, bool> isOther) => [.. Normal().Select((value, row) => value + (isOther(row) ? distance : 0))];
        double[] normal = Normal();
        return name switch
        {
            "normal r=0" => Segments.Planted.Table(Tied(0)),
            "normal r=0.5" => Segments.Planted.Table(Tied(0.5)),
            "normal r=0.9" => Segments.Planted.Table(Tied(0.9)),
            "normal r=0.97" => Segments.Planted.Table(Tied(0.97)),
            "one normal feature" => Segments.Planted.Table(normal),
            "even line" => Segments.Planted.Table(Even()),
            "even square" => Segments.Planted.Table(Even(), Even()),
            "Poisson(2)" => Segments.Planted.Table(Each(() => Poisson(2))),
            "Poisson(2) and normal" => Segments.Planted.Table(Each(() => Poisson(2)), normal),
            "two counts, one in the other" => Inner(Each(() => Poisson(2)), Each(() => Poisson(1))),
            "normal, rounded to half a deviation" => Segments.Planted.Table([.. normal.Select(value => Math.Round(2 * value))]),
            "ages in whole years" => Segments.Planted.Table([.. normal.Select(value => Math.Round(45 + (12 * value)))]),
            "exponential" => Segments.Planted.Table(Each(() => random.NextExponential())),
            "lognormal, as it is" => Segments.Planted.Table(Array.ConvertAll(Tied(0.7), column => Array.ConvertAll(column, Math.Exp))),
            "Student's t, 3 degrees" => Student(Tied(0), Each(() => Math.Sqrt(random.NextGamma(1.5, 1.5)))),
            "two flags" => Segments.Planted.Table(Each(() => random.NextDouble() < 0.3 ? 1 : 0), Each(() => random.NextDouble() < 0.5 ? 1 : 0)),
            "two in five nothing, the others lognormal" => Segments.Planted.Table([.. normal.Select(value => random.NextDouble() < 0.4 ? 0 : Math.Exp(value))], Normal()),
            "gross and net" => Segments.Planted.Table(normal, [.. normal.Select(value => 1.19 * value)]),
            "2: two prices a litre" => Prices(Each(() => Math.Exp(2 + (1.2 * random.NextNormal()))), Each(() => Math.Exp(0.15 * random.NextNormal()))),
            "2: long parallel ellipses" => Segments.Planted.Table([.. normal.Select(value => 5 * value)], [.. Normal().Select((value, row) => (0.3 * value) + (row % 2 * 4))]),
            "2: parallel ellipses, one in twenty on one point" => Segments.Planted.Table(
                [.. normal.Select((value, row) => row % 20 == 0 ? 0 : 5 * value)], [.. Normal().Select((value, row) => row % 20 == 0 ? 0 : (0.3 * value) + (row % 2 * 4))]),
            "2: one feature, 4 deviations apart" => Segments.Planted.Table(Apart(4, row => row % 2 == 0)),
            "2: three features, 4 deviations apart" => Segments.Planted.Table(Apart(4, row => row % 2 == 0), Normal(), Normal()),
            "2: one in five, 5 deviations apart" => Segments.Planted.Table(Apart(5, row => row % 5 == 0)),
            "4: corners of a square, 4 deviations apart" => Segments.Planted.Table(Apart(4, row => row % 2 == 0), Apart(4, row => row / 2 % 2 == 0)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such base."),
        };
    }

    private static FeatureTable Inner(double[] some, double[] more) => Segments.Planted.Table(some, [.. some.Zip(more, (own, other) => own + other)]);

    private static FeatureTable Student(double[][] normal, double[] scales) =>
        Segments.Planted.Table(Array.ConvertAll(normal, column => column.Zip(scales, (value, scale) => value / scale).ToArray()));

    // Bought by the litre at 15 or at 90: side by side and aslant, and far apart for whoever looks along them.
    private static FeatureTable Prices(double[] litres, double[] around) => FeatureTable.Of(
        [.. Enumerable.Range(1, litres.Length).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))],
        [
            new Feature { Name = "litres", Transform = FeatureTransform.Log1P }.Of(litres),
            new Feature { Name = "spend", Transform = FeatureTransform.Log1P }.Of(litres.Select((each, row) => each * (row % 2 == 0 ? 15 : 90) * around[row]).ToArray()),
        ]);
}
