using System.Numerics;
using Crm.Core.Numerics;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;
using FsCheck.Fluent;

namespace Crm.Core.Tests.Pyramids;

// What a sketch says against the values themselves, sorted, with exact sums. The bounds hold without any tolerance.
public sealed class ValueSketchPropertyTests
{
    private const int WideCases = 12;

    [Fact]
    public void Count_LeastGreatestTotal_AnyValues_AreExact() => ForAll(values =>
    {
        ValueSketch sketch = values.Sketch();
        Assert.Equal(values.Values.Length, sketch.Count);
        Assert.Equal(values.Values.Length == 0 ? null : values.Values.Min(), sketch.Least);
        Assert.Equal(values.Values.Length == 0 ? null : values.Values.Max(), sketch.Greatest);
        Assert.Equal(ExactDouble.Nearest(values.Total, ExactDouble.One), sketch.Total);
        Assert.InRange(sketch.Buckets, 0, values.Slots / 4 * 3);
    });

    [Fact]
    public void ValueAtRank_AnyValues_IsWithinItsBoundsAndTheStatedError() => ForAll(values =>
    {
        ValueSketch sketch = values.Sketch();
        double[] sorted = [.. values.Values.OrderDescending()];
        for (int rank = 0; rank < sorted.Length; rank += 1 + (sorted.Length / 300))
        {
            SketchedValue found = sketch.ValueAtRank(rank);
            Assert.InRange(sorted[rank], found.Low, found.High);
            Assert.InRange(found.Value, found.Low, found.High);
            Assert.True(ExactError(found.Value, sorted[rank]) <= ExactBound(sketch.RelativeError, sorted[rank]), $"{found.Value:R} for {sorted[rank]:R}");
        }
    });

    [Fact]
    public void CountAbove_AnyValues_HoldsTheNumberAndIsExactAtTheEdges() => ForAll(values =>
    {
        ValueSketch sketch = values.Sketch();
        double[] sorted = [.. values.Values.Order()];
        long Above(double value) => sorted.Length - FirstAbove(sorted, value);
        for (int i = 0; i < sorted.Length; i += 1 + (sorted.Length / 100))
        {
            foreach (double value in (double[])[sorted[i], Math.BitDecrement(sorted[i]), sorted[i] * 1.01, -sorted[i]])
            {
                SketchedCount found = sketch.CountAbove(value);
                Assert.InRange(Above(value), found.Low, found.High);
            }

            double edge = sketch.ValueAtRank(i).High;
            Assert.Equal(new SketchedCount(Above(edge), Above(edge)), sketch.CountAbove(edge));
        }
    });

    [Fact]
    public void ShareOfTop_AnyValues_HoldsTheShare() => ForAll(values =>
    {
        ValueSketch sketch = values.Sketch();
        double[] sorted = [.. values.Values.OrderDescending()];
        foreach (decimal share in (decimal[])[0, 0.01m, 0.2m, 0.237m, 0.5m, 0.99m, 1])
        {
            SketchedValue? found = sketch.ShareOfTop(share);
            Assert.Equal(values.Total.Sign > 0, found.HasValue);
            if (found is { } bounds)
            {
                BigInteger best = SketchBase.Sum(sorted.Take((int)PyramidScheme.CutOf(share, sorted.Length)));
                AssertWithin(best, values.Total, bounds);
            }
        }
    });

    [Fact]
    public void Gini_AnyValues_HoldsTheCoefficient() => ForAll(values =>
    {
        SketchedValue? found = values.Sketch().Gini;
        Assert.Equal(values.Total.Sign > 0 && values.Values.Min() >= 0, found.HasValue);
        if (found is { } bounds)
        {
            long n = values.Values.Length;
            BigInteger differences = values.Values.OrderDescending().Index().Aggregate(BigInteger.Zero, (sum, at) => sum + (ExactDouble.Of(at.Item) * (n - 1 - (2 * at.Index))));
            AssertWithin(differences, values.Total * n, bounds);
        }
    });

    [Fact]
    public void Gini_AFineSketch_IsKnownWell()
    {
        double[] values = [.. Enumerable.Range(1, 100_000).Select(i => Math.Pow(i / 100_000.0, -0.7))];
        var sketch = new ValueSketch();
        sketch.Add(values);
        double exact = new SketchBase("power", values, 0).Rank(PyramidScheme.Curry).Concentration.Gini!.Value;
        Assert.InRange(exact, sketch.Gini!.Value.Low - 1e-12, sketch.Gini.Value.High + 1e-12);
        Assert.True(sketch.Gini.Value.High - sketch.Gini.Value.Low < 1e-6, sketch.Gini.ToString());
    }

    [Fact]
    public void Add_FewDifferentValues_HoldsThemAsTheyAre() => FixedSeed.ForAll(SketchBase.Any, values =>
    {
        var sketch = new ValueSketch();
        sketch.Add(values.Values);
        double[] sorted = [.. values.Values.OrderDescending()];
        Assert.Equal(0, sketch.RelativeError);
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            Assert.Equal(new SketchedValue(sorted[rank], sorted[rank], sorted[rank]), sketch.ValueAtRank(rank));
        }
    });

    [Fact]
    public void Add_AnyOrderAnyDivision_GivesTheSameSketch()
    {
        var cases = from values in SketchBase.Any
                    from shuffled in Gen.Shuffle<double>(values.Values)
                    from cuts in Gen.Choose(0, shuffled.Length).Three()
                    from threads in Gen.Choose(1, 4)
                    select (values, shuffled, Cuts: (int[])[cuts.Item1, cuts.Item2, cuts.Item3], threads);
        FixedSeed.ForAll(cases, of =>
        {
            string expected = of.values.Sketch().ToJson();
            int[] ends = [0, .. of.Cuts.Order(), of.shuffled.Length];
            ValueSketch[] parts = [.. Enumerable.Range(0, 4).Select(part =>
            {
                ValueSketch sketch = of.values.NewSketch();
                sketch.Add(of.shuffled.AsSpan(ends[part]..ends[part + 1]));
                return sketch;
            })];
            parts[3].Merge(parts[0]);
            parts[1].Merge(parts[2]);
            parts[3].Merge(parts[1]);
            Assert.Equal(expected, parts[3].ToJson());
            ValueSketch threaded = of.values.NewSketch();
            threaded.Add(of.shuffled.AsMemory(), of.threads);
            Assert.Equal(expected, threaded.ToJson());
        });
    }

    [Fact]
    public void Add_RowsOfSeveralCustomers_GivesTheSameSketchAsRepeatedRows() => FixedSeed.ForAll(SketchBase.Any.Zip(Gen.Choose(1, 9)), of =>
    {
        int[] customers = [.. of.Item1.Values.Select((_, row) => 1 + ((row + of.Item2) % 5))];
        ValueSketch shared = of.Item1.NewSketch();
        shared.Add(of.Item1.Values, customers);
        ValueSketch repeated = of.Item1.NewSketch();
        repeated.Add([.. of.Item1.Values.SelectMany((value, row) => Enumerable.Repeat(value, customers[row]))]);
        Assert.Equal(repeated.ToJson(), shared.ToJson());
    });

    [Fact]
    public void Add_OneByOne_GivesTheSameSketch() => FixedSeed.ForAll(SketchBase.Any, values =>
    {
        ValueSketch single = values.NewSketch();
        foreach (double value in values.Values)
        {
            single.Add(value);
        }

        Assert.Equal(values.Sketch().ToJson(), single.ToJson());
    });

    [Fact]
    public void Json_AnySketch_ComesBackAndGoesOn() => ForAll(values =>
    {
        ValueSketch sketch = values.Sketch();
        ValueSketch read = ValueSketch.FromJson(sketch.ToJson());
        Assert.Equal(sketch.ToJson(), read.ToJson());
        Assert.Equal(sketch.Gini, read.Gini);
        Assert.Equal(sketch.Total, read.Total);
    });

    [Fact]
    public void Add_ManyThreadsManyValues_GivesTheSameSketch()
    {
        var stream = new Random(7);
        double[] values = [.. Enumerable.Range(0, 700_000).Select(_ => Math.Exp(stream.NextDouble() * 12))];
        string[] texts = [.. new[] { 1, 2, 3, 8 }.Select(threads =>
        {
            var sketch = new ValueSketch();
            sketch.Add(values.AsMemory(), threads);
            return sketch.ToJson();
        })];
        var plain = new ValueSketch();
        plain.Add(values);
        Assert.All(texts, text => Assert.Equal(plain.ToJson(), text));
        Assert.True(plain.RelativeError is > 0 and < 1e-3, "it holds more than one value a bucket, or the test says nothing");
    }

    private static void ForAll(Action<SketchBase> check)
    {
        FixedSeed.ForAll(SketchBase.Any, check);
        FixedSeed.ForAll(SketchBase.Wide, check, WideCases);
    }

    private static int FirstAbove(double[] sorted, double value)
    {
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] > value ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private static BigInteger ExactError(double found, double expected) => BigInteger.Abs(ExactDouble.Of(found) - ExactDouble.Of(expected));

    // A fraction of the value, or of the least normal number where the value is below it.
    private static BigInteger ExactBound(double relativeError, double expected) =>
        ExactDouble.Of(relativeError) * BigInteger.Abs(ExactDouble.Of(Math.Max(Math.Abs(expected), 2.2250738585072014E-308))) / ExactDouble.One;

    private static void AssertWithin(BigInteger numerator, BigInteger denominator, SketchedValue bounds)
    {
        Assert.True(ExactDouble.Of(bounds.Low) * denominator <= numerator * ExactDouble.One, $"low end of {bounds}");
        Assert.True(ExactDouble.Of(bounds.High) * denominator >= numerator * ExactDouble.One, $"high end of {bounds}");
        Assert.InRange(bounds.Value, bounds.Low, bounds.High);
    }
}
