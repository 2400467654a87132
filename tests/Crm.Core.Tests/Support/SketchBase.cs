using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using FsCheck;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Support;

/// <summary>Values to sketch, in a table so small that its buckets hold many of them, or in one of the usual size.</summary>
internal sealed record SketchBase(string Kind, double[] Values, int Slots)
{
    private const int FewSlots = 256;

    /// <summary>Gets bases with ties, both signs, zeros, whole numbers, one value only; within a few powers of two, so that a small table has room.</summary>
    internal static Gen<SketchBase> Any =>
        from kind in Gen.Elements("ties", "cents", "whole", "negative", "logs", "zeros", "equal")
        from values in (kind switch
        {
            "ties" => Gen.Elements(-5, -0.1, 0, 0.1, 0.2, 0.3, 1.0 / 3, 7, 900),
            "cents" => Gen.Choose(0, 100_000).Select(cents => cents / 100.0),
            "whole" => Gen.Choose(-500, 4_000).Select(whole => (double)whole),
            "negative" => Gen.Choose(1_000_000, 9_000_000).Select(part => -part / 7.0),
            "logs" => Gen.Choose(-1_000_000, 1_000_000).Select(log => Math.Exp(log / 200_000.0)),
            "zeros" => Gen.Frequency((3, Gen.Constant(0.0)), (1, Gen.Constant(-0.0)), (2, Gen.Choose(-900, 900).Select(part => part / 9.0))),
            _ => Gen.Constant(19.99),
        }).ListOf()
        from more in Gen.Choose(1, 20)
        select new SketchBase(kind, [.. Enumerable.Range(0, more).SelectMany(i => values.Select(value => kind is "cents" or "logs" or "negative" ? value * (1 + (i / 37.0)) : value))], FewSlots);

    /// <summary>Gets bases over the whole range of doubles, in a table of the usual size, with more values than it has buckets.</summary>
    internal static Gen<SketchBase> Wide =>
        from exponents in Gen.Choose(1, 1_000)
        from seed in Gen.Choose(0, 1_000)
        from signs in Gen.Choose(1, 2)
        select new SketchBase("wide", WideValues(exponents, seed, signs), SketchBuckets.MostSlots);

    internal BigInteger Total => Sum(Values);

    internal static BigInteger Sum(IEnumerable<double> values) => values.Aggregate(BigInteger.Zero, (sum, value) => sum + ExactDouble.Of(value));

    internal ValueSketch NewSketch() => new(new SketchBuckets(Slots));

    internal ValueSketch Sketch()
    {
        ValueSketch sketch = NewSketch();
        sketch.Add(Values);
        return sketch;
    }

    internal Pyramid Rank(PyramidScheme scheme) => scheme.Rank([.. Values.Select((_, row) => ValuedBase.Id(row))], Values);

    public override string ToString() => $"{Kind} {string.Join(" ", Values.Take(40).Select(value => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}";

    private static double[] WideValues(int exponents, int seed, int signs)
    {
        var stream = new Random(seed);
        return [.. Enumerable.Range(0, 16_000).Select(row => Math.ScaleB(1 + stream.NextDouble(), stream.Next(-exponents, exponents)) * (stream.Next(signs) == 0 ? 1 : -1))];
    }
}
