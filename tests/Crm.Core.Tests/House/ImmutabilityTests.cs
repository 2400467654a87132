using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;

namespace Crm.Core.Tests.House;

/// <summary>What is called immutable cannot be changed by a cast, nor through a list that the caller keeps.</summary>
public sealed class ImmutabilityTests
{
    [Fact]
    public void Results_CastToWhatTheyMayBe_CannotBeChanged()
    {
        var histories = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 1, 3], Recency = [0, 2, 5], Age = [4, 6, 9], MeanSpend = [0, 5, 7] }, new() { Unit = TimeUnit.Week });
        var analysed = new CustomerBaseAnalyzer().Analyze(histories);
        var pyramid = PyramidScheme.Curry.Rank(histories.Ids, [1, 2, 3]);
        var statistics = new FitStatistics { Parameters = new[] { new FittedParameter("r", 1, 1) }, LogLikelihood = 0, Customers = 1, Iterations = 1 };
        AssertFixed(histories.Ids);
        AssertFixed(analysed.Candidates);
        AssertFixed(analysed.Candidates[0].Fit.Diagnostics);
        AssertFixed(pyramid.Tiers);
        AssertFixed(pyramid.Scheme.Tiers);
        AssertFixed(statistics.Parameters);
        AssertFixed(PurchaseModels.Names);
    }

    [Fact]
    public void Options_ListChangedAfterwards_KeepTheirModels()
    {
        List<string> names = ["bg-nbd"];
        var options = new AnalysisOptions { Models = names };
        names[0] = "nonsense";
        Assert.Equal(["bg-nbd"], options.Models);
    }

    private static void AssertFixed<T>(IReadOnlyList<T> list)
    {
        Assert.False(list is T[], "it is an array");
        Assert.False(list is List<T>, "it is a list");
        Assert.True(list is not IList<T> { IsReadOnly: false }, "it can be written to");
    }
}
