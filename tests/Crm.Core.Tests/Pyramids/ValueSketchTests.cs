using Crm.Core.Pyramids;

namespace Crm.Core.Tests.Pyramids;

// Examples, faults, and documents that are none.
public sealed class ValueSketchTests
{
    [Fact]
    public void Quantile_ByHand_IsTheNearestRank()
    {
        ValueSketch sketch = Of(10, 20, 30, 40);
        Assert.Equal([10, 10, 20, 20, 30, 40], ((decimal[])[0, 0.25m, 0.26m, 0.5m, 0.75m, 1]).Select(share => sketch.Quantile(share).Value));
    }

    [Fact]
    public void Questions_OfNobody_HaveNoAnswer()
    {
        var sketch = new ValueSketch();
        Assert.Null(sketch.Least);
        Assert.Null(sketch.Greatest);
        Assert.Null(sketch.Gini);
        Assert.Null(sketch.ShareOfTop(0.5m));
        Assert.Equal(0, sketch.Total);
        Assert.Equal(new SketchedCount(0, 0), sketch.CountAbove(0));
        Assert.Throws<InvalidOperationException>(() => sketch.Quantile(0.5m));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.ValueAtRank(0));
    }

    [Fact]
    public void Add_ZerosOfBothSignsAndTheLeastNumbers_AreToldApart()
    {
        ValueSketch sketch = Of([0.0, -0.0, double.Epsilon, -double.Epsilon, .. Enumerable.Range(1, 20_000).Select(i => Math.ScaleB(1 + (i / 20_001.0), 900 - (i / 11)))]);
        Assert.True(sketch.RelativeError > 0);
        Assert.Equal(new SketchedCount(20_001, 20_001), sketch.CountAbove(0));
        Assert.Equal(new SketchedCount(20_003, 20_003), sketch.CountAbove(-double.Epsilon));
        Assert.Equal(new SketchedValue(0, 0, 0), sketch.ValueAtRank(20_002));
        Assert.Equal(-double.Epsilon, sketch.Quantile(0).Value);
        Assert.Equal(sketch.ToJson(), ValueSketch.FromJson(sketch.ToJson()).ToJson());
    }

    [Fact]
    public void Total_AmountsThatCancel_IsExact() => Assert.Equal(1e-300, Of(1e300, 1e-300, -1e300).Total);

    [Fact]
    public void Total_BeyondTheGreatestDouble_IsInfinite() => Assert.Equal(double.PositiveInfinity, Of(double.MaxValue, double.MaxValue).Total);

    [Fact]
    public void RelativeError_OverTheWholeRangeOfDoubles_IsAQuarter()
    {
        var sketch = new ValueSketch();
        for (int exponent = -1_022; exponent < 1_024; exponent++)
        {
            for (int eighth = 0; eighth < 8; eighth++)
            {
                sketch.Add(Math.ScaleB(1 + (eighth / 8.0), exponent));
                sketch.Add(-Math.ScaleB(1 + (eighth / 8.0), exponent));
            }
        }

        Assert.Equal(0.25, sketch.RelativeError);
        Assert.Equal(0, sketch.Total);
        Assert.Equal(sketch.ToJson(), ValueSketch.FromJson(sketch.ToJson()).ToJson());
    }

    [Fact]
    public void RelativeError_AFactorOfAMillion_IsWhatIsDocumented()
    {
        var sketch = new ValueSketch();
        sketch.Add([.. Enumerable.Range(0, 300_000).Select(i => Math.Pow(10, i / 50_000.0))]);
        Assert.Equal(Math.ScaleB(1, -10), sketch.RelativeError);
    }

    [Fact]
    public void Add_ValuesThatAreNotFinite_AreNamedAndNothingIsAdded()
    {
        ValueSketch sketch = Of(1, 2);
        string before = sketch.ToJson();
        double[] values = [5, double.NaN, 6, double.PositiveInfinity];
        RowFaultsException one = Assert.Throws<RowFaultsException>(() => sketch.Add(values));
        RowFaultsException threaded = Assert.Throws<RowFaultsException>(() => sketch.Add(values.AsMemory(), 2));
        RowFaultsException shared = Assert.Throws<RowFaultsException>(() => sketch.Add(values, [1, 1, 0, 1]));
        Assert.Equal([1, 3], one.Faults.Select(fault => fault.Row));
        Assert.Equal(one.Message, threaded.Message);
        Assert.Equal([1, 2, 3], shared.Faults.Select(fault => fault.Row));
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(double.NaN)).ParamName);
        Assert.Equal("customers", Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(1, 0)).ParamName);
        Assert.Equal("customers.Length", Assert.Throws<ArgumentException>(() => sketch.Add([1.0], new int[2])).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(values.AsMemory(), 0)).ParamName);
        Assert.Equal(before, sketch.ToJson());
    }

    [Fact]
    public void Add_Cancelled_AddsNothing()
    {
        ValueSketch sketch = Of(1, 2);
        string before = sketch.ToJson();
        Assert.ThrowsAny<OperationCanceledException>(() => sketch.Add(new double[300_000].AsMemory(), 2, new(canceled: true)));
        Assert.Equal(before, sketch.ToJson());
    }

    [Fact]
    public void Add_MoreCustomersThanItCounts_IsRefused()
    {
        var sketch = new ValueSketch();
        sketch.Add(Math.PI, ValueSketch.MaxCustomers);
        sketch.Merge(new());
        Assert.Throws<InvalidOperationException>(() => sketch.Add(1));
        Assert.Throws<InvalidOperationException>(() => sketch.Merge(sketch));
        Assert.Equal(ValueSketch.MaxCustomers * Math.PI, sketch.Total, 1);
    }

    [Fact]
    public void Merge_WithItself_CountsTwice()
    {
        ValueSketch sketch = Of([.. Enumerable.Range(0, 30_000).Select(i => i / 7.0)]);
        double total = sketch.Total;
        sketch.Merge(sketch);
        Assert.Equal(60_000, sketch.Count);
        Assert.Equal(2 * total, sketch.Total);
    }

    [Fact]
    public void Merge_Null_IsRefused() => Assert.Equal("other", Assert.Throws<ArgumentNullException>(() => new ValueSketch().Merge(null!)).ParamName);

    [Fact]
    public void ToJson_AFewValues_IsWhatIsReleased() => Assert.Equal(
        """{"schema":1,"bits":52,"least":-3.5,"greatest":20,"zeros":1,"edges":[0,20,-3.5],"customers":[1,2,1],"rests":[0,0,0]}""",
        Of(20, 0, -3.5, 20).ToJson());

    [Theory]
    [InlineData("{", "does not read as one")]
    [InlineData("""{"bits":52}""", "no schema number")]
    [InlineData("""{"schema":2}""", "reads up to 1")]
    [InlineData("""{"schema":1,"bits":52,"zeros":0,"edges":[],"customers":[]}""", "is missing")]
    [InlineData("""{"schema":1,"bits":0,"zeros":0,"edges":[],"customers":[],"rests":[]}""", "bits is 0")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":0,"edges":[1],"customers":[],"rests":[0]}""", "as many of each")]
    [InlineData("""{"schema":1,"bits":4,"least":1.01,"greatest":1.01,"zeros":0,"edges":[1.01],"customers":[1],"rests":[0]}""", "edges[0]")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":2,"zeros":0,"edges":[2,1],"customers":[1,1],"rests":[0,0]}""", "edges[1]")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":0,"edges":[1],"customers":[0],"rests":[0]}""", "customers[0]")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":0,"edges":[1],"customers":[17592186044416],"rests":[0]}""", "customers[0]")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":0,"edges":[1],"customers":[1],"rests":[1]}""", "rests[0]")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":1,"edges":[1],"customers":[1],"rests":[0]}""", "zeros is 1")]
    [InlineData("""{"schema":1,"bits":52,"least":0,"greatest":0,"zeros":1,"edges":[0],"customers":[2],"rests":[0]}""", "rests[0]")]
    [InlineData("""{"schema":1,"bits":52,"least":-1,"greatest":-0,"zeros":0,"edges":[-0.0],"customers":[1],"rests":[0]}""", "rests[0]")]
    [InlineData("""{"schema":1,"bits":52,"zeros":0,"edges":[1],"customers":[1],"rests":[0]}""", "least or greatest is missing")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":3,"zeros":0,"edges":[1,2],"customers":[1,1],"rests":[0,0]}""", "does not stand in its bucket")]
    [InlineData("""{"schema":1,"bits":52,"least":1,"greatest":1,"zeros":0,"edges":[],"customers":[],"rests":[]}""", "no customers")]
    public void FromJson_ATextThatIsNone_SaysWhere(string json, string says) =>
        Assert.Contains(says, Assert.Throws<FormatException>(() => ValueSketch.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void FromJson_OfNobody_IsNobody()
    {
        ValueSketch sketch = ValueSketch.FromJson(new ValueSketch().ToJson());
        sketch.Add(3);
        Assert.Equal(3, sketch.Least);
    }

    [Fact]
    public void Table_AtItsLargest_IsUnderHalfAMegabyte() => Assert.Equal(458_752, SketchBuckets.MostBytes);

    private static ValueSketch Of(params double[] values)
    {
        var sketch = new ValueSketch();
        sketch.Add(values);
        return sketch;
    }
}
