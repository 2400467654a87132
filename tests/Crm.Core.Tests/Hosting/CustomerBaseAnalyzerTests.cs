using Crm.Core.Histories;
using Crm.Core.Hosting;
using Crm.Core.LifetimeValue;
using Crm.Core.Pyramids;
using Crm.Core.Tests.Support;

namespace Crm.Core.Tests.Hosting;

// Examples: what is refused and what is explained. References: the CDNOW sample through the whole flow.
public sealed class CustomerBaseAnalyzerTests
{
    // A small base with a spread of histories, enough for every model to be fitted.
    private static readonly PurchaseHistories _base = PurchaseHistories.FromColumns(new()
    {
        Frequency = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 6, 9, 1, 2, 0, 0, 5],
        Recency = [0, 0, 0, 0, 0, 0, 2, 11, 20, 8, 30, 25, 31, 36, 38, 5, 12, 0, 0, 10],
        Age = [39, 38, 37, 36, 35, 34, 39, 38, 33, 32, 36, 31, 39, 38, 39, 37, 36, 30, 29, 35],
        MeanSpend = [0, 0, 0, 0, 0, 0, 12, 30, 25, 18, 40, 22, 35, 60, 28, 15, 33, 0, 0, 21],
    }, new() { Unit = TimeUnit.Week });

    [Fact]
    public void Analyze_ABase_ChoosesTheConvergedModelOfLeastAic()
    {
        CustomerBase analysed = new CustomerBaseAnalyzer().Analyze(_base);
        Assert.Equal(PurchaseModels.Names, analysed.Candidates.Select(c => c.Name));
        ModelCandidate best = analysed.Candidates.Where(c => c.Fit.Converged).MinBy(c => c.Fit.Statistics!.Aic)!;
        Assert.Same(best, Assert.Single(analysed.Candidates, c => c.IsChosen));
        Assert.Same(best.Fit.Model, analysed.Buying);
        Assert.Same(_base, analysed.Histories);
    }

    [Fact]
    public void Analyze_OneModelNamed_TriesItAlone()
    {
        CustomerBase analysed = new CustomerBaseAnalyzer(new() { Models = ["bg-nbd"] }).Analyze(_base);
        Assert.Equal("bg-nbd", Assert.Single(analysed.Candidates).Name);
    }

    [Fact]
    public void Analyze_OneModelNamedTwice_ChoosesOneCandidate() =>
        Assert.Single(new CustomerBaseAnalyzer(new() { Models = ["mbg-nbd", "mbg-nbd"] }).Analyze(_base).Candidates, c => c.IsChosen);

    [Fact]
    public void Analyze_NoRepeaters_ExplainsWhyThereIsNoPyramid()
    {
        PurchaseHistories once = PurchaseHistories.FromColumns(
            new() { Frequency = [0, 0], Recency = [0, 0], Age = [10, 20], MeanSpend = [0, 0] }, new() { Unit = TimeUnit.Week });
        CustomerBase analysed = new CustomerBaseAnalyzer().Analyze(once);
        Assert.Null(analysed.Values ?? (object?)analysed.Pyramid ?? analysed.Buying);
        Assert.StartsWith(
            "No purchase model could be fitted. mbg-nbd, bg-nbd, pareto-nbd: No customer bought on a second day.", analysed.WhyNoPyramid, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_NoCustomers_ExplainsWhyThereIsNoPyramid()
    {
        PurchaseHistories nobody = PurchaseHistories.FromColumns(new() { Frequency = [], Recency = [], Age = [] }, new() { Unit = TimeUnit.Week });
        Assert.Contains("There are no customers in the window.", new CustomerBaseAnalyzer().Analyze(nobody).WhyNoPyramid, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_NoAmounts_RanksByDiscountedPurchases()
    {
        PurchaseHistories unpriced = PurchaseHistories.FromColumns(
            new() { Frequency = [.. _base.Frequency], Recency = [.. _base.Recency], Age = [.. _base.Age] }, new() { Unit = TimeUnit.Week });
        CustomerBase analysed = new CustomerBaseAnalyzer().Analyze(unpriced);
        Assert.Null(analysed.Values ?? (object?)analysed.WhyNoPyramid);
        Assert.Contains(analysed.SpendFit.Diagnostics, d => d.Diagnosis == FitDiagnosis.NoSpend && d.IsFailure);
        var purchases = new double[unpriced.Count];
        analysed.Buying!.DiscountedPurchases(unpriced, DiscountRate.PerYear(0.10), Horizon.Unlimited, purchases);
        Assert.Equal(ValueMeasure.DiscountedPurchases, analysed.Measure);
        Assert.Equal(purchases.Sum(), analysed.Pyramid!.Tiers.Sum(t => t.Value), 1e-12 * purchases.Sum());
    }

    [Fact]
    public void Analyze_AmountsOfNothing_ExplainsWhyThereIsNoPyramid()
    {
        PurchaseHistories free = PurchaseHistories.FromColumns(
            new() { Frequency = [.. _base.Frequency], Recency = [.. _base.Recency], Age = [.. _base.Age], MeanSpend = new double[_base.Count] },
            new() { Unit = TimeUnit.Week });
        CustomerBase analysed = new CustomerBaseAnalyzer().Analyze(free);
        Assert.Null(analysed.Values ?? (object?)analysed.Pyramid);
        Assert.StartsWith("No spend model could be fitted.", analysed.WhyNoPyramid, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("nbd")]
    [InlineData("bg-nbd", "BG-NBD")]
    public void New_ModelsThatAreNone_AreRefusedNamingThemAndTheKnownOnes(params string[] models)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new CustomerBaseAnalyzer(new() { Models = models }));
        Assert.Equal("options", refusal.ParamName);
        Assert.Contains(
            $"purchase models mbg-nbd, bg-nbd, pareto-nbd; the options name '{string.Join(", ", models)}'.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Null_IsRefused() =>
        Assert.Equal("histories", Assert.Throws<ArgumentNullException>(() => new CustomerBaseAnalyzer().Analyze(null!)).ParamName);

    [Fact]
    public void Analyze_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() =>
        new CustomerBaseAnalyzer().Analyze(_base, null, new CancellationToken(canceled: true)));

    [Fact]
    public void Analyze_WithProgress_TellsEachStageAsItBegins()
    {
        var stages = new Stages();
        new CustomerBaseAnalyzer().Analyze(_base, stages);
        Assert.Equal(["fitting mbg-nbd", "fitting bg-nbd", "fitting pareto-nbd", "fitting gamma-gamma", "valuing customers"], stages.Told);
    }

    [SharedDataFact]
    public void Analyze_CdnowSample_ValuesAndRanksEveryCustomer()
    {
        PurchaseHistories histories = CdnowSummary();
        CustomerBase analysed = new CustomerBaseAnalyzer().Analyze(histories);
        Assert.Null(analysed.WhyNoPyramid);
        Assert.Equal(ValueMeasure.LifetimeValue, analysed.Measure);
        Assert.Equal("mbg-nbd", analysed.Candidates.Single(c => c.IsChosen).Name); // log-likelihood -9582.13 against -9582.43
        Assert.All(analysed.Values!.Clv.ToArray(), clv => Assert.True(double.IsFinite(clv) && clv > 0));
        Assert.Equal(2357, analysed.Pyramid!.Tiers.Sum(t => t.Customers));
        Assert.Equal(analysed.Values.Total, analysed.Pyramid.Tiers.Sum(t => t.Value), 1e-9 * analysed.Values.Total);
        Assert.Equal(PyramidScheme.Curry.Tiers.Select(t => t.Tier), analysed.Pyramid.Tiers.Select(t => t.Tier));
    }

    [SharedDataFact]
    public void Analyze_CdnowSampleWithoutDiscountAndHorizon_ExplainsThatValueIsInfinite()
    {
        CustomerBase analysed = new CustomerBaseAnalyzer(new() { Terms = new() }).Analyze(CdnowSummary());
        Assert.Null(analysed.Values ?? (object?)analysed.Pyramid);
        Assert.Contains("Lifetime value is infinite on these terms", analysed.WhyNoPyramid, StringComparison.Ordinal);
        Assert.Contains("Give a discount rate above 0 or a limited horizon.", analysed.WhyNoPyramid, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Analyze_YearlyDiscountOnAnUnnamedUnit_IsRefused() => Assert.Throws<UnitMismatchException>(() =>
        new CustomerBaseAnalyzer().Analyze(CdnowSummary(TimeUnit.Unnamed)));

    private static PurchaseHistories CdnowSummary(TimeUnit? unit = null)
    {
        List<CsvRows> rows = CsvRows.Read(SharedData.Data("cdnow_summary_spend.csv"));
        return PurchaseHistories.FromColumns(new()
        {
            Frequency = rows.ConvertAll(r => r.Count("x")),
            Recency = rows.ConvertAll(r => r.Number("t_x")),
            Age = rows.ConvertAll(r => r.Number("T")),
            MeanSpend = rows.ConvertAll(r => r.Number("m_x")),
        }, new() { Unit = unit ?? TimeUnit.Week });
    }

    private sealed class Stages : IProgress<string>
    {
        internal List<string> Told { get; } = [];

        public void Report(string value) => Told.Add(value);
    }
}
