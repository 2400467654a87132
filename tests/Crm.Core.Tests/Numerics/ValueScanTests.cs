using Crm.Core.Numerics;

namespace Crm.Core.Tests.Numerics;

// Against LINQ, at every length around the width of a vector, with every kind of number in every place.
public sealed class ValueScanTests
{
    [Fact]
    public void Of_AnyLength_IsWhatLinqSays()
    {
        for (int length = 1; length <= 40; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(i => i % 5 == 3 ? i % 2 == 0 ? 0.0 : -0.0 : ((i * 7919) % 101) - 50.5)];
            ValueScan scan = ValueScan.Of(values);
            Assert.Equal(new(values.Min(), values.Max(), values.Count(v => v == 0), true), scan);
            Assert.Equal(scan, ValueScan.Of(values.AsSpan(0, length / 2)).And(ValueScan.Of(values.AsSpan(length / 2))));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_OneThatIsNotFinite_IsSeenInAnyPlace(double wrong)
    {
        for (int place = 0; place < 30; place++)
        {
            double[] values = [.. Enumerable.Range(0, 30).Select(i => i == place ? wrong : i)];
            Assert.False(ValueScan.Of(values).IsFinite);
        }
    }

    [Fact]
    public void Of_ValuesWhoseSumIsNotFinite_AreFinite() => Assert.True(ValueScan.Of([.. Enumerable.Repeat(double.MaxValue, 20)]).IsFinite);

    [Fact]
    public void Of_ZerosOfBothSigns_HasEndsWithoutASign()
    {
        ValueScan scan = ValueScan.Of([.. Enumerable.Repeat(-0.0, 9)]);
        Assert.False(double.IsNegative(scan.Least));
        Assert.False(double.IsNegative(scan.Greatest));
    }
}
