using Crm.Core.Segments;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Segments;

/// <summary>Standardising against its definition; what is left out, stood in for, and refused by name.</summary>
public sealed class FeatureTableTests
{
    private static readonly Feature _spend = new() { Name = "spend", Unit = "EUR", Transform = FeatureTransform.Log1P };
    private static readonly Feature _visits = new() { Name = "visits" };

    [Fact]
    public void Of_TwoColumns_HaveMeanZeroAndDeviationOne()
    {
        double[][] columns = Planted.Columns(9_000, [[100, -3]], [1], 1, out _, deviation: 7);
        FeatureTable table = Planted.Table(columns);
        for (int f = 0; f < 2; f++)
        {
            double[] standardised = table.Standardised.Column(f).ToArray();
            Near.Absolute(0, standardised.Average(), 1e-13);
            Near.Absolute(1, standardised.Average(value => value * value), 1e-12);
            Near.Relative(columns[f].Average(), table.Features[f].Mean, 1e-12);
        }
    }

    [Fact]
    public void Of_AmountsByLogarithm_ComparesRatios()
    {
        FeatureTable table = FeatureTable.Of(Ids(3), [_spend.Of(new[] { 0, Math.E - 1, (Math.E * Math.E) - 1 })]);
        Near.Absolute(1, table.Features[0].Mean, 1e-15);
        Near.Absolute(Math.Sqrt(2 / 3.0), table.Features[0].Deviation, 1e-15);
        Assert.Equal(0.0, table.Columns[0].Values.Span[0]);
    }

    [Fact]
    public void Of_AConstantFeature_LeavesItOutAndSaysSo()
    {
        FeatureTable table = FeatureTable.Of(Ids(3), [_visits.Of(new[] { 0.1 + 0.2, 0.3, 0.3 }), _spend.Of(new double[] { 1, 2, 3 })]);
        Assert.Equal(["spend"], table.Features.Select(scale => scale.Feature.Name));
        DiscoveryDiagnostic found = Assert.Single(table.Diagnostics);
        Assert.Equal(DiscoveryDiagnosis.ConstantFeature, found.Diagnosis);
        Assert.False(found.IsFailure);
        Assert.Equal("The feature 'visits' is the same for all customers, and was left out.", found.Message);
    }

    // What is small is not constant; what varies below the last digits of its size cannot be told from rounding.
    [Fact]
    public void Of_FeaturesOfAnySize_AreLeftOutOnlyWhereTheyCannotBeToldApart()
    {
        FeatureTable small = Planted.Table([1e-200, 2e-200, 3e-200, 2e-200]);
        Near.Absolute(-Math.Sqrt(2), small.Standardised[0, 0], 1e-12);
        Assert.Empty(small.Diagnostics);
        FeatureTable distant = Planted.Table([1e15, 1e15 + 1, 1e15 + 2, 1e15]);
        Assert.Empty(distant.Features);
        Assert.Equal(
            "The feature 'a' varies too little for its size to tell customers apart in double precision, and was left out.", Assert.Single(distant.Diagnostics).Message);
    }

    [Fact]
    public void Of_AStandInWithoutALogarithm_IsRefusedByItself()
    {
        Feature feature = _spend with { Missing = -1 };
        var refused = Assert.Throws<ArgumentException>(() => FeatureTable.Of(Ids(2), [feature.Of(new[] { 1, double.NaN })]));
        Assert.StartsWith("The feature 'spend' is compared by logarithms, and -1 stands in for its missing values.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Feature", Assert.Throws<ArgumentException>(() => new FeatureScale { Feature = feature, Mean = 0, Deviation = 1 }).ParamName);
    }

    [Fact]
    public void Of_AMissingValueWithAStandIn_IsThatValue()
    {
        FeatureTable table = FeatureTable.Of(Ids(3), [(_visits with { Missing = 2 }).Of(new[] { 1, double.NaN, 3 })]);
        Assert.Equal([1.0, 2, 3], table.Columns[0].Values.ToArray());
        Assert.Equal(2, table.Features[0].Mean);
    }

    [Fact]
    public void Of_BadValues_NamesThemAll()
    {
        var refused = Assert.Throws<RowFaultsException>(() => FeatureTable.Of(
            [CustomerId.Of("1"), CustomerId.Of("1"), CustomerId.None, CustomerId.Of("2")],
            [_spend.Of(new[] { -1.5, 0, 1, 2 }), _visits.Of(new[] { double.NaN, double.PositiveInfinity, 1e101, 1 })]));
        Assert.Equal(
            [
                "row 0, spend: found -1.5, expected a number from 0 to 1e100, since its logarithm is taken",
                "row 0, visits: found NaN, expected a number, or a feature that states what stands in for a missing one",
                "row 1, id: found a customer again, expected the id of a customer, each once",
                "row 1, visits: found Infinity, expected a number from -1e100 to 1e100",
                "row 2, id: found none, expected the id of a customer, each once",
                "row 2, visits: found 1E+101, expected a number from -1e100 to 1e100",
            ],
            refused.Faults.Select(fault => fault.ToString()));
        Assert.Equal("columns", refused.ParamName);
    }

    [Fact]
    public void Of_ColumnsThatDoNotFit_AreRefused()
    {
        Assert.Equal("columns", Assert.ThrowsAny<ArgumentException>(() => FeatureTable.Of(Ids(2), [])).ParamName);
        Assert.StartsWith("Needs one entry for each of the 2 customers; it has 1.",
            Assert.ThrowsAny<ArgumentException>(() => FeatureTable.Of(Ids(2), [_visits.Of(new double[1])])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Two columns are named 'visits'.",
            Assert.ThrowsAny<ArgumentException>(() => FeatureTable.Of(Ids(1), [_visits.Of(new double[1]), _visits.Of(new double[1])])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ArraysChangedAfterwards_KeepsItsValues()
    {
        double[] values = [1, 2, 3];
        CustomerId[] ids = Ids(3);
        FeatureTable table = FeatureTable.Of(ids, [_visits.Of(values)]);
        values[0] = 99;
        ids[0] = CustomerId.Of("other");
        Assert.Equal(1, table.Columns[0].Values.Span[0]);
        Assert.Equal(CustomerId.Of("1"), table.Ids[0]);
    }

    [Fact]
    public void Of_NobodyAtAll_HasNoFeatures()
    {
        FeatureTable table = FeatureTable.Of([], [_visits.Of(ReadOnlyMemory<double>.Empty)]);
        Assert.Equal(0, table.Count);
        Assert.Empty(table.Features);
        Assert.False(KMeans.Fit(table, new() { Segments = 1 }).Succeeded);
        Assert.False(DiscoveredSegments.Find(table).Found);
    }

    private static CustomerId[] Ids(int count) => [.. Enumerable.Range(1, count).Select(row => CustomerId.Of(FormattableString.Invariant($"{row}")))];
}
