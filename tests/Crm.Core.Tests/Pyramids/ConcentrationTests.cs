using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Pyramids;

// Slow oracle over every pair of customers; examples. Published: revenue shares quoted with Curry's pyramid.
public sealed class ConcentrationTests
{
    [Fact]
    public void Gini_AnyBase_IsTheMeanDifferenceOfAllPairs() => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        double[] values = [.. customers.Repeated().Rows.Where(r => r.IsActive).Select(r => r.Value)];
        double? found = customers.Rank(PyramidScheme.Curry).Concentration.Gini;
        if (values.Length == 0 || values.Min() < 0 || values.Sum() <= 0)
        {
            Assert.Null(found);
            return;
        }

        double differences = values.Sum(v => values.Sum(w => Math.Abs(v - w)));
        Assert.Equal(differences / (2 * values.Length * values.Sum()), found!.Value, 1e-11);
    }, 100);

    [Fact]
    public void ShareOfTop_AnyBase_IsTheSumOfTheBest() => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        double[] values = [.. customers.Repeated().Rows.Where(r => r.IsActive).Select(r => r.Value).OrderDescending()];
        double? found = customers.Rank(PyramidScheme.Curry).Concentration.ShareOfTop(0.23m);
        int best = (int)Math.Round(0.23m * values.Length, MidpointRounding.AwayFromZero);
        double total = values.Sum();
        if (Math.Abs(total) < 1e-9 * values.Sum(Math.Abs))
        {
            return; // the sign of the total is a matter of rounding there
        }

        Assert.Equal(total > 0, found.HasValue);
        Assert.Equal(total > 0 ? values.Take(best).Sum() / total : 0, found ?? 0, 1e-9 * (1 + Math.Abs(found ?? 0)));
    });

    [Theory]
    [InlineData(0.01, 0.40)]
    [InlineData(0.05, 0.65)]
    [InlineData(0.20, 0.80)]
    [InlineData(1.00, 1.00)]
    [InlineData(0.00, 0.00)]
    public void ShareOfTop_RevenueSplitFortyTwentyFiveFifteen_IsMeasured(double share, double ofValue)
    {
        double[] values = [40, .. Enumerable.Repeat(6.25, 4), .. Enumerable.Repeat(1.0, 15), .. Enumerable.Repeat(0.25, 80)];
        Assert.Equal(ofValue, ValuedBase.Of(values).Rank(PyramidScheme.Curry).Concentration.ShareOfTop((decimal)share)!.Value, 1e-15);
    }

    [Fact]
    public void ShareOfTop_OthersBelowZero_IsAboveOne() =>
        Assert.Equal(1.5, ValuedBase.Of(3, -1, 0, 0).Rank(PyramidScheme.Curry).Concentration.ShareOfTop(0.25m));

    [Fact]
    public void Lorenz_AnyBase_IsWhatTheLeastValuableHold() => FixedSeed.ForAll(ValuedBase.Any, customers =>
    {
        double[] values = [.. customers.Repeated().Rows.Where(r => r.IsActive).Select(r => r.Value).Order()];
        double total = values.Sum();
        if (Math.Abs(total) < 1e-9 * values.Sum(Math.Abs))
        {
            return; // the sign of the total is a matter of rounding there
        }

        IReadOnlyList<LorenzPoint> curve = customers.Rank(PyramidScheme.Curry).Concentration.Lorenz(20);
        Assert.Equal(total > 0 ? Math.Min(20, values.Length) + 1 : 0, curve.Count);
        foreach (LorenzPoint point in curve)
        {
            int least = (int)Math.Round(point.ShareOfCustomers * values.Length);
            Assert.Equal(values.Take(least).Sum() / total, point.ShareOfValue, 1e-9 * (1 + (values.Sum(Math.Abs) / total)));
        }
    });

    // The area between the diagonal and the curve is half of Gini’s coefficient, by its other definition: 1 − Σ (pᵢ − pᵢ₋₁)(Lᵢ + Lᵢ₋₁).
    [Fact]
    public void Lorenz_OfEveryCustomer_HasTheAreaOfGini()
    {
        double[] values = [.. Enumerable.Range(1, 300).Select(place => (double)(place * place % 97))];
        Concentration concentration = ValuedBase.Of(values).Rank(PyramidScheme.Curry).Concentration;
        IReadOnlyList<LorenzPoint> curve = concentration.Lorenz(10_000);
        Assert.Equal(301, curve.Count);
        double twice = curve.Zip(curve.Skip(1), (left, right) => (right.ShareOfCustomers - left.ShareOfCustomers) * (right.ShareOfValue + left.ShareOfValue)).Sum();
        Assert.Equal(concentration.Gini!.Value, 1 - twice, 1e-12);
    }

    [Fact]
    public void Lorenz_SomeBelowZero_BeginsBelowZero() =>
        Assert.Equal([new(0, 0), new(0.25, -0.5), new(0.5, -0.5), new(0.75, -0.5), new(1, 1)], ValuedBase.Of(3, -1, 0, 0).Rank(PyramidScheme.Curry).Concentration.Lorenz());

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Lorenz_NoSteps_IsRefused(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValuedBase.Of(3, 1).Rank(PyramidScheme.Curry).Concentration.Lorenz(steps));

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void ShareOfTop_NoShare_IsRefused(double share)
    {
        Concentration concentration = ValuedBase.Of(1).Rank(PyramidScheme.Curry).Concentration;
        Assert.Equal("share", Assert.Throws<ArgumentOutOfRangeException>(() => concentration.ShareOfTop((decimal)share)).ParamName);
    }

    [Fact]
    public void Gini_AllEqual_IsZero() => Assert.Equal(0, ValuedBase.Of(0.1, 0.1, 0.1).Rank(PyramidScheme.Curry).Concentration.Gini!.Value, 1e-15);

    [Fact]
    public void Gini_OneHasItAll_IsOneLessOneNth() =>
        Assert.Equal(0.75, ValuedBase.Of(0, 0, 0, 9).Rank(PyramidScheme.Curry).Concentration.Gini!.Value, 1e-15);

    [Fact]
    public void Gini_ANegativeValue_DoesNotExist() => Assert.Null(ValuedBase.Of(5, -1).Rank(PyramidScheme.Curry).Concentration.Gini);

    [Fact]
    public void Gini_NothingToShare_DoesNotExist() => Assert.Null(ValuedBase.Of(0, 0).Rank(PyramidScheme.Curry).Concentration.Gini);

    [Fact]
    public void Gini_HugeEqualValues_IsZero()
    {
        CustomerId[] ids = [.. Enumerable.Range(1, 1_000).Select(i => CustomerId.Of(i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
        double? gini = PyramidScheme.Curry.Rank(ids, [.. Enumerable.Repeat(1e304, 1_000)]).Concentration.Gini;
        Assert.Equal(0, gini!.Value, 1e-12);
    }
}
